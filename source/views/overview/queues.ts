import {type Block, type Line, piece} from '../../charts/block.js';
import {type Figure} from '../../charts/fit-text.js';
import {
	countFigure,
	formatCount,
	formatGrouped,
	formatPercent,
	formatPerSecond,
	formatShare,
	groupedFigure,
	perSecondFigure,
	slotsFigure,
} from '../../charts/format-number.js';
import {type FrameStyle, panel} from '../../charts/panel.js';
import {panelTerms, queueTerms} from '../../report/glossary.js';
import {shownQueues} from '../../session/readings.js';
import {type OverviewSnapshot, type QueueReading, type Readings} from '../../session/snapshot.js';
import {spinRole, spinShareRole} from '../severity.js';

/** A column of the table of queues; `width` keeps each number in its place. */
export type QueueColumn = {
	readonly title: string;
	readonly width: number;
	readonly value: (queue: QueueReading) => string | Figure;
	/** One blank before it instead of two: its numbers are short as a rule. */
	readonly close?: boolean;
};

const name: QueueColumn = {
	title: queueTerms.queue.name,
	width: 7,
	value: queue => queue.name,
};
const free: QueueColumn = {
	title: queueTerms.free.name,
	width: 5,
	close: true,
	value: queue => slotsFigure(queue.free),
};
const inFlight: QueueColumn = {
	title: queueTerms.inFlight.name,
	width: 5,
	value: queue => perSecondFigure(queue.inFlight),
};
const perSecond: QueueColumn = {
	title: queueTerms.perSecond.name,
	width: 5,
	value: queue => countFigure(queue.perSecond),
};
const kicks: QueueColumn = {
	title: queueTerms.kicks.name,
	width: 8,
	value: queue => countFigure(queue.kicksPerCommand),
};
const irqs: QueueColumn = {
	title: queueTerms.irqs.name,
	width: 7,
	value: queue => countFigure(queue.irqsPerCommand),
};

/** Two blanks between the columns, as an ink-table has them, or one. */
export const wideColumns: readonly QueueColumn[] = [
	name,
	{
		title: queueTerms.size.name,
		width: 5,
		close: true,
		value: queue => groupedFigure(queue.size),
	},
	free,
	inFlight,
	perSecond,
	kicks,
	irqs,
	{
		title: queueTerms.full.name,
		width: 6,
		value: queue => countFigure(queue.fullPerSecond),
	},
];

/** For 80 columns: one blank between them. */
export const narrowColumns: readonly QueueColumn[] = [name, free, inFlight, perSecond, kicks, irqs].map(column => ({
	...column,
	close: true,
}));

/** Rows of the panel that a table of both queues takes, with its head. */
export const tableRows = 3;

/** The panel has room for the wide table. */
export function isWideTable(width: number): boolean {
	return width >= 63;
}

function lockLine(readings: Readings, width: number): Line {
	const {acquisitions, contended, spinWorker, spinSubmitter} = readings.lock;
	const role = spinRole(spinWorker, spinSubmitter);
	const spin = `spin ${formatPerSecond(spinWorker)} + ${formatPerSecond(spinSubmitter)} ms/s`;
	if (isWideTable(width)) {
		return [
			` qlock  ${formatCount(acquisitions)} acq/s  ${formatShare(contended)} % contended  `,
			piece(spin, role),
		];
	}

	const long = ` qlock ${formatShare(contended)} % contended, `;
	return [
		long.length + spin.length <= width - 2 ? long : ` qlock ${formatShare(contended)} % cont., `,
		piece(spin, role),
	];
}

/** Where the vCPU that spins most, and who serves the device, have no panel of their own. */
function cpuLine({readings: {vcpus, mainLoop}, server}: OverviewSnapshot): Line {
	const spins = vcpus.map(vcpu => vcpu.spin ?? 0);
	const most = spins.indexOf(Math.max(...spins));
	return [
		' vCPU ',
		String(most),
		' spin ',
		piece(formatPercent(spins[most] ?? 0), spinShareRole(spins[most] ?? 0)),
		`  ${server} busy ${formatPercent(mainLoop)}`,
	];
}

/**
The frame of the queues with the line of the lock; the rows of the table are left blank. `isAlone`:
there is no panel of the CPUs.
*/
export function queuesPanel(
	snapshot: OverviewSnapshot,
	width: number,
	height: number,
	options: {readonly style?: FrameStyle; readonly isAlone: boolean; readonly hint: string},
): Block {
	const rows = shownQueues(snapshot.readings.queues).length + 1;
	const blank: Line[] = Array.from({length: rows}, () => []);
	const least = snapshot.readings.figures['ring.numFree.min'] ?? null;
	const free: Line = [
		piece(`${' '.repeat(14)}${`min ${least === null ? '-' : formatGrouped(least)}`.padStart(7)}`, 'dim'),
	];
	const isWide = isWideTable(width);
	const state = snapshot.isNow ? 'now' : snapshot.settled ? '' : '~ settling';
	return panel(
		{
			width,
			height,
			title: panelTerms.queues.name,
			value: state === '' ? (isWide ? 'spin: worker + submitter' : options.hint) : state,
			valueRole: 'dim',
			...(options.style === undefined ? {} : {style: options.style}),
		},
		[
			...blank,
			...(isWide && rows + 2 <= height - 2 ? [free] : []),
			lockLine(snapshot.readings, width),
			...(options.isAlone ? [cpuLine(snapshot)] : []),
		],
	);
}
