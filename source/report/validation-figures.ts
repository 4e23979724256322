import {formatCount} from '../charts/format-number.js';
import {groupsOf} from '../validation/groups.js';
import {type RatioFactor} from '../validation/pair-score.js';
import {type Figure} from '../validation/score.js';

/** A score to two digits behind the point, `-` when there is none. */
export function score(value: number | null): string {
	return value === null ? '-' : value.toFixed(2);
}

/** The error of predicted ratios: at the median and at the 90th percentile of the pairs. */
export function ratioFactorWords(factor: RatioFactor | null): string {
	return factor === null ? '-' : `a factor of ${score(factor.median)} at the median, ${score(factor.p90)} at p90`;
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
	return groupsOf(figures, ({metric}) => metric);
}
