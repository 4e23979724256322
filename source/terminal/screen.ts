/** Alternate screen on, home, cleared; cursor hidden; no wrapping at the right edge. */
const enterSequence = '\u001B[?1049h\u001B[H\u001B[2J\u001B[?25l\u001B[?7l';
/** The reverse, with colours off. */
const leaveSequence = '\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l';
const clearSequence = '\u001B[0m\u001B[H\u001B[2J\u001B[?25l\u001B[?7l';

/**
The alternate screen of a terminal. Entering and leaving twice is the same as once, so
that every way out may call `leave`.

Lines do not wrap while it is on: a frame drawn for a wider window stays in its rows.
*/
export class AlternateScreen {
	private readonly write: (text: string) => void;
	private entered = false;

	/** `write` must not fail when the terminal is gone, and must be synchronous. */
	constructor(write: (text: string) => void) {
		this.write = write;
	}

	get active(): boolean {
		return this.entered;
	}

	enter(): void {
		if (!this.entered) {
			this.entered = true;
			this.write(enterSequence);
		}
	}

	leave(): void {
		if (this.entered) {
			this.entered = false;
			this.write(leaveSequence);
		}
	}

	/** Clears it and puts the cursor home, for a full redraw. */
	clear(): void {
		if (this.entered) {
			this.write(clearSequence);
		}
	}
}
