/**
A stream of random numbers: xoshiro128** (Blackman and Vigna, "Scrambled Linear
Pseudorandom Number Generators", 2021), period 2^128 - 1.

Every source of randomness in a run has a stream of its own, seeded from the run's
seed and a name ("client/game/0/service"), so that a change in one place does not
shift the numbers drawn in another: common random numbers between two settings.
*/
export class RandomStream {
	private s0 = 0;
	private s1 = 0;
	private s2 = 0;
	private s3 = 0;

	constructor(seed: number, name: string) {
		this.reseed(seed, name);
	}

	/** Starts the stream that belongs to this seed and name. */
	reseed(seed: number, name: string): void {
		// FNV-1a over the name, mixed with both halves of the seed by SplitMix32 steps.
		let hash = 0x81_1c_9d_c5;
		for (let i = 0; i < name.length; i++) {
			hash = Math.imul(hash ^ (name.codePointAt(i) ?? 0), 0x01_00_01_93);
		}

		const low = Math.floor(seed) >>> 0;
		const high = Math.floor(seed / 4_294_967_296) >>> 0;
		let state = Math.imul(hash ^ high, 0x9e_37_79_b9) ^ low;
		const next = (): number => {
			state = (state + 0x9e_37_79_b9) | 0;
			let z = state;
			z = Math.imul(z ^ (z >>> 16), 0x85_eb_ca_6b);
			z = Math.imul(z ^ (z >>> 13), 0xc2_b2_ae_35);
			return (z ^ (z >>> 16) ^ hash) | 0;
		};

		this.s0 = next();
		this.s1 = next();
		this.s2 = next();
		this.s3 = next() | 1;
	}

	/** A uniform integer in [0, 2^32). */
	uint32(): number {
		const {s0, s1} = this;
		const s2 = this.s2 ^ s0;
		const s3 = this.s3 ^ s1;
		this.s0 = s0 ^ s3;
		this.s1 = s1 ^ s2;
		this.s2 = s2 ^ (s1 << 9);
		this.s3 = (s3 << 11) | (s3 >>> 21);
		const product = Math.imul(s1, 5);
		return Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
	}

	/** A uniform number strictly between 0 and 1, a multiple of 2^-33. */
	uniform(): number {
		return (this.uint32() + 0.5) / 4_294_967_296;
	}

	/** A uniform integer in [0, count). Biased by at most count / 2^32. */
	below(count: number): number {
		return Math.floor(this.uniform() * count);
	}
}
