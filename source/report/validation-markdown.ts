import {formatCount} from '../charts/format-number.js';
import {type Cell, type Prediction} from '../experiment/validation/cell.js';
import {type FittedConstant} from '../experiment/validation/fitted-constants.js';
import {type MedianCheck} from '../experiment/validation/median-checks.js';
import {missingMechanism} from '../experiment/validation/missing-mechanisms.js';
import {type Figure} from '../experiment/validation/score.js';
import {type Summary, type Validation} from '../experiment/validation/validation.js';
import {
	byMetric, rangeOf, score, verdictOf,
} from './validation-figures.js';

/** All that the page says. */
export type ValidationPage = {
	readonly validation: Validation;
	/** Scores with the constants as they were before the fit. */
	readonly unfitted: Summary;
	readonly fitted: readonly FittedConstant[];
	readonly medians: readonly MedianCheck[];
	readonly unmeasured: ReadonlyArray<{readonly cell: Cell; readonly words: string; readonly prediction: Prediction}>;
	/** The command that made it. */
	readonly again: string;
};

/** `docs/validation.md`: the model against the measured guest. */
export function validationMarkdown(page: ValidationPage): string {
	const {validation, unfitted, again} = page;
	const {figures, summary} = validation;
	const missed = figures.filter(({inBand}) => !inBand);
	const lines = [
		'# The model against a measured guest',
		'',
		'A Linux 6.12 guest on QEMU (TCG), measured in many configurations; each is run through the model with the costs of the `testbed` preset. In band: within [min/1.1, max*1.1] of the measured range or within 15 % of its median. Zeros are counted apart. The table is a predictor without a model: the median of the other cells with the same workload and policy.',
		'',
		'This page is written by:',
		'',
		'```',
		again,
		'```',
		'',
		'## Scores',
		'',
		'| | model | constants before the fit | table without a model |',
		'|---|--:|--:|--:|',
		`| figures in band | ${score(summary.inBand)} | ${score(unfitted.inBand)} | ${score(summary.table.inBand)} |`,
		`| zeros right | ${score(summary.zerosRight)} | ${score(unfitted.zerosRight)} | ${score(summary.table.zerosRight)} |`,
		`| decided pairs in the right direction, of ${summary.pairs.decided} | ${summary.pairs.decidedRight} | ${unfitted.pairs.decidedRight} | |`,
		`| decided pairs in range, of ${summary.pairs.decided} | ${summary.pairs.decidedInRange} | ${unfitted.pairs.decidedInRange} | |`,
		`| undecided pairs in range, of ${summary.pairs.undecided} | ${summary.pairs.undecidedInRange} | ${unfitted.pairs.undecidedInRange} | |`,
		'',
		...metricTable(summary),
		'',
		'## Medians of single times',
		'',
		'Within a factor of 1.6 they count as reproduced.',
		'',
		'| cell | time | measured us | predicted us | factor |',
		'|---|---|--:|--:|--:|',
		...page.medians.map(({cell, words, measured, predicted}) => `| ${cell} | ${words} | ${formatCount(measured)} | ${formatCount(predicted)} | ${predicted === null ? '-' : score(Math.max(predicted / measured, measured / predicted))} |`),
		'',
		'## Fitted constants',
		'',
		'One value for all cells. Where a primitive was measured the cost starts there; the rest starts from a guess. All cells of the file were in view of the fit.',
		'',
		'| key | start | end | where the start is from |',
		'|---|---|---|---|',
		...page.fitted.map(({key, start, end, source}) => `| \`${key}\` | ${start} | ${end} | ${source} |`),
		'',
		'## Out of band, and what it would need',
		'',
		'| cell | metric | measured | predicted | missing mechanism | known from |',
		'|---|---|---|--:|---|---|',
		...missed.map(figure => missedRow(figure)),
		'',
		'## Predicted before anyone measures them',
		'',
		...unmeasuredTable(page),
		'',
		'## Every figure',
		'',
	];
	for (const [metric, group] of byMetric(figures)) {
		lines.push(`### ${metric}`, '', '| cell | measured | predicted | |', '|---|---|--:|---|', ...group.map(figure => `| ${figure.cell} | ${rangeOf(figure)} | ${formatCount(figure.predicted)} | ${verdictOf(figure)} |`), '');
	}

	return `${lines.join('\n').trimEnd()}\n`;
}

function metricTable({byMetric: metrics}: Summary): string[] {
	return [
		'| metric | in band | error factor | bias | rank correlation | table in band | table factor |',
		'|---|--:|--:|--:|--:|--:|--:|',
		...Object.entries(metrics).map(([metric, {inBand, factor, bias, spearman, tableInBand, tableFactor}]) =>
			`| ${metric} | ${score(inBand)} | ${score(factor)} | ${score(bias)} | ${score(spearman)} | ${score(tableInBand)} | ${score(tableFactor)} |`),
	];
}

function missedRow(figure: Figure): string {
	const {mechanism, source} = missingMechanism(figure);
	return `| ${figure.cell} | ${figure.metric} | ${rangeOf(figure)} | ${formatCount(figure.predicted)} | ${mechanism} | ${source} |`;
}

function unmeasuredTable({unmeasured}: ValidationPage): string[] {
	const paths = ['throughput.completed', 'kicks.perCommand', 'irqs.perCommand', 'ring.fullWaits', 'lock.waits.workerOnNotify', 'lock.spin.worker', 'lock.spin.submitter', 'cpu.mainLoop', 'cpu.vcpusBusy'];
	return [
		`| cell | | ${paths.join(' | ')} |`,
		`|---|---|${paths.map(() => '--:|').join('')}`,
		...unmeasured.map(({cell, words, prediction}) => `| ${cell.id} | ${words} | ${paths.map(path => formatCount(prediction[path] ?? null)).join(' | ')} |`),
	];
}
