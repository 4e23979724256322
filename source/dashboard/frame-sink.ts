import {FrameWriter} from '../terminal/frame-writer.js';

/** Where frames go, and how wide they may be. */
export type FrameOutput = {
	readonly columns: number;
	write(text: string): unknown;
};

/**
The stream that Ink writes whole frames to, in its mode for debugging, where it erases nothing:
passes on what has changed since the frame before. It is as much of a stream as Ink asks for, and
does not say that it is a terminal: Ink would then hide the cursor, restore it when the program
ends, and wait for the terminal in doing so. It never tells of a new size either. One sink is for
one time on the screen, which is clear when it begins.
*/
export class FrameSink {
	private readonly writer = new FrameWriter();
	private isClosed = false;

	constructor(private readonly output: FrameOutput) {}

	get columns(): number {
		return this.output.columns;
	}

	/**
	Where a frame is as high as the screen Ink clears also the lines that the user has scrolled
	away: it never is.
	*/
	get rows(): number {
		return Infinity;
	}

	on(): this {
		return this;
	}

	off(): this {
		return this;
	}

	write(frame: string): boolean {
		if (!this.isClosed) {
			this.output.write(this.writer.next(frame.split('\n')));
		}

		return true;
	}

	/** Takes nothing more: what Ink writes when it is taken down. */
	close(): void {
		this.isClosed = true;
	}
}
