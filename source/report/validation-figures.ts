import {formatCount} from '../charts/format-number.js';
import {type Figure} from '../experiment/validation/score.js';

/** A score to two digits behind the point, `-` when there is none. */
export function score(value: number | null): string {
	return value === null ? '-' : value.toFixed(2);
}

/** What became of a figure, in a word. */
export function verdictOf({zero, inBand, predicted}: Figure): string {
	if (predicted === null) {
		return 'not predicted';
	}

	if (zero) {
		return inBand ? 'zero' : 'NOT ZERO';
	}

	return inBand ? 'in band' : 'OUT';
}

/** `median [min, max]` of a measured figure. */
export function rangeOf({measured}: Figure): string {
	return `${formatCount(measured.median)} [${formatCount(measured.min)}, ${formatCount(measured.max)}]`;
}

/** The figures by metric, in the order in which the metrics first appear. */
export function byMetric(figures: readonly Figure[]): ReadonlyMap<string, readonly Figure[]> {
	const groups = new Map<string, Figure[]>();
	for (const figure of figures) {
		const group = groups.get(figure.metric) ?? [];
		group.push(figure);
		groups.set(figure.metric, group);
	}

	return groups;
}
