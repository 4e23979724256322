import {bar} from '../../charts/bar.js';
import {type Line, piece} from '../../charts/block.js';
import {cell, type Figure, fitText} from '../../charts/fit-text.js';
import {
	durationFigure,
	formatCount,
	formatDuration,
	groupedFigure,
	microsecondsFigure,
	shareFigure,
} from '../../charts/format-number.js';
import {histogramChart} from '../../charts/histogram-chart.js';
import {panel} from '../../charts/panel.js';
import {commands} from '../../devices/gpu/commands.js';
import {panelTerms, recordingStageTerms} from '../../report/glossary.js';
import {type RecordingSnapshot} from '../../session/recording/recording-snapshot.js';
import {type RecordingFigures} from '../../meter/figures.js';
import {type Scene} from '../../session/view.js';
import {spinShareRole} from '../severity.js';
import {latencyLayout} from './layout.js';

const micros = (value: number | null): string => formatDuration(value === null ? null : value * 1000);
const nanos = (value: number | null): number | null => (value === null ? null : value * 1000);

const names: ReadonlyMap<number, string> = new Map(commands.map(({code, name}) => [code, name]));

/** A number at the right of its cells, a blank before it. */
const number = (figure: Figure, width: number): string => ` ${cell(figure, width - 1, 'right')}`;

/** The parts of a recorded command's time in words. */
const parts: ReadonlyMap<string, string> = new Map(
	Object.entries(recordingStageTerms).map(([part, {name}]) => [part, name]),
);

function commandName(type: number): string {
	return names.get(type) ?? `0x${type.toString(16)}`;
}

function percentileLines({latency, at}: RecordingFigures): Line[] {
	const {mean, p50, p90, p99, max} = latency;
	const responded = at('throughput.completed') ?? 0;
	const inRing = mean === null ? null : (responded * mean) / 1e6;
	return [
		...(
			[
				['mean', mean],
				['p50', p50],
				['p90', p90],
				['p99', p99],
				['max', max],
			] as const
		).map(([name, value]): Line => [` ${cell(name, 6)}`, piece(number(durationFigure(nanos(value)), 9), 'value')]),
		[],
		[piece(` Little: ${formatCount(responded)}/s`, 'dim')],
		[piece(` x ${micros(mean)} = ${formatCount(inRing)}`, 'dim')],
		[piece(` in flight ${formatCount(at('ring.inFlight.mean'))}`, 'dim')],
	];
}

function stageLines({latency, stages}: RecordingFigures, width: number): Line[] {
	const room = Math.max(8, width - 44);
	let before = 0;
	return [
		[piece(`${' '.repeat(26)}us     %`, 'dim')],
		...stages.map(({name, mean, share}): Line => {
			const start = before;
			before += share;
			const words = parts.get(name) ?? name;
			const blank = Math.round(start * room);
			return [
				` ${cell(words, 18)}${number(microsecondsFigure(mean), 9)}${number(shareFigure(share), 6)}  `,
				' '.repeat(blank),
				...bar(
					[
						{
							share,
							glyph: '█',
							role:
								name === 'workerLockWait' ? spinShareRole(share) : name === 'toIrq' ? 'host' : 'guest',
						},
					],
					Math.round((start + share) * room) - blank,
				),
			];
		}),
		[` ${cell('from publication', 18)}${number(microsecondsFigure(latency.mean), 9)} 100.0`],
	];
}

function groupLines({groups}: RecordingFigures, rows: number): Line[] {
	return [
		[piece(' command                  share     mean      p50      p99', 'dim')],
		...groups
			.slice(0, rows)
			.map((group): Line => [
				` ${cell(commandName(group.type), 23, 'left', 'both')}${number(shareFigure(group.share), 5)} ` +
					`%${[group.mean, group.p50, group.p99].map(value => number(durationFigure(nanos(value)), 9)).join('')}`,
			]),
	];
}

/**
Histogram, percentiles, parts and groups of the commands that were
answered in the stretch that is shown.
*/
export function drawLatency({figures, beside}: RecordingSnapshot, {canvas}: Scene): void {
	const {histogram, percentiles, stages, groups} = latencyLayout(canvas.width, canvas.height);
	const {latency} = figures;
	const chart = histogramChart(figures.histogram, {
		width: histogram.width - 2,
		height: histogram.height - 2,
		...(beside === null ? {} : {before: beside.figures.histogram}),
		quantiles: [
			['p50', nanos(latency.p50)],
			['p99', nanos(latency.p99)],
			['p90', nanos(latency.p90)],
		],
	});
	canvas.put(
		panel(
			{
				width: histogram.width,
				height: histogram.height,
				title: `${panelTerms.histogram.name}   log scale`,
				value: `n ${fitText(groupedFigure(latency.count), 12)}`,
			},
			chart,
		),
		histogram.x,
		histogram.y,
	);
	const besideLines: Line[] =
		beside === null
			? []
			: [
					[],
					[
						piece(
							` ┄ model p50 ${micros(beside.figures.latency.p50)} p99 ` +
								`${micros(beside.figures.latency.p99)}`,
							'b',
						),
					],
				];
	canvas.put(
		panel(
			{
				width: percentiles.width,
				height: percentiles.height,
				title: panelTerms.percentiles.name,
			},
			[...percentileLines(figures), ...besideLines],
		),
		percentiles.x,
		percentiles.y,
	);
	canvas.put(
		panel(
			{
				width: stages.width,
				height: stages.height,
				title: panelTerms.recordingMeans.name,
				value: `${micros(latency.mean)}`,
			},
			stageLines(figures, stages.width),
		),
		stages.x,
		stages.y,
	);
	if (groups !== undefined) {
		canvas.put(
			panel(
				{
					width: groups.width,
					height: groups.height,
					title: panelTerms.byCommand.name,
					value: String(figures.groups.length),
					valueRole: 'dim',
				},
				groupLines(figures, groups.height - 3),
			),
			groups.x,
			groups.y,
		);
	}
}
