import {type Rect} from '../../charts/canvas.js';

/** Places of the panels; what there is no room for is undefined. */
export type AdviceLayout = {
	readonly helps: Rect;
	readonly silent: Rect | undefined;
	readonly why: Rect | undefined;
};

/** Of a panel of rows: its frame; of the table its head and its foot too. */
const frame = 2;
const tableRows = frame + 2;
/** From this height of a view on there is room for three panels. */
const threeFrom = 16;
const leastRows = 3;
/** What the prediction of an entry takes with its frame, about. */
const whyRows = 9;

/**
What helps gets half or less, why what it says, and what does not help the rest,
as far as it has so much to say.
*/
export function adviceLayout(area: Rect, entries: number, silent: number): AdviceLayout {
	const {x, y, width, height} = area;
	const isTall = height >= threeFrom;
	const share = height < 20 ? 0.5 : 0.42;
	const wanted = tableRows + Math.max(1, entries);
	const first = Math.max(tableRows + leastRows, Math.min(wanted, Math.floor(height * (isTall ? share : 0.6))));
	const rest = height - first;
	if (!isTall) {
		const second = rest >= leastRows ? rest : 0;
		return {
			helps: {x, y, width, height: height - second},
			silent: second === 0 ? undefined : {x, y: y + first, width, height: second},
			why: undefined,
		};
	}

	const second = Math.max(frame + leastRows, Math.min(frame + Math.max(1, silent), rest - whyRows));
	return {
		helps: {x, y, width, height: first},
		silent: {x, y: y + first, width, height: second},
		why: {x, y: y + first + second, width, height: rest - second},
	};
}
