/**
Alternate screen on, home, cleared; cursor hidden; no wrapping at the right edge; a paste is marked
as one, so that its letters are no keys.
*/
const enterSequence = '\u001B[?1049h\u001B[H\u001B[2J\u001B[?25l\u001B[?7l\u001B[?2004h';
/** The reverse, with colours off, and the end of a frame that may have been cut short. */
const leaveSequence = '\u001B[0m\u001B[?2026l\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const clearSequence = '\u001B[0m\u001B[?2026l\u001B[H\u001B[2J\u001B[?25l\u001B[?7l\u001B[?2004h';

/**
Where a screen is written: in order with its frames, and, to leave it,
before anything else can happen.
*/
export type ScreenOutput = {
	write(text: string): unknown;
	/** Must not fail when the terminal is gone. */
	lastWords(text: string): unknown;
};

/**
The alternate screen of a terminal. Entering and leaving twice is the same as once, so
that every way out may call `leave`.

Lines do not wrap while it is on: a frame drawn for a wider window stays in its rows.
*/
export class AlternateScreen {
	private readonly output: ScreenOutput;
	private entered = false;

	constructor(output: ScreenOutput) {
		this.output = output;
	}

	get active(): boolean {
		return this.entered;
	}

	enter(): void {
		if (!this.entered) {
			this.entered = true;
			this.output.write(enterSequence);
		}
	}

	leave(): void {
		if (this.entered) {
			this.entered = false;
			this.output.lastWords(leaveSequence);
		}
	}

	/** Clears it and puts the cursor home, for a full redraw. */
	clear(): void {
		if (this.entered) {
			this.output.write(clearSequence);
		}
	}
}
