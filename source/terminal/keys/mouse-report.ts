/**
The three characters of an old mouse report, after `CSI M`: each a byte, or two where the terminal
writes large coordinates as UTF-8.
*/
export class MouseReport {
	/** Characters that are to come. */
	private left = 0;
	/** The last byte began one of two bytes. */
	private lead = false;

	begin(): void {
		this.left = 3;
		this.lead = false;
	}

	/** One more byte; true when the report is over. */
	take(byte: number): boolean {
		if (this.lead && byte >= 0x80 && byte < 0xc0) {
			this.lead = false;
			return false;
		}

		this.lead = byte >= 0xc2 && byte < 0xe0;
		this.left--;
		return this.left === 0;
	}
}
