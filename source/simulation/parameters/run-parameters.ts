import {microsecond, millisecond, second, type Parameter} from '../../parameters/parameter.js';

/** The longest run: an hour of simulated time, ns. */
const hour = 3600 * second;

/** What a run is, besides its model: they are no part of `parametersHash`. */
export const runParameters = [
	{
		key: 'seed',
		label: 'seed',
		group: 'run',
		type: 'integer',
		unit: 'number',
		min: 0,
		max: Number.MAX_SAFE_INTEGER,
		default: 1,
		provenance: {kind: 'assumed', source: 'any number is as good'},
		words:
			'Seed of all random streams. The same parameters, changes and seed give the same events on every ' +
			'machine.',
		effect: 'restart',
	},
	{
		key: 'duration',
		label: 'duration',
		group: 'run',
		type: 'duration',
		unit: 'duration',
		min: microsecond,
		max: hour,
		default: 2 * second,
		provenance: {kind: 'assumed', source: 'long enough for rates within a few percent'},
		words: 'Simulated time that is measured, warm-up not counted. The dashboard goes on for as long as it is open.',
		effect: 'restart',
	},
	{
		key: 'warmup',
		label: 'warm-up',
		group: 'run',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: hour,
		default: 200 * millisecond,
		provenance: {kind: 'assumed', source: 'some sixty time slices'},
		words: 'Simulated time before measuring starts. The state is kept at its end and every accumulator is zeroed.',
		effect: 'restart',
	},
	{
		key: 'window',
		label: 'window',
		group: 'run',
		type: 'duration',
		unit: 'duration',
		min: microsecond,
		max: 60 * second,
		default: millisecond,
		provenance: {kind: 'assumed', source: 'fine enough to see a time slice'},
		words: 'Length of a window of the time series (ndjson, csv, charts). Totals do not depend on it.',
		effect: 'restart',
	},
] as const satisfies readonly Parameter[];
