import {constant, millisecond, type DistributionParameter} from '../parameters/parameter.js';
import {type Spread, spreadAbout, withSpread} from '../parameters/spread.js';

type Cost<Name extends string> = Pick<DistributionParameter, 'label' | 'provenance' | 'words' | 'metrics'> & {
	readonly name: Name;
	readonly value: number;
	readonly per?: string;
	/** Left out where the default is 0. */
	readonly spread?: Spread;
	readonly max?: number;
};

export function cost<const Name extends string>({
	name,
	value,
	per,
	max,
	spread,
	provenance,
	...rest
}: Cost<Name>): DistributionParameter & {readonly key: `guest.cost.${Name}`; readonly sets: Name} {
	return {
		sets: name,
		key: `guest.cost.${name}`,
		group: 'guest',
		type: 'distribution',
		unit: per === undefined ? 'duration' : `duration ${per}`,
		min: 0,
		max: max ?? 10 * millisecond,
		default: spread === undefined ? constant(value) : spreadAbout(value, spread),
		provenance: withSpread(provenance, spread),
		effect: 'next-use',
		...rest,
	};
}
