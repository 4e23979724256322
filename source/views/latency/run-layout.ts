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
	/** The kinds of commands, where they have a place of their own. */
	readonly groups: Rect | undefined;
	/** Lives over time. */
	readonly heat: Rect | undefined;
};

/**
From these sizes of the area on the cascades stand below, side by side;
from such a width there are three.
*/
const belowFrom = 22;
const threeFrom = 170;
/** From so many rows on there is also a strip of lives over time, and kinds of commands. */
const largeFrom = 46;
const heatRows = 11;
const percentileRows = 13;
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
			groups: undefined,
			heat: undefined,
		};
	}

	const count = width >= threeFrom ? 3 : 2;
	const isLarge = count === 3 && height >= largeFrom;
	const right = isLarge ? 58 : 46;
	const lower = Math.min(cascadeRows, Math.floor(height * 0.52));
	const strip = isLarge ? heatRows : 0;
	const upper = height - lower - strip;
	const own = isLarge ? percentileRows : upper;
	const each = Math.floor(width / count);
	const below = (index: number): Rect => ({
		x: x + index * each,
		y: y + upper + strip,
		width: index === count - 1 ? width - index * each : each,
		height: lower,
	});
	return {
		histogram: {x, y, width: width - right, height: upper},
		percentiles: {x: x + width - right, y, width: right, height: own},
		mean: below(0),
		tail: below(1),
		longest: count === 3 ? below(2) : undefined,
		groups: isLarge ? {x: x + width - right, y: y + own, width: right, height: upper - own} : undefined,
		heat: isLarge ? {x, y: y + upper, width, height: strip} : undefined,
	};
}
