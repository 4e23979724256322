import {metricOf} from '../../metrics/metric-table.js';
import {type LifeReading} from '../life-reading.js';
import {type DifferenceWord, directed, marginBetween} from './difference-word.js';

/** Standard normal quantile of 97.5 %. */
const z = 1.96;

type Bounds = {readonly low: number; readonly value: number; readonly high: number};

/** A quantile in us with its interval of 95 %; null where the interval ends beyond all values. */
function bounds({spread, independent}: LifeReading, q: number): Bounds | null {
	const half = independent === 0 ? Infinity : z * Math.sqrt((q * (1 - q)) / independent);
	if (q - half <= 0 || q + half >= 1) {
		return null;
	}

	const [low, value, high] = [q - half, q, q + half].map(share => (spread.quantile(share) ?? 0) / 1000);
	return {low, value, high};
}

/**
The word for a quantile of a metric (us) from the lives in two stretches of one run.

Method: the ranks of each quantile have a binomial interval (Conover, Practical Nonparametric
Statistics, 3.2) with the number of independent commands; the interval of the difference is made of
both (MOVER: Zou & Donner 2008).
*/
export function quantileWord(path: string, q: number, before: LifeReading, after: LifeReading): DifferenceWord {
	const [a, b] = [bounds(before, q), bounds(after, q)];
	if (a === null || b === null) {
		return 'undecided';
	}

	const difference = b.value - a.value;
	const low = difference - Math.hypot(b.value - b.low, a.high - a.value);
	const high = difference + Math.hypot(b.high - b.value, a.value - a.low);
	const margin = marginBetween(path, a.value);
	if (low >= -margin && high <= margin) {
		return 'same';
	}

	return low > margin || high < -margin ? directed(difference > 0, metricOf(path)?.better ?? null) : 'undecided';
}
