import {type ReadStream, type WriteStream} from 'node:tty';
import {type Instance, render} from 'ink';
import {type TerminalOutput} from '../terminal/output.js';
import {AlternateScreen} from '../terminal/screen.js';
import {App, type FrameSource} from './app.js';
import {FrameSink} from './frame-sink.js';
import {type Painter} from './painter.js';

export type InkPainterParts = {
	readonly stdin: ReadStream;
	readonly output: TerminalOutput;
	/** Presses and the wheel are asked for. */
	readonly mouse: boolean;
};

/**
Frames on the alternate screen, drawn by Ink, which gets frames and nothing else. Its table of keys
has no name for some of them and fails there, and it would draw a frame of the old size when the
window changes.
*/
export class InkPainter implements Painter<FrameSource> {
	private readonly screen: AlternateScreen;
	private ink: Instance | undefined;
	private sink: FrameSink | undefined;
	private listener: (() => void) | undefined;

	constructor(private readonly parts: InkPainterParts) {
		this.screen = new AlternateScreen(parts.output, parts.mouse);
	}

	enter(): void {
		this.screen.enter();
	}

	leave(): boolean {
		return this.screen.leave();
	}

	clear(): void {
		this.screen.clear();
	}

	mount(view: FrameSource): void {
		const source: FrameSource = {
			get frame() {
				return view.frame;
			},
			subscribe: listener => {
				this.listener = listener;
				return () => {
					this.listener = undefined;
				};
			},
		};
		this.sink = new FrameSink(this.parts.output);
		this.ink = render(<App source={source} />, {
			stdin: this.parts.stdin,
			// Ink asks of where it writes no more than this is.
			stdout: this.sink as unknown as WriteStream,
			exitOnCtrlC: false,
			patchConsole: false,
			// Whole frames, each at once and with nothing around it: the
			// sink finds what has changed.
			debug: true,
			// Who wants to hear the screen gets it from another painter.
			isScreenReaderEnabled: false,
		});
	}

	unmount(): void {
		// Ink writes its last frame once more.
		this.sink?.close();
		this.ink?.unmount();
		this.ink = undefined;
	}

	paint(): void {
		this.listener?.();
	}
}
