import {type Rect} from '../../charts/canvas.js';
import {wideFrom} from '../breakpoints.js';

/**
Places of the latency view of a run; the mean and the slowest stand in one
panel where there is no `mean`.
*/
export type RunLatencyLayout = {
	readonly histogram: Rect;
	readonly percentiles: Rect;
	readonly mean: Rect | undefined;
	readonly tail: Rect;
	readonly longest: Rect | undefined;
};

/**
From these sizes of the area on the cascades stand below, side by side;
from such a width there are three.
*/
const belowFrom = 22;
const threeFrom = 170;
/** Rows of a cascade with all its stages, in its frame. */
const cascadeRows = 18;

export function runLatencyLayout(area: Rect): RunLatencyLayout {
	const {x, y, width, height} = area;
	if (width < wideFrom || height < belowFrom) {
		const right = width >= wideFrom ? 46 : width >= 76 ? 37 : 26;
		const upper = Math.max(6, Math.floor(height * 0.45));
		const left = width - right;
		return {
			histogram: {x, y, width: left, height: upper},
			percentiles: {x: x + left, y, width: right, height},
			mean: undefined,
			tail: {x, y: y + upper, width: left, height: height - upper},
			longest: undefined,
		};
	}

	const right = 46;
	const lower = Math.min(cascadeRows, Math.floor(height * 0.52));
	const upper = height - lower;
	const count = width >= threeFrom ? 3 : 2;
	const each = Math.floor(width / count);
	const below = (index: number): Rect => ({
		x: x + index * each,
		y: y + upper,
		width: index === count - 1 ? width - index * each : each,
		height: lower,
	});
	return {
		histogram: {x, y, width: width - right, height: upper},
		percentiles: {x: x + width - right, y, width: right, height: upper},
		mean: below(0),
		tail: below(1),
		longest: count === 3 ? below(2) : undefined,
	};
}
