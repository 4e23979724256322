import {type Rect} from '../../charts/canvas.js';
import {headRows, viewArea, wideFrom} from '../breakpoints.js';

/** Places of the latency view. */
export type LatencyLayout = {
	readonly histogram: Rect;
	readonly percentiles: Rect;
	readonly stages: Rect;
	readonly groups: Rect | undefined;
};

export function latencyLayout(width: number, height: number): LatencyLayout {
	const {height: body} = viewArea(width, height);
	const isWide = width >= wideFrom;
	const lower = isWide ? Math.min(14, Math.floor(body / 2)) : 7;
	const upper = body - lower;
	const right = isWide ? 46 : 26;
	const y = headRows + upper;
	const left = isWide ? Math.floor(width / 2) : width;
	return {
		histogram: {
			x: 0,
			y: headRows,
			width: width - right,
			height: upper,
		},
		percentiles: {
			x: width - right,
			y: headRows,
			width: right,
			height: upper,
		},
		stages: {
			x: 0,
			y,
			width: left,
			height: lower,
		},
		groups: isWide
			? {
					x: left,
					y,
					width: width - left,
					height: lower,
				}
			: undefined,
	};
}
