import {type Block, cellText, type Line, piece} from '../../charts/block.js';
import {cell, type Figure, fitText} from '../../charts/fit-text.js';
import {
	countFigure,
	differenceFigure,
	durationFigure,
	formatCount,
	formatDuration,
	formatGrouped,
	formatPercent,
	formatPerSecond,
	formatShare,
	perSecondFigure,
} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {stageBar} from '../../charts/stage-bar.js';
import {panelTerms, recordingStageTerms} from '../../report/glossary.js';
import {type RecordingSnapshot} from '../../session/recording/recording-snapshot.js';
import {type RecordingFigures} from '../../meter/figures.js';
import {spinRole, spinShareRole} from '../severity.js';
import {tableRows} from './queues.js';

const micros = (value: number | null): string => formatDuration(value === null ? null : value * 1000);

/** The frame of the queues with the line of the lock; the rows of the table are left blank. */
export function recordingQueues({figures: {at}}: RecordingSnapshot, width: number, height: number): Block {
	const [share, worker, submitter] = [at('lock.contentionShare'), at('lock.spin.worker'), at('lock.spin.submitter')];
	const blank: Line[] = Array.from({length: tableRows}, () => []);
	const line: Line =
		share === null
			? [piece(' qlock  waits are not in this recording', 'dim')]
			: [
					width >= 63
						? ` qlock  ${formatCount(at('lock.contended'))} waits/s  ${formatPercent(share)} of time  `
						: ` qlock ${formatPercent(share)} of time, `,
					piece(
						`wait ${formatPerSecond(worker)} + ${formatPerSecond(submitter)} ms/s`,
						spinRole(worker, submitter),
					),
				];
	return panel(
		{
			width,
			height,
			title: panelTerms.queues.name,
		},
		[...blank, line],
	);
}

/** What the recording is, and what is wrong with it. */
export function factsPanel({name, facts, isLive, shows}: RecordingSnapshot, width: number, height: number): Block {
	const {lines, events, unknown, lost, late, span, unanswered, orphans, words} = facts;
	const parts = [
		...(lost > 0 ? [`${formatGrouped(lost)} events lost`] : []),
		...(unknown > 0 ? [`${formatGrouped(unknown)} lines are no events`] : []),
		...(late > 0 ? [`${formatGrouped(late)} out of order`] : []),
		...(orphans > 0
			? [orphans === 1 ? '1 response without command' : `${formatGrouped(orphans)} responses without command`]
			: []),
	];
	const missing = [
		shows.kicks ? '' : 'doorbells',
		shows.irqs ? '' : 'IRQs',
		shows.runs ? '' : 'worker',
		shows.waits ? '' : 'qlock waits',
		shows.numFree ? '' : 'num_free',
	].filter(word => word !== '');
	const all: Line[] = [
		[
			` ${width < 40 ? '' : `${formatCount(lines)} lines  `}${formatCount(events)} events  ` +
				`${formatDuration(span)}${isLive ? ' so far' : ''}`,
		],
		[
			piece(
				fitText(
					` ${missing.length === 0 ? 'shows all that vqlab looks for' : `not in it: ${missing.join(', ')}`}`,
					width - 2,
				),
				'dim',
			),
		],
		[
			piece(
				fitText(
					parts.length === 0 ? ` nothing lost, ${unanswered} unanswered` : ` ${parts.join(', ')}`,
					width - 2,
				),
				parts.length === 0 ? 'dim' : 'warn',
			),
		],
		...words.map((word): Line => [piece(fitText(` ${cellText(word)}`, width - 2), 'dim')]),
	];
	return panel(
		{
			width,
			height,
			title: (isLive ? panelTerms.stream : panelTerms.recording).name,
			value: fitText(cellText(name), Math.max(8, width - 20), 'both'),
			valueRole: 'dim',
		},
		all,
	);
}

type Row = {
	readonly name: string;
	readonly unit: string;
	readonly of: (figures: RecordingFigures) => number | null;
	readonly write: (value: number | null) => Figure;
};

