import {formatCount} from '../charts/format-number.js';
import {type Generalisation} from '../validation/generalisation.js';
import {type Summary, type Validation} from '../validation/validation.js';
import {byMetric, rangeOf, ratioFactorWords, score, verdictOf} from './validation-figures.js';

/**
What `vqlab validate` says to people: each figure, the scores of each metric, the pairs, the sum.
*/
export function validationText({figures, summary}: Validation, generalisation: Generalisation): string {
	const lines: string[] = [];
	for (const [metric, group] of byMetric(figures)) {
		lines.push(metric);
		for (const figure of group) {
			lines.push(
				'  ' +
					`${figure.cell.padEnd(18)}${rangeOf(figure).padEnd(26)}${formatCount(figure.predicted).padStart(8)}  ` +
					`${verdictOf(figure)}`,
			);
		}
	}

	return `${[...lines, '', ...summaryLines(summary, generalisation)].join('\n')}\n`;
}

/** The scores of docs/contract.md, section 7 as lines of text. */
export function summaryLines(
	{byMetric: metrics, pairs, table, inBand, zerosRight}: Summary,
	{noiseCeiling: ceiling, leftOut, leftOutAll, sessions}: Generalisation,
): string[] {
	const lines = [
		`${'metric'.padEnd(29)}${'in band'.padStart(7)}${'factor'.padStart(8)}${'bias'.padStart(7)}${'rank'.padStart(7)}   ` +
			'without a model   noise ceiling',
	];
	for (const [metric, {inBand: share, factor, bias, spearman, tableInBand, tableFactor}] of Object.entries(metrics)) {
		const best = ceiling?.byMetric[metric];
		lines.push(
			`${metric.padEnd(29)}${score(share).padStart(7)}${score(factor).padStart(8)}${score(bias).padStart(7)}${score(spearman).padStart(7)}   ` +
				`${score(tableInBand).padStart(4)}  ${score(tableFactor).padEnd(9)}   ` +
				`${score(best?.inBand ?? null).padStart(4)}  ${score(best?.factor ?? null)}`,
		);
	}

	const all = leftOutAll === null ? [] : [['all', leftOutAll] as const];
	const ratio = ratioFactorWords(pairs.ratioFactor);
	return [
		...lines,
		'',
		`figures in band      ${score(inBand)}   without a model ${score(table.inBand)}   noise ceiling ` +
			`${score(ceiling?.inBand ?? null)}`,
		`zeros right          ${score(zerosRight)}   without a model ${score(table.zerosRight)}   noise ceiling ` +
			`${score(ceiling?.zerosRight ?? null)}`,
		`decided pairs        ${pairs.decidedRight} of ${pairs.decided} in the right direction, ` +
			`${pairs.decidedInRange} in range; noise ceiling ${score(ceiling?.pairs.decidedRight ?? null)} and ` +
			`${score(ceiling?.pairs.decidedInRange ?? null)}`,
		`size of an effect    ${ratio}; noise ceiling ${ratioFactorWords(ceiling?.pairs.ratioFactor ?? null)}`,
		`undecided pairs      ${pairs.undecidedInRange} of ${pairs.undecided} in range; noise ceiling ` +
			`${score(ceiling?.pairs.undecidedInRange ?? null)}`,
		...[...Object.entries(leftOut), ...all].map(
			([family, one]) =>
				`left out: ${family.padEnd(10)} ${score(one.inBand)} in band, throughput within ` +
				`${score(one.throughputFactor)}, ${one.decidedRight} of ${one.decided} decided pairs right, off ` +
				`by ${ratioFactorWords(one.ratioFactor)}`,
		),
		...sessions.compared.map(
			({families, cells, factor}) =>
				`sessions             ${families[1]} at ${score(factor)} times the speed of ${families[0]}, the ` +
				`same machine in ${cells} cells`,
		),
		...(sessions.twins === null
			? []
			: [
					`measured again       ${score(sessions.twins.inBand)} in band, throughput within ` +
						`${score(sessions.twins.throughputFactor)}: cells predicted by the same machine in another ` +
						'session',
				]),
	];
}
