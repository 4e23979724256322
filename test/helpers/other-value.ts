import {type Parameter, type ParameterValue} from '../../source/parameters/parameter.js';

/** Durations in ns; a rate is one that strikes within a millisecond or so. */
const fromNothing = {integer: 3, number: 5000, duration: 3000} as const;

/** Another value of a parameter, far enough from the one that it has to show. */
export function otherValue(entry: Parameter, value: ParameterValue, vcpus: number): ParameterValue {
	switch (entry.type) {
		case 'boolean': {
			return value !== true;
		}

		case 'choice': {
			return (entry.choices.find(choice => choice.value !== value) ?? entry.choices[0]).value;
		}

		case 'distribution': {
			// No median: a cost with the same one would draw something else, and mean the same.
			return {kind: 'const', value: Math.min(entry.max, 7777)};
		}

		case 'integer':
		case 'number':
		case 'duration': {
			if (entry.unit === 'index of a vCPU') {
				return (Number(value) + 1) % vcpus;
			}

			const other = Number(value) === 0 ? fromNothing[entry.type] : Number(value) / 3;
			return Math.max(entry.min, Math.min(entry.max, entry.type === 'number' ? other : Math.floor(other)));
		}
	}
}
