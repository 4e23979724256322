import {type Rule} from '../../statistics/interval.js';
import {compareRows, type CompareRow, fewestPairs} from './comparison.js';
import {type Figures} from './figures.js';
import {type OwnMargins} from './margin.js';

/** When enough pairs were run. */
export type StoppingRule = {
	/** Half widths of the watched metrics at most this share of a; null: all `runs`. */
	readonly precision: number | null;
	/** Pairs at most. */
	readonly runs: number;
	readonly watched: readonly string[];
	readonly confidence: number;
	readonly margins: OwnMargins;
};

/** What `--precision` watches when no gate names a metric. */
export const defaultWatched = ['throughput.completed', 'latency.mean'] as const;

/** A stop that depends on what was seen needs intervals that may be looked at. */
export function intervalRule({precision}: StoppingRule): Rule {
	return precision === null ? 'fixed' : 'anytime';
}

/**
The first number of pairs, in the order of their seeds, that is enough; null when
these are too few. It looks at every prefix, so that the answer does not depend on how
many runs a machine makes at once.
*/
export function enoughPairs(
	a: readonly Figures[],
	b: readonly Figures[],
	rule: StoppingRule,
	from = fewestPairs,
): number | null {
	const most = Math.min(a.length, b.length, rule.runs);
	if (rule.precision !== null) {
		for (let n = Math.max(from, fewestPairs); n <= most; n++) {
			if (isPrecise(only(a.slice(0, n), rule.watched), only(b.slice(0, n), rule.watched), rule)) {
				return n;
			}
		}
	}

	return most === rule.runs ? most : null;
}

function isPrecise(a: readonly Figures[], b: readonly Figures[], rule: StoppingRule): boolean {
	const rows = compareRows(a, b, {rule: 'anytime', confidence: rule.confidence, margins: rule.margins});
	// What no run has does not get narrower with more of them.
	return rule.watched.every(path => {
		const row = rows.find(entry => entry.path === path);
		return row === undefined || row.n === 0 || isNarrow(row, rule.precision ?? 0);
	});
}

function isNarrow({a, low, high}: CompareRow, precision: number): boolean {
	return a !== null && low !== null && high !== null && (high - low) / 2 <= precision * Math.abs(a);
}

function only(all: readonly Figures[], paths: readonly string[]): readonly Figures[] {
	return all.map(figures => Object.fromEntries(paths.map(path => [path, figures[path] ?? null])));
}
