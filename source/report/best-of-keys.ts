import {type AdviceEntry} from './advice-document.js';

/** The first entry of each key: its best value. */
export function bestOfKeys(advice: readonly AdviceEntry[]): readonly AdviceEntry[] {
	const nameOf = ({set}: AdviceEntry): string => Object.keys(set).join(' ');
	return advice.filter((entry, index) => advice.findIndex(other => nameOf(other) === nameOf(entry)) === index);
}
