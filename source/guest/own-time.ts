import {Distribution, type DistributionSpec} from '../engine/distribution.js';

/** A time that a step of a loop may set by itself, in place of a parameter. */
export class OwnTime {
	private isSet = false;
	private readonly distribution = new Distribution({kind: 'const', value: 0});

	/** From the next look on; undefined leaves it to the parameter. */
	set(spec: DistributionSpec | undefined): void {
		this.isSet = spec !== undefined;
		if (spec !== undefined) {
			this.distribution.set(spec);
		}
	}

	/** The time at this rank in ns, not rounded; -1 when the step has none. */
	at(rank: number): number {
		return this.isSet ? this.distribution.at(rank) : -1;
	}

	/** The time at this rank in whole ns, `otherwise`'s when the step has none. */
	sample(rank: number, otherwise: Distribution): number {
		return this.isSet ? this.distribution.sample(rank) : otherwise.sample(rank);
	}
}
