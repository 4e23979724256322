/** More of a paste than any field takes is left out, bytes. */
const longestPaste = 65_536;

const interrupt = 0x03;

/** CSI 201 ~ */
const pasteEnd = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e];

/** The bytes of a bracketed paste, until the sequence that ends it. */
export class Paste {
	/** It has stood still: its end may be lost, and Ctrl-C ends it. */
	stalled = false;
	private bytes: number[] = [];
	/** Bytes of the end that have come. */
	private matched = 0;

	/** A paste begins. */
	begin(): void {
		this.matched = 0;
		this.stalled = false;
	}

	/**
	One more byte; `ended`: with it the end is there; `given up`: it is a key, and no more of the
	paste comes.
	*/
	take(byte: number): 'goes on' | 'ended' | 'given up' {
		if (this.stalled && byte === interrupt) {
			this.bytes = [];
			return 'given up';
		}

		this.stalled = false;
		if (byte === pasteEnd[this.matched]) {
			this.matched++;
			return this.matched === pasteEnd.length ? 'ended' : 'goes on';
		}

		for (let index = 0; index < this.matched; index++) {
			this.keep(pasteEnd[index]);
		}

		// Only the first byte of the end is ESC.
		this.matched = byte === pasteEnd[0] ? 1 : 0;
		if (this.matched === 0) {
			this.keep(byte);
		}

		return 'goes on';
	}

	/** The text so far, which is taken; undefined when nothing has come. */
	text(): string | undefined {
		const {bytes} = this;
		this.bytes = [];
		return bytes.length === 0 ? undefined : new TextDecoder().decode(Uint8Array.from(bytes));
	}

	private keep(byte: number): void {
		if (this.bytes.length < longestPaste) {
			this.bytes.push(byte);
		}
	}
}
