import {type CompareRow, compareRows} from '../compare/comparison.js';
import {type Figures} from '../compare/figures.js';
import {type OwnMargins} from '../compare/margin.js';

/** Slices of two runs before there is a word: fewer are not near enough to normal. */
export const fewestSlices = 20;

/** Values that are kept; from here on neighbours become one. */
const mostValues = 512;
const confidence = 0.95;

/**
Two runs that are watched: their figures over slices of simulated time, each a pair, with intervals
and words that hold whenever one looks (statistics/confidence-sequence.ts; the words for all metrics
together, by Holm). Memory is bounded: of long watches two neighbours become their mean, which also
makes what is left of a dependence between slices smaller.
*/
export class Watch {
	/** Slices that were added. */
	slices = 0;
	private valuesA: Figures[] = [];
	private valuesB: Figures[] = [];
	private readonly margins: OwnMargins;
	/** Slices that a value is the mean of. */
	private perValue = 1;
	private readonly waiting: Array<readonly [a: Figures, b: Figures]> = [];
	private known: readonly CompareRow[] | undefined;

	constructor(margins: OwnMargins = new Map()) {
		this.margins = margins;
	}

	/** Means of so many slices each, oldest first. */
	get values(): {readonly a: readonly Figures[]; readonly b: readonly Figures[]; readonly slices: number} {
		return {a: this.valuesA, b: this.valuesB, slices: this.perValue};
	}

	/** Adds a slice: what both runs had over the same simulated time. */
	add(a: Figures, b: Figures): void {
		this.slices++;
		this.waiting.push([a, b]);
		if (this.waiting.length < this.perValue) {
			return;
		}

		const ready = this.waiting.splice(0);
		this.valuesA.push(meanOf(ready.map(([ofA]) => ofA)));
		this.valuesB.push(meanOf(ready.map(([, ofB]) => ofB)));
		this.known = undefined;
		if (this.valuesA.length === mostValues) {
			this.valuesA = halved(this.valuesA);
			this.valuesB = halved(this.valuesB);
			this.perValue *= 2;
		}
	}

	/**
	A row a metric, in the order in which the figures have them; without a word while there are too
	few slices.
	*/
	get rows(): readonly CompareRow[] {
		this.known ??= compareRows(this.valuesA, this.valuesB, {
			rule: 'anytime',
			confidence,
			margins: this.margins,
		}).map(row => (this.slices < fewestSlices ? {...row, verdict: 'undecided'} : row));
		return this.known;
	}
}

/** Neighbours as one. */
function halved(values: readonly Figures[]): Figures[] {
	return values.flatMap((value, index) => (index % 2 === 0 ? [meanOf(values.slice(index, index + 2))] : []));
}

/** Of each metric the mean over those that have it; null where none has. */
function meanOf(all: readonly Figures[]): Figures {
	if (all.length === 1) {
		return all[0];
	}

	return Object.fromEntries(
		Object.keys(all[0]).map(path => {
			const values = all.map(figures => figures[path] ?? null).filter(value => value !== null);
			return [path, values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length];
		}),
	);
}
