import {formatCount} from '../charts/format-number.js';
import {type Cell, type Prediction} from '../validation/cell.js';
import {type PlacedConstant} from '../validation/evidence.js';
import {type FitResult} from '../validation/fit-result.js';
import {type Generalisation} from '../validation/generalisation.js';
import {type MedianCheck} from '../validation/median-checks.js';
import {primitiveWords} from '../validation/primitive-probe.js';
import {type Figure} from '../validation/score.js';
import {missingMechanism, type Story} from '../validation/story.js';
import {type Summary, type Validation} from '../validation/validation.js';
import {byMetric, rangeOf, score, verdictOf} from './validation-figures.js';
import {generalisationSection} from './validation-generalisation.js';

/** A story with what the model says to it. */
export type ToldStory = Story & {
	/** Scores with the constants as they were before the fit. */
	readonly unfitted: Summary;
	readonly placed: readonly PlacedConstant[];
	readonly checks: readonly MedianCheck[];
	readonly predicted: ReadonlyArray<{readonly cell: Cell; readonly words: string; readonly prediction: Prediction}>;
};

/** All that the page says. Without a story it has the figures only. */
export type ValidationPage = {
	readonly validation: Validation;
	readonly generalisation: Generalisation;
	readonly preset: string;
	/** The command that made it. */
	readonly again: string;
	readonly fit: FitResult | undefined;
	readonly story: ToldStory | undefined;
};

/** `docs/validation/README.md`: the model against the measured guest. */
export function validationMarkdown(page: ValidationPage): string {
	const {validation, generalisation, story} = page;
	const {figures, summary} = validation;
	const lines = [
		'# The model against a measured guest',
		'',
		`${story === undefined ? '' : `${story.about} `}Each cell is run through the model with the costs of ` +
			`the preset \`${page.preset}\`. In band: within [min/1.1, max*1.1] of the measured range or within 15 % ` +
			'of its median. Zeros are counted apart. The table is a predictor without a model: the median of the ' +
			'other cells with the same workload and policy. The noise ceiling is what a predictor would reach that ' +
			'knows the true medians.',
		'',
		'This page is written by:',
		'',
		'```',
		page.again,
		'```',
		'',
		...generalisationSection(generalisation, page.fit),
		page.fit === undefined ? '## Scores' : '## Scores in view of the fit',
		'',
		...scoreTable(summary, generalisation, story?.unfitted),
		'',
		...metricTable(summary, generalisation),
		'',
		...(story === undefined ? [] : storySections(story, figures)),
		'## Every figure',
		'',
	];
	for (const [metric, group] of byMetric(figures)) {
		lines.push(
			`### ${metric}`,
			'',
			'| cell | measured | predicted | |',
			'|---|---|--:|---|',
			...group.map(
				figure =>
					`| ${figure.cell} | ${rangeOf(figure)} | ${formatCount(figure.predicted)} | ${verdictOf(figure)} |`,
			),
			'',
		);
	}

	return `${lines.join('\n').trimEnd()}\n`;
}

function scoreTable(
	summary: Summary,
	{noiseCeiling: ceiling}: Generalisation,
	unfitted: Summary | undefined,
): string[] {
	const {table, pairs} = summary;
	const share = (part: number | undefined): string => score(part ?? null);
	// The ceiling of a count is a share of it.
	const countOf = (part: number | undefined, whole: number): string =>
		part === undefined ? '-' : (part * whole).toFixed(1);
	const row = (
		name: string,
		own: string | number,
		before: string | number | undefined,
		without: string,
		best: string,
	): string => `| ${name} | ${own} |${unfitted === undefined ? '' : ` ${before} |`} ${without} | ${best} |`;
	return [
		`| | model |${unfitted === undefined ? '' : ' constants before the fit |'} table without a model | ` +
			'noise ceiling |',
		`|---|--:|${unfitted === undefined ? '' : '--:|'}--:|--:|`,
		row(
			'figures in band',
			score(summary.inBand),
			share(unfitted?.inBand ?? undefined),
			score(table.inBand),
			share(ceiling?.inBand),
		),
		row(
			'zeros right',
			score(summary.zerosRight),
			share(unfitted?.zerosRight ?? undefined),
			score(table.zerosRight),
			share(ceiling?.zerosRight),
		),
		row(
			`decided pairs in the right direction, of ${pairs.decided}`,
			pairs.decidedRight,
			unfitted?.pairs.decidedRight,
			'',
			countOf(ceiling?.pairs.decidedRight, pairs.decided),
		),
		row(
			`decided pairs in range, of ${pairs.decided}`,
			pairs.decidedInRange,
			unfitted?.pairs.decidedInRange,
			'',
			countOf(ceiling?.pairs.decidedInRange, pairs.decided),
		),
		row(
			'decided pairs, factor between predicted and measured ratio, median',
			share(pairs.ratioFactor?.median),
			share(unfitted?.pairs.ratioFactor?.median),
			'',
			share(ceiling?.pairs.ratioFactor.median),
		),
		row(
			'the same, 90th percentile',
			share(pairs.ratioFactor?.p90),
			share(unfitted?.pairs.ratioFactor?.p90),
			'',
			share(ceiling?.pairs.ratioFactor.p90),
		),
		row(
			`undecided pairs in range, of ${pairs.undecided}`,
			pairs.undecidedInRange,
			unfitted?.pairs.undecidedInRange,
			'',
			countOf(ceiling?.pairs.undecidedInRange, pairs.undecided),
		),
	];
}

