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
		const a = this.low ^ time;
		const b = Math.imul(a, factor) ^ (time * perWord);
		const c = Math.imul(b, factor) ^ ((kind << 16) | (actor & 0xff_ff));
		const d = Math.imul(c, factor) ^ argument;
		this.high = highOf(highOf(highOf(highOf(this.high, a), b), c), d);
		this.low = Math.imul(d, factor);
	}

	/** The fingerprint so far, 16 hex digits. */
	digits(): string {
		return (this.high >>> 0).toString(16).padStart(8, '0') + (this.low >>> 0).toString(16).padStart(8, '0');
	}
}

/** The prime 0x100000001b3 is 2^40 and this. */
const factor = 435;

/** Multiplied by this and cut, the lower half is what it carries to the upper one. */
const carried = factor / 4_294_967_296;

/** Multiplied by this and cut, a time is its upper word. */
const perWord = 1 / 4_294_967_296;

/**
The upper half of (high, low) times the prime, modulo 2^64. The carry of the lower half is exact:
32 bits times 9 fit into a double.
*/
function highOf(high: number, low: number): number {
	return (Math.imul(high, factor) + (((low >>> 0) * carried) | 0) + (low << 8)) | 0;
}
