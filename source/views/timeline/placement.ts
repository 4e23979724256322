import {type Wait} from '../../tracking/excerpt.js';
import {type Found} from './find.js';

/** Where a stretch of so many ns begins so that a wait stands in its second third, ns. */
export function startForWait({start, end}: Wait, width: number): number {
	const room = Math.max(0, width - (end - start));
	return Math.max(0, Math.round(start - Math.min(room / 2, width / 3)));
}

/** Where it begins so that what was found can be seen: whole, where there is room. */
export function startForFound({time, end, wait}: Found, width: number): number {
	if (end !== undefined && end - time < width) {
		return time - Math.min(width / 10, width - (end - time));
	}

	return wait === undefined ? time - width / 3 : startForWait(wait, width);
}