const rows: readonly Row[] = [
	{
		name: 'responses',
		unit: '/s',
		of: ({at}) => at('throughput.completed'),
		write: countFigure,
	},
	{
		name: 'latency p50',
		unit: '',
		of: ({latency}) => latency.p50,
		write: value => durationFigure(value === null ? null : value * 1000),
	},
	{
		name: 'latency p99',
		unit: '',
		of: ({latency}) => latency.p99,
		write: value => durationFigure(value === null ? null : value * 1000),
	},
	{
		name: 'doorbells',
		unit: '/cmd',
		of: ({at}) => at('kicks.perCommand'),
		write: countFigure,
	},
	{
		name: 'IRQs',
		unit: '/cmd',
		of: ({at}) => at('irqs.perCommand'),
		write: countFigure,
	},
	{
		name: 'qlock waits',
		unit: 'ms/s',
		of: ({at}) => at('lock.spin.total'),
		write: perSecondFigure,
	},
	{
		name: 'num_free',
		unit: '',
		of: ({at}) => at('ring.numFree.mean'),
		write: countFigure,
	},
	{
		name: 'in flight',
		unit: '',
		of: ({at}) => at('ring.inFlight.mean'),
		write: perSecondFigure,
	},
	{
		name: 'latency p90',
		unit: '',
		of: ({latency}) => latency.p90,
		write: value => durationFigure(value === null ? null : value * 1000),
	},
];

/** Recorded and simulated side by side, over the stretch that is shown. */
export function besidePanel({figures, beside}: RecordingSnapshot, width: number, height: number): Block {
	const lines: Line[] = [
		[piece(`${' '.repeat(20)}${cell('recorded', 9, 'right')}${cell('model', 9, 'right')}   model is`, 'dim')],
	];
	for (const {name, unit, of, write} of rows.slice(0, height - 3)) {
		const recorded = of(figures);
		// Nothing is simulated yet before its first response.
		const simulated = beside === null || beside.figures.latency.count === 0 ? null : of(beside.figures);
		const difference =
			recorded === null || simulated === null || recorded === 0
				? ['-']
				: differenceFigure((simulated - recorded) / recorded);
		lines.push([
			` ${cell(name, 13)}${cell(unit, 6)}`,
			piece(` ${cell(write(recorded), 8, 'right')}`, 'a'),
			piece(` ${cell(write(simulated), 8, 'right')}`, 'b'),
			` ${cell(difference, 10, 'right')}`,
		]);
	}

	const progress = beside?.progress ?? 0;
	return panel(
		{
			width,
			height,
			title: `${panelTerms.beside.name} ─ model ┄`,
			value:
				progress < 1
					? `simulating ${formatShare(progress)} %`
					: fitText(cellText(beside?.name ?? ''), Math.max(8, width - 28), 'both'),
			valueRole: progress < 1 ? 'warn' : 'dim',
		},
		lines,
	);
}

const segments: Readonly<Record<string, {readonly name: string; readonly glyph: string; readonly role: Role}>> = {
	toIrq: {name: recordingStageTerms.toIrq.name, glyph: '█', role: 'host'},
	workerDelay: {name: recordingStageTerms.workerDelay.name, glyph: '░', role: 'wait'},
	workerLockWait: {name: 'qlock', glyph: '╳', role: 'spin'},
	reap: {name: 'reap', glyph: '█', role: 'guest'},
};

/** From publication to response: percentiles in the frame, the parts as a bar, what they are. */
export function recordingStages({figures: {latency, stages}}: RecordingSnapshot, width: number, height: number): Block {
	const {mean, p50, p90, p99, count} = latency;
	const values = [`p50 ${micros(p50)}`, `p90 ${micros(p90)}`, `p99 ${micros(p99)}`];
	const all = [`mean ${micros(mean)}`, ...values, `n ${formatCount(count)}`].join('   ');
	const title = panelTerms.recordingStages.name;
	return panel(
		{
			width,
			height,
			title,
			value: all.length + title.length + 7 <= width ? all : values.join(' '),
		},
		stageBar(
			stages.map(({name, mean: microseconds, share}) => {
				const segment = segments[name];
				return {
					...segment,
					microseconds,
					share,
					role: segment.role === 'spin' ? spinShareRole(share) : segment.role,
				};
			}),
			width - 2,
		),
	);
}
