import {type DistributionSpec} from '../../engine/distribution.js';
import {type ParameterValue} from '../../parameters/configuration.js';

/** Groups of times that the fit may scale together. */
export const knobs = ['clients', 'doorbell', 'host wake', 'host service', 'interrupt', 'worker', 'responses'] as const;

export type Knob = (typeof knobs)[number];

/** Where a value of a calibrated preset comes from. */
export type Provenance = 'measured' | 'inferred' | 'default';

/** A parameter's value as the recording gives it. */
export type Estimate = {
	readonly key: string;
	readonly value: ParameterValue;
	readonly provenance: Provenance;
	/** Inferred by itself, but the sum that it is a part of was measured: the fit takes it for measured. */
	readonly isPartOfMeasured?: true;
	/** From what, in words. */
	readonly how: string;
	/** The group it is scaled with; none for values that are no times. */
	readonly knob: Knob | null;
};

/** A measured time. */
export function measuredTime(key: string, value: DistributionSpec, count: number, knob: Knob, how: string): Estimate {
	return {
		key, value, provenance: 'measured', how: `${how}, ${count} samples`, knob,
	};
}
