import {type DistributionSpec} from '../../engine/distribution.js';
import {type ParameterValue} from '../../parameters/configuration.js';

/** Groups of times that the fit may scale together. */
export const groups = ['clients', 'doorbell', 'host wake', 'host service', 'interrupt', 'worker', 'responses'] as const;

/**
What the fit may turn: those groups; by how much longer than the median their longer half is
(spread), and than that the longest twentieth (pauses).
*/
export const knobs = [...groups, 'spread', 'pauses'] as const;

export type Knob = (typeof knobs)[number];

/** Where a value of a calibrated preset comes from. */
export type Provenance = 'measured' | 'inferred' | 'uncertain' | 'default';

/** What a value was taken from. */
export type Origin = 'guest' | 'host log' | 'guest and host log, aligned' | 'KVM events' | 'guess from the guest';

/** A parameter's value as the recording gives it. */
export type Estimate = {
	readonly key: string;
	readonly value: ParameterValue;
	readonly provenance: Provenance;
	/**
	Inferred by itself, but the sum that it is a part of was measured:
	the fit takes it for measured.
	*/
	readonly isPartOfMeasured?: true;
	/** From what, in words. */
	readonly how: string;
	/** From which file; left out for the guest's. */
	readonly origin?: Origin;
	/** What else it may be, where it is uncertain. */
	readonly alternatives?: readonly ParameterValue[];
	/** The group it is scaled with; none for values that are no times. */
	readonly knob: Knob | null;
};

/** A measured time. */
export function measuredTime(key: string, value: DistributionSpec, count: number, knob: Knob, how: string): Estimate {
	return {
		key,
		value,
		provenance: 'measured',
		how: `${how}, ${count} samples`,
		knob,
	};
}

/** The same, taken from that. */
export function takenFrom(origin: Origin, estimates: readonly Estimate[]): readonly Estimate[] {
	return estimates.map(estimate => ({...estimate, origin}));
}

/**
Each key once, where it stood first: of several values that of the last list, so what was seen
comes behind what was guessed.
*/
export function eachOnce(...lists: ReadonlyArray<readonly Estimate[]>): readonly Estimate[] {
	return [...new Map(lists.flat().map(estimate => [estimate.key, estimate])).values()];
}
