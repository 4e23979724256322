import {sampleOf} from '../statistics/sample.js';
import {type SweepView, type ViewPoint} from './sweep-view.js';

/**
What an axis does to a metric: the least and the largest mean over its values, each
over all that the other axes have.
*/
export type AxisEffect = {
	readonly key: string;
	readonly low: number;
	readonly high: number;
	/** The values where they are. */
	readonly lowAt: string;
	readonly highAt: string;
};

/**
The effect of each axis of a grid on a metric, the largest first. None where a cell has no value:
means over different cells would not be comparable.
*/
export function effectsOf({header, points}: SweepView, path: string): readonly AxisEffect[] {
	if (header.list !== undefined || points.some(({estimates}) => (estimates.get(path) ?? null) === null)) {
		return [];
	}

	return header.axes
		.filter(({values}) => values.length > 1)
		.map(({key, values}): AxisEffect => {
			const means = values.map(value => ({
				at: String(value),
				mean: meanOf(
					points.filter(({set}) => set[key] === value),
					path,
				),
			}));
			const sorted = means.toSorted((a, b) => a.mean - b.mean);
			const [least] = sorted;
			const most = sorted.at(-1) ?? least;
			return {
				key,
				low: least.mean,
				high: most.mean,
				lowAt: least.at,
				highAt: most.at,
			};
		})
		.toSorted((a, b) => b.high - b.low - (a.high - a.low));
}

function meanOf(points: readonly ViewPoint[], path: string): number {
	const {mean} = sampleOf(points.map(({estimates}) => estimates.get(path)?.mean ?? 0));
	return mean;
}
