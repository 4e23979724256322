import {useEffect, useState} from 'react';
import {useInput} from 'ink';
import {type Frame, ScreenView} from './components/screen-view.js';
import {keyNames} from './keys.js';

/** Where frames come from and keys go to; nothing of the program's state is in React. */
export type FrameSource = {
	readonly frame: Frame;
	/** Calls back when there is a new frame; returns how to stop that. */
	subscribe(listener: () => void): () => void;
	press(key: string): void;
};

/** The dashboard on the terminal: shows the newest frame and passes keys on. */
export function App({source}: {readonly source: FrameSource}): React.JSX.Element {
	const [frame, setFrame] = useState(source.frame);
	useEffect(() => source.subscribe(() => {
		setFrame(source.frame);
	}), [source]);
	useInput((input, key) => {
		for (const name of keyNames(input, key)) {
			source.press(name);
		}
	});
	return <ScreenView frame={frame}/>;
}
