import {type Line, makeBlock, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {fitText} from '../../charts/fit-text.js';
import {formatDuration, formatSettling, groupedFigure} from '../../charts/format-number.js';
import {histogramChart} from '../../charts/histogram-chart.js';
import {type HistogramScale} from '../../charts/histogram-axis.js';
import {panel} from '../../charts/panel.js';
import {panelTerms} from '../../report/glossary.js';
import {type LifeReading} from '../../session/life-reading.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {type Scene} from '../../session/view.js';
import {besideText, fittingValue} from '../chart-frame.js';
import {type DifferenceWord} from '../../session/before/difference-word.js';
import {wordAt} from '../overview/difference-text.js';
import {cascadeLines, type CascadeStage} from './cascade.js';
import {latencyDeskOf} from './desk.js';
import {groupsPanel} from './groups.js';
import {heatGlyphs, heatPanel} from './heat-strip.js';
import {percentileLines} from './percentiles.js';
import {runLatencyLayout} from './run-layout.js';

/**
Lives whose p99.9 is so many medians are drawn on a log scale, where the user has chosen none.
*/
const longTail = 10;
/** From so many rows on the histogram says what is what. */
const legendFrom = 8;

const micros = (us: number | null): string => formatDuration(us === null ? null : us * 1000);
const nanos = (us: number | null): number | null => (us === null ? null : us * 1000);
const grouped = (count: number): string => fitText(groupedFigure(count), 12);

/** The scale on which the shape can be seen. */
function ownScale({p50, p999}: LifeReading): HistogramScale {
	return p50 !== null && p999 !== null && p999 > longTail * p50 ? 'log' : 'linear';
}

/** Lives before the last change and now. */
type Lives = {
	readonly life: LifeReading;
	readonly old: LifeReading | undefined;
	readonly settled: boolean;
	/** Between two frames of the first paced client, ns; undefined: nobody is paced. */
	readonly due: number | undefined;
};

function histogramPanel({life, old, settled, due}: Lives, scale: HistogramScale, rect: Rect): ReturnType<typeof panel> {
	const {width, height} = rect;
	const {name: title} = panelTerms.life;
	if (life.spread.count === 0 && old === undefined) {
		return panel({width, height, title, value: 'n 0', valueRole: 'dim'}, [
			[],
			[' ', piece('No command has been answered since the last change.', 'dim')],
		]);
	}

	const count = `n ${formatSettling(grouped(life.spread.count), settled)}`;
	return panel(
		{
			width,
			height,
			title,
			value: fittingValue(
				old === undefined ? count : [`${count}, before ${grouped(old.spread.count)}`, count],
				title,
				width,
			),
		},
		histogramChart(life.spread, {
			width: width - 2,
			height: height - 2,
			scale,
			before: old?.spread,
			legend: height - 2 >= legendFrom,
			coarse: true,
			...(due === undefined ? {} : {due}),
			quantiles: [
				['p50', nanos(life.p50)],
				['p99', nanos(life.p99)],
				['p90', nanos(life.p90)],
			],
		}),
	);
}

type CascadeOptions = {
	readonly rect: Rect;
	readonly title: string;
	readonly value: string;
	readonly stages: readonly CascadeStage[];
	/** Names of the numbers, where there are two. */
	readonly head?: Line;
};

function cascadePanel({rect, title, value, stages, head}: CascadeOptions): ReturnType<typeof panel> {
	const {width, height} = rect;
	const rows = height - 2 - (head === undefined ? 0 : 1);
	return panel({width, height, title, value}, [
		...(head === undefined ? [] : [head]),
		...cascadeLines(stages, {width: width - 2, rows}),
	]);
}

function sumOf(stages: readonly CascadeStage[]): number {
	let sum = 0;
	for (const {value} of stages) {
		sum += value;
	}

	return sum;
}

const headOf = (first: string, second: string): Line => [
	piece(`${' '.repeat(15)}${first.padStart(8)}${second.padStart(8)}`, 'dim'),
];

/** The stages of the mean life beside those of the slowest. */
function cascades({life, old}: Lives, layout: ReturnType<typeof runLatencyLayout>): readonly CascadeOptions[] {
	const {mean, tail, longest} = layout;
	const slow: readonly CascadeStage[] = life.stages.map((stage, index) => ({
		name: stage.name,
		value: stage.tail,
		beside: mean === undefined ? stage.mean : old?.stages[index].tail,
	}));
	const value = micros(sumOf(slow));
	if (mean === undefined) {
		const titles = ['Mean, slowest 1 %, us', 'Mean, slowest, us'];
		const title = titles.find(one => one.length + value.length + besideText <= tail.width) ?? titles[1];
		return [{rect: tail, title, value, stages: slow}];
	}

	const beside = (name: 'mean' | 'longest'): readonly CascadeStage[] =>
		life.stages.map((stage, index) => ({
			name: stage.name,
			value: stage[name],
			beside: name === 'mean' ? old?.stages[index].mean : undefined,
		}));
	const head = old === undefined ? {} : {head: headOf('before', 'now')};
	return [
		{rect: mean, title: panelTerms.meanStages.name, value: micros(life.mean), stages: beside('mean'), ...head},
		{rect: tail, title: panelTerms.tailStages.name, value, stages: slow, ...head},
		...(longest === undefined
			? []
			: [
					{
						rect: longest,
						title: panelTerms.longestStages.name,
						value: micros(life.longest),
						stages: beside('longest'),
					},
				]),
	];
}

function percentilesPanel({life, old}: Lives, {before}: OverviewSnapshot, rect: Rect, isOpen: boolean) {
	const {width, height} = rect;
	return panel(
		{
			width,
			height,
			title: panelTerms.percentiles.name,
			value: old === undefined ? '' : width < 36 ? 'now' : 'before → now',
			valueRole: 'dim',
		},
		makeBlock(
			width - 2,
			height - 2,
			percentileLines({
				life,
				before:
					old === undefined || before === null
						? undefined
						: {life: old, mean: wordAt(before, 'latency.mean') as DifferenceWord | 'same run' | ''},
				width: width - 2,
				isOpen,
			}),
		),
	);
}

/**
Shape, percentiles and stages of the lives of commands since the last change, with those of before
it; kinds of commands, and where there is room lives over time.
*/
export function drawRunLatency(snapshot: OverviewSnapshot, {canvas, area, subject}: Scene): void {
	const {readings, before, settled, frames, charts} = snapshot;
	const {life} = readings;
	if (life === null) {
		return;
	}

	const desk = latencyDeskOf(subject);
	const layout = runLatencyLayout(area);
	const {histogram} = layout;
	const old = desk.hasBefore ? (before?.readings.life ?? undefined) : undefined;
	const due = frames === null || frames.asked === 0 ? undefined : 1e9 / frames.asked;
	const lives: Lives = {life, old, settled, due};
	desk.drawn = desk.scale ?? ownScale(life);
	canvas.put(histogramPanel(lives, desk.drawn, histogram), histogram.x, histogram.y);
	const group = desk.group ?? (layout.groups === undefined ? 'none' : 'command');
	desk.drawnGroup = group;
	const kinds = group === 'none' ? undefined : (layout.groups ?? layout.mean ?? layout.tail);
	const percentiles =
		kinds === undefined && layout.groups !== undefined
			? {...layout.percentiles, height: layout.percentiles.height + layout.groups.height}
			: layout.percentiles;
	const isOpen = subject.run?.session.configuration.clients.some(({kind}) => kind === 'open') ?? false;
	canvas.put(percentilesPanel(lives, snapshot, percentiles, isOpen), percentiles.x, percentiles.y);
	for (const options of cascades(lives, layout)) {
		if (options.rect !== kinds) {
			canvas.put(cascadePanel(options), options.rect.x, options.rect.y);
		}
	}

	if (kinds !== undefined && group !== 'none') {
		canvas.put(groupsPanel(life, old, group, kinds), kinds.x, kinds.y);
	}

	const run = subject.run?.session.run;
	if (layout.heat !== undefined && run !== undefined) {
		const {x, y} = layout.heat;
		const changes = run.timeline.changes.map(({at}) => at);
		const strip = heatPanel({heat: run.heat, now: subject.now, column: charts.column, changes}, layout.heat);
		canvas.put(strip, x, y, heatGlyphs);
	}
}
