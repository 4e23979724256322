import {type ReadStream, type WriteStream} from 'node:tty';
import {render} from 'ink';
import {App, type FrameSource} from './app.js';
import {type FrameSink} from './frame-sink.js';
import {type Drawing} from './screen-painter.js';

/**
Draws the frames of a view by Ink, which gets frames and nothing else. Its table of keys has no name
for some of them and fails there, and it would draw a frame of the old size when the window changes.
*/
export function drawWithInk(view: FrameSource, sink: FrameSink, stdin: ReadStream): Drawing {
	let listener: (() => void) | undefined;
	const source: FrameSource = {
		get frame() {
			return view.frame;
		},
		subscribe(heard) {
			listener = heard;
			return () => {
				listener = undefined;
			};
		},
	};
	const ink = render(<App source={source} />, {
		stdin,
		// Ink asks of where it writes no more than this is.
		stdout: sink as unknown as WriteStream,
		exitOnCtrlC: false,
		patchConsole: false,
		// Whole frames, each at once and with nothing around it: the
		// sink finds what has changed.
		debug: true,
		// Who wants to hear the screen gets it from another painter.
		isScreenReaderEnabled: false,
	});
	return {
		paint() {
			listener?.();
		},
		unmount() {
			ink.unmount();
		},
	};
}