function metricTable({byMetric: metrics}: Summary, {noiseCeiling: ceiling}: Generalisation): string[] {
	return [
		'| metric | in band | error factor | bias | rank correlation | table in band | table factor | ceiling ' +
			'in band | ceiling factor |',
		'|---|--:|--:|--:|--:|--:|--:|--:|--:|',
		...Object.entries(metrics).map(([metric, {inBand, factor, bias, spearman, tableInBand, tableFactor}]) => {
			const best = ceiling?.byMetric[metric];
			return `| ${[metric, ...[inBand, factor, bias, spearman, tableInBand, tableFactor, best?.inBand ?? null, best?.factor ?? null].map(value => score(value))].join(' | ')} |`;
		}),
	];
}

function storySections(story: ToldStory, figures: readonly Figure[]): string[] {
	return [
		'## Medians of single times',
		'',
		'Within a factor of 1.6 they count as reproduced.',
		'',
		'| cell | time | measured us | predicted us | factor |',
		'|---|---|--:|--:|--:|',
		...story.checks.map(
			({cell, primitive, measured, predicted}) =>
				`| ${cell} | ${primitiveWords[primitive]} | ${formatCount(measured)} | ` +
				`${formatCount(predicted)} | ` +
				`${predicted === null ? '-' : score(Math.max(predicted / measured, measured / predicted))} |`,
		),
		'',
		'## Fitted constants',
		'',
		`One value for all cells, ${story.placed.length} of them. Each has a start and a range from its source; ` +
			'a fit pays for leaving it.',
		'',
		'| key | start | range | end | | where the start is from |',
		'|---|---|---|---|---|---|',
		...story.placed.map(
			({key, start, low, high, end, inRange, source}) =>
				`| \`${key}\` | ${start} | ${low} to ${high} | ${end} | ${inRange ? '' : 'OUT'} | ${source} |`,
		),
		'',
		...heldSection(story),
		'## Out of band, and what it would need',
		'',
		'| cell | metric | measured | predicted | missing mechanism | known from |',
		'|---|---|---|--:|---|---|',
		...figures.filter(({inBand}) => !inBand).map(figure => missedRow(story, figure)),
		'',
		...unmeasuredSection(story),
	];
}

/** Constants that left the fit. */
function heldSection({held}: ToldStory): string[] {
	return held.length === 0
		? []
		: [
				'These were fitted once and stay where their source has them, since the scores do without:',
				'',
				'| key | value | what it cost | from |',
				'|---|---|---|---|',
				...held.map(({key, start, cost, source}) => `| \`${key}\` | ${start} | ${cost ?? '-'} | ${source} |`),
				'',
			];
}

function missedRow(story: ToldStory, figure: Figure): string {
	const missing = missingMechanism(story, figure);
	return (
		`| ${figure.cell} | ${figure.metric} | ${rangeOf(figure)} | ${formatCount(figure.predicted)} | ` +
		`${missing?.mechanism ?? '-'} | ${missing?.source ?? '-'} |`
	);
}

function unmeasuredSection({predicted}: ToldStory): string[] {
	const paths = [
		'throughput.completed',
		'kicks.perCommand',
		'irqs.perCommand',
		'ring.fullWaits',
		'lock.waits.workerOnNotify',
		'lock.spin.worker',
		'lock.spin.submitter',
		'cpu.mainLoop',
		'cpu.vcpusBusy',
	];
	return predicted.length === 0
		? []
		: [
				'## Predicted before anyone measures them',
				'',
				`| cell | | ${paths.join(' | ')} |`,
				`|---|---|${paths.map(() => '--:|').join('')}`,
				...predicted.map(
					({cell, words, prediction}) =>
						`| ${cell.id} | ${words} | ` +
						`${paths.map(path => formatCount(prediction[path] ?? null)).join(' | ')} |`,
				),
				'',
			];
}
