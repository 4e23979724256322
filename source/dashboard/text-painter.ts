import {type TerminalOutput} from '../terminal/output.js';
import {type Painter} from './painter.js';

/** Who has lines to say. */
export type Speaker = {
	/** What is to be said since the last time; nothing of it is said again. */
	takeSaid(): readonly string[];
};

/**
Lines of text, one below the other on the user's own screen: nothing is drawn over, nothing moves.
*/
export class TextPainter implements Painter<Partial<Speaker>> {
	private speaker: Partial<Speaker> | undefined;

	constructor(private readonly output: Pick<TerminalOutput, 'write'>) {}

	enter(): void {
		// Lines stand where the user's own do.
	}

	leave(): boolean {
		// There is nothing to take away.
		return true;
	}

	clear(): void {
		// What was said stays said.
	}

	mount(view: Partial<Speaker>): void {
		this.speaker = view;
		this.paint();
	}

	unmount(): void {
		this.speaker = undefined;
	}

	paint(): void {
		const lines = this.speaker?.takeSaid?.() ?? [];
		if (lines.length > 0) {
			// The terminal is raw: a line end does not go back to the left by itself.
			this.output.write(lines.map(line => `${line}\r\n`).join(''));
		}
	}
}
