/**
A 64-bit fingerprint of a sequence of events: FNV-1a with 32-bit words as its units
(two of the time, one of kind and actor, one of the argument), folded in as they come.
Two runs with the same fingerprint had, for all that matters, the same events.
*/
export class EventHash {
	private high = 0xcb_f2_9c_e4 | 0;
	private low = 0x84_22_23_25 | 0;

	/** Folds in one event. `time` is a whole number of ns. */
	add(time: number, kind: number, actor: number, argument: number): void {
		const timeHigh = Math.floor(time / 4_294_967_296);
		this.word(time - timeHigh * 4_294_967_296);
		this.word(timeHigh);
		this.word((kind << 16) | (actor & 0xff_ff));
		this.word(argument);
	}

	/** The fingerprint so far, 16 hex digits. */
	digits(): string {
		return (this.high >>> 0).toString(16).padStart(8, '0') + (this.low >>> 0).toString(16).padStart(8, '0');
	}

	private word(value: number): void {
		// Times 0x100000001b3 modulo 2^64: (2^40 + 435) times the two halves.
		const low = (this.low ^ value) >>> 0;
		const product = low * 435;
		const carry = Math.floor(product / 4_294_967_296);
		this.high = (Math.imul(this.high, 435) + carry + (low << 8)) | 0;
		this.low = product | 0;
	}
}
