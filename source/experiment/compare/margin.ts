import {bucketOf, bucketTop} from '../../engine/histogram.js';
import {metricUnit} from '../../metrics/metric-unit.js';

const percentile = /\.p(?:50|90|99|999)$/v;
const tail = /\.(?:p99|p999|max|longest|tail)$/v;

/**
How wide the histogram's bin is that a percentile fell into, in its JSON unit
(us); 0 for figures that are exact.
*/
export function binAt(path: string, value: number): number {
	if (!percentile.test(path) || value <= 0) {
		return 0;
	}

	const bucket = bucketOf(Math.round(value * 1000));
	return (bucketTop(bucket) - (bucket === 0 ? 0 : bucketTop(bucket - 1))) / 1000;
}

function floorAt(path: string, value: number): number {
	if (path.startsWith('frames.') || path.startsWith('cursor.frames.')) {
		return metricUnit(path) === '/s' ? 0.1 : binAt(path, value);
	}

	switch (metricUnit(path)) {
		case 'ms/s': {
			return 1;
		}

		case 'share': {
			return 0.005;
		}

		case 'us':
		case '/s':
		case 'count': {
			return binAt(path, value);
		}
	}
}

/** The size of a change of a metric that matters: a share of its value on side A. */
export type OwnMargins = ReadonlyMap<string, number>;

/**
Differences within this are the same to a user, in the metric's JSON unit: 1 % of `a`, 2 % of
p50 and p90, 5 % from p99 on; never below what is seen at all (docs/contract.md, section 6).
*/
export function marginOf(path: string, a: number, own: OwnMargins = new Map()): number {
	const share = own.get(path) ?? (tail.test(path) ? 0.05 : percentile.test(path) ? 0.02 : 0.01);
	return Math.max(share * Math.abs(a), floorAt(path, a));
}
