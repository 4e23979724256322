/**
Alternate screen on, home, cleared; cursor hidden; no wrapping at the right edge; a paste is marked
as one, so that its letters are no keys.
*/
const enterSequence = '\u001B[?1049h\u001B[H\u001B[2J\u001B[?25l\u001B[?7l\u001B[?2004h';
/** The reverse, with colours off, and the end of a frame that may have been cut short. */
const leaveSequence = '\u001B[0m\u001B[?2026l\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const clearSequence = '\u001B[0m\u001B[?2026l\u001B[H\u001B[2J\u001B[?25l\u001B[?7l\u001B[?2004h';

/** Presses, releases and the wheel (1000), as numbers in a sequence of their own (1006). */
const mouseOn = '\u001B[?1000h\u001B[?1006h';
const mouseOff = '\u001B[?1006l\u001B[?1000l';

/**
Where a screen is written: in order with its frames, and, to leave it,
before anything else can happen.
*/
export type ScreenOutput = {
	write(text: string): unknown;
	/** Whether all was taken. Must not fail when the terminal is gone. */
	lastWords(text: string): boolean;
};

/**
The alternate screen of a terminal. Entering and leaving twice is the same as once, so
that every way out may call `leave`.

Lines do not wrap while it is on: a frame drawn for a wider window stays in its rows.
*/
export class AlternateScreen {
	private readonly output: ScreenOutput;
	private readonly hasMouse: boolean;
	private entered = false;
	/** Some of what leaves it may have been taken. */
	private torn = false;

	/**
	`hasMouse`: the terminal reports presses and the wheel, and leaves the selection of text to
	Shift.
	*/
	constructor(output: ScreenOutput, hasMouse = false) {
		this.output = output;
		this.hasMouse = hasMouse;
	}

	get active(): boolean {
		return this.entered;
	}

	enter(): void {
		if (!this.entered || this.torn) {
			this.entered = true;
			this.torn = false;
			this.output.write(enterSequence + this.mouse(mouseOn));
		}
	}

	/** True when the terminal has taken it; else it may be tried again, or entered anew. */
	leave(): boolean {
		this.entered &&= !this.output.lastWords(this.mouse(mouseOff) + leaveSequence);
		this.torn = this.entered;
		return !this.entered;
	}

	/** Clears it and puts the cursor home, for a full redraw. */
	clear(): void {
		if (this.entered) {
			this.output.write(clearSequence + this.mouse(mouseOn));
		}
	}

	private mouse(sequence: string): string {
		return this.hasMouse ? sequence : '';
	}
}
