import {type DistributionSpec} from '../../engine/distribution.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type Parameter} from '../../parameters/parameter.js';
import {type ParameterKey, parameters} from '../../simulation/parameters/table.js';

/**
Keys of a configuration whose value is a time and not 0: costs, and the durations of the host
and the guest. What follows from another key (`inherit`) moves with that key, and the commands
that no client sends cost nothing.
*/
export function costKeys({parameters: resolved, clients, given = {}}: Configuration): readonly ParameterKey[] {
	const sent: ReadonlySet<string> = new Set(clients.flatMap(client => client.loop.flatMap(step => step.commands)));
	return parameters
		.filter(entry => {
			const command = /\.([A-Z][A-Z_\d]+)$/v.exec(entry.key)?.[1];
			return (
				Object.hasOwn(resolved, entry.key) &&
				(entry.family === undefined || Object.hasOwn(given, entry.key)) &&
				(command === undefined || sent.has(command)) &&
				isTime(entry, resolved[entry.key])
			);
		})
		.map(({key}) => key);
}

/** A time of the parameter's range, `factor` times as long: a distribution keeps its shape. */
export function scaledTime(value: ParameterValue, factor: number): ParameterValue {
	if (typeof value === 'number') {
		return Math.round(value * factor);
	}

	return typeof value === 'object' ? scaledSpec(value, factor) : value;
}

function isTime(entry: Parameter, value: ParameterValue | undefined): boolean {
	return entry.type === 'duration'
		? value !== 0
		: typeof value === 'object' && !(value.kind === 'const' && value.value === 0);
}

function scaledSpec(spec: DistributionSpec, factor: number): DistributionSpec {
	switch (spec.kind) {
		case 'const': {
			return {...spec, value: spec.value * factor};
		}

		case 'exp': {
			return {...spec, mean: spec.mean * factor};
		}

		case 'uniform': {
			return {...spec, low: spec.low * factor, high: spec.high * factor};
		}

		case 'lognormal': {
			return {...spec, median: spec.median * factor};
		}

		case 'quantiles': {
			return {...spec, points: spec.points.map(([probability, value]) => [probability, value * factor] as const)};
		}
	}
}
