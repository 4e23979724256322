import {type Rows} from '../metric-row.js';
import {mean, rate, ratio, read} from '../source.js';

/** What a ring holds. */
export const ringRows = {
	'ring.numFree.mean': {
		label: 'num_free',
		short: 'free',
		unit: 'slots',
		words: 'Free slots of the ring, mean over time.',
		from: mean('freeIntegral'),
		chart: {
			rank: 4,
			title: 'num_free',
			words:
				'Free descriptors of the control ring, mean over time, and the fewest since the last change. A ' +
				'larger ring helps only where the fewest are 0.',
			anchor: 'ring',
			least: 'ring.numFree.min',
			blamedBy: {verdicts: ['ring-full'], paths: ['ring.fullWaits']},
		},
	},
	'ring.numFree.min': {
		label: 'num_free, least',
		short: 'free min',
		unit: 'slots',
		words: 'Fewest free slots. Above 0, a larger ring changes nothing.',
		from: read('minFree', reading => reading.extreme('minFree')),
	},
	'ring.numFree.max': {
		label: 'num_free, most',
		short: 'free max',
		unit: 'slots',
		words: 'Most free slots.',
		from: read('maxFree', reading => reading.extreme('maxFree')),
	},
	'ring.numFree.atAdd': {
		label: 'num_free at add',
		short: 'free add',
		unit: 'slots',
		words: 'Free slots that a submitter found, mean over adds.',
		from: ratio('freeAtAdd', 'adds'),
	},
	'ring.inFlight.mean': {
		label: 'In flight',
		short: 'in fl',
		unit: 'commands',
		words: 'Commands added and not reaped, mean over time.',
		from: mean('inFlightIntegral'),
	},
	'ring.inFlight.max': {
		label: 'In flight, most',
		short: 'in fl max',
		unit: 'commands',
		words: 'Most commands added and not reaped.',
		from: read('maxInFlight', reading => reading.extreme('maxInFlight')),
	},
	'ring.fullWaits': {
		label: 'Ring-full sleeps',
		short: 'full',
		unit: 'per second',
		words: 'Sleeps on ack_queue for room.',
		direction: 'lower',
		from: rate('fullWaits'),
	},
	'ring.busyErrors': {
		label: 'Busy errors',
		short: 'busy',
		unit: 'per second',
		words: 'Commands refused and dropped (driver.fullRing=busy-error).',
		direction: 'lower',
		from: rate('busyErrors'),
	},
} as const satisfies Rows;
