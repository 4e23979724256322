import {type Rows} from '../metric-row.js';
import {rate} from '../source.js';

/** What is asked for and done. */
export const loadRows = {
	'throughput.submitted': {
		label: 'Submitted',
		short: 'sub',
		unit: 'per second',
		words: 'Commands added to the ring.',
		from: rate('submitted'),
	},
	'throughput.completed': {
		label: 'Throughput',
		short: 'thr',
		unit: 'per second',
		words: 'Commands whose response step ended (cursor: reaped).',
		direction: 'higher',
		from: rate('completed'),
		chart: {
			rank: 1,
			title: 'Throughput',
			words: 'Commands completed a second of simulated time.',
			anchor: 'zero',
			after: ' cmd/s',
		},
	},
	'throughput.asked': {
		label: 'Asked for',
		short: 'ask',
		unit: 'per second',
		words:
			'What closed clients begin, arrivals of open ones, a round a vblank of paced ones; refused and skipped ' +
			'ones included.',
		from: rate('asked'),
	},
} as const satisfies Rows;
