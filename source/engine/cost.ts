import {Distribution, type DistributionSpec} from './distribution.js';
import {RandomStream} from './random.js';

/** A cost of the model: a distribution of ns with the random stream of its place. */
export class Cost {
	private readonly distribution: Distribution;
	private readonly stream: RandomStream;

	constructor(seed: number, place: string, spec: DistributionSpec) {
		this.distribution = new Distribution(spec);
		this.stream = new RandomStream(seed, `place/${place}`);
	}

	/** A new distribution, from the next draw on. */
	set(spec: DistributionSpec): void {
		this.distribution.set(spec);
	}

	/** Whole ns, 0 or more. */
	draw(): number {
		return this.distribution.draw(this.stream);
	}

	/** The rank of the next draw, 0 to 1: with `at` it is one. */
	drawRank(): number {
		return this.stream.uniform();
	}

	/** The value at a rank (0 < rank < 1), whole ns. */
	at(rank: number): number {
		return this.distribution.sample(rank);
	}

	/** Half of the draws are below this, ns. */
	get median(): number {
		return this.distribution.sample(0.5);
	}

	/** The sum of `count` draws. */
	drawSum(count: number): number {
		let sum = 0;
		for (let i = 0; i < count; i++) {
			sum += this.distribution.draw(this.stream);
		}

		return sum;
	}
}
