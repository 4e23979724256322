import {useEffect, useState} from 'react';
import {type Frame, ScreenView} from './components/screen-view.js';

/** Where frames come from; nothing of the program's state is in React. */
export type FrameSource = {
	readonly frame: Frame;
	/** Calls back when there is a new frame; returns how to stop that. */
	subscribe(listener: () => void): () => void;
};

/**
The dashboard on the terminal: shows the newest frame. Keys go another way: Ink never sees them.
*/
export function App({source}: {readonly source: FrameSource}): React.JSX.Element {
	const [frame, setFrame] = useState(source.frame);
	useEffect(
		() =>
			source.subscribe(() => {
				setFrame(source.frame);
			}),
		[source],
	);
	return <ScreenView frame={frame} />;
}
