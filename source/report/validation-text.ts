import {formatCount} from '../charts/format-number.js';
import {type Summary, type Validation} from '../experiment/validation/validation.js';
import {
	byMetric, rangeOf, score, verdictOf,
} from './validation-figures.js';

/** What `vqlab validate` says to people: each figure, the scores of each metric, the pairs, the sum. */
export function validationText({figures, summary}: Validation): string {
	const lines: string[] = [];
	for (const [metric, group] of byMetric(figures)) {
		lines.push(metric);
		for (const figure of group) {
			lines.push(`  ${figure.cell.padEnd(18)}${rangeOf(figure).padEnd(26)}${formatCount(figure.predicted).padStart(8)}  ${verdictOf(figure)}`);
		}
	}

	return `${[...lines, '', ...summaryLines(summary)].join('\n')}\n`;
}

/** The scores of contract section 7 as lines of text. */
export function summaryLines({byMetric: metrics, pairs, table, inBand, zerosRight}: Summary): string[] {
	const lines = [`${'metric'.padEnd(29)}${'in band'.padStart(7)}${'factor'.padStart(8)}${'bias'.padStart(7)}${'rank'.padStart(7)}   without a model`];
	for (const [metric, {inBand: share, factor, bias, spearman, tableInBand, tableFactor}] of Object.entries(metrics)) {
		lines.push(`${metric.padEnd(29)}${score(share).padStart(7)}${score(factor).padStart(8)}${score(bias).padStart(7)}${score(spearman).padStart(7)}   ${score(tableInBand).padStart(4)}  ${score(tableFactor)}`);
	}

	return [
		...lines,
		'',
		`figures in band      ${score(inBand)}   without a model ${score(table.inBand)}`,
		`zeros right          ${score(zerosRight)}   without a model ${score(table.zerosRight)}`,
		`decided pairs        ${pairs.decidedRight} of ${pairs.decided} in the right direction, ${pairs.decidedInRange} in range`,
		`undecided pairs      ${pairs.undecidedInRange} of ${pairs.undecided} in range`,
	];
}
