import {distributionRows} from '../distribution-rows.js';
import {type Rows} from '../metric-row.js';
import {rate} from '../source.js';

/** Frames of a paced client. */
export const frameRows = {
	'frames.<client>.perSecond': {
		label: 'Frames shown',
		short: 'fps',
		unit: 'per second',
		words:
			'Vblanks with a frame that was whole (all responses and fences) since the last one; null without paced ' +
			'clients.',
		direction: 'higher',
		from: rate('framesShown'),
	},
	'frames.<client>.missed': {
		label: 'Frames missed',
		short: 'miss',
		unit: 'per second',
		words: 'Vblanks that came without one, skipped ones included: with frames.<client>.perSecond all vblanks.',
		direction: 'lower',
		from: rate('framesMissed'),
	},
	...distributionRows('frames.<client>.time', 'frames', {
		label: 'Frame time',
		short: 'frame',
		words: 'From the vblank at which a frame begins to its last response.',
	}),
} as const satisfies Rows;
