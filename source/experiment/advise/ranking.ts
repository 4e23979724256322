import {type CompareRow} from '../compare/comparison.js';
import {type Advice} from './advice.js';
import {gainOf, type Goal} from './goal.js';

/** Of the list, within which what the verdict names stands. */
const firstPlaces = 3;

export function rowOf({rows}: Pick<Advice, 'rows'>, {path}: Pick<Goal, 'path'>): CompareRow | undefined {
	return rows.find(row => row.path === path);
}

/**
What helps and hurts nothing first, then what is unsure, does nothing, hurts. Within that
by the goal; changes that come as close to the best as its margin are equal in that: one
key before two, what the verdict names before others, and then what they are subject to
and what else they move decides.
*/
export function ranked(
	entries: readonly Advice[],
	{path, better}: Goal,
	preferred: readonly string[],
): readonly Advice[] {
	const notNamed = ({keys}: Advice): number => (keys.every(key => preferred.includes(key)) ? 0 : 1);
	const gain = (advice: Advice): number => gainOf(rowOf(advice, {path}), better);
	const left = entries.toSorted((a, b) => rank(a) - rank(b) || gain(b) - gain(a));
	const sorted: Advice[] = [];
	while (left.length > 0) {
		const [leader] = left;
		const isEqual = (entry: Advice): boolean => rank(entry) === rank(leader) && gain(leader) - gain(entry) <= 1;
		const count = left.findIndex(entry => !isEqual(entry));
		const group = left.splice(0, count === -1 ? left.length : count);
		sorted.push(
			...group.toSorted(
				(a, b) =>
					a.keys.length - b.keys.length ||
					notNamed(a) - notNamed(b) ||
					harm(a, path) - harm(b, path) ||
					subject(b) - subject(a) ||
					gain(b) - gain(a),
			),
		);
	}

	return sorted;
}

/**
Who reads the verdict looks for what it names: where that helps it is among
the first, whatever helps more.
*/
export function withRemedy(entries: readonly Advice[], preferred: readonly string[]): readonly Advice[] {
	const index = entries.findIndex(entry => rank(entry) === 0 && entry.keys.every(key => preferred.includes(key)));
	return index < firstPlaces
		? entries
		: entries.toSpliced(index, 1).toSpliced(firstPlaces - 1, 0, ...entries.slice(index, index + 1));
}

/** Other metrics that are worse. */
function harm({rows}: Advice, goal: string): number {
	return rows.filter(row => row.path !== goal && row.verdict === 'worse').length;
}

function subject({rows, constraints: [first]}: Advice): number {
	return first === undefined ? 0 : gainOf(rowOf({rows}, first), first.better);
}

export function rank({effect, constraints}: Advice): number {
	const isBroken = constraints.some(({holds: word}) => word === 'no');
	return effect === 'worse' ? 4 : isBroken ? 3 : effect === 'none' ? 2 : effect === 'undecided' ? 1 : 0;
}
