import {type Block, type Line, piece} from '../../charts/block.js';
import {type Figure} from '../../charts/fit-text.js';
import {
	countFigure, formatCount, formatPerSecond, formatShare, groupedFigure, perSecondFigure, slotsFigure,
} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type OverviewSnapshot, type QueueReading, type Readings} from '../../session/snapshot.js';
import {spinRole} from './severity.js';

/** A column of the table of queues; `width` keeps each number in its place. */
export type QueueColumn = {
	readonly title: string;
	readonly width: number;
	readonly value: (queue: QueueReading) => string | Figure;
	/** One blank before it instead of two: its numbers are short as a rule. */
	readonly close?: boolean;
	/** Words of `explain`. */
	readonly meaning: string;
};

const name: QueueColumn = {
	title: 'queue', width: 7, value: queue => queue.name, meaning: 'The virtqueue: control (ctrlq) or cursor (cursorq).',
};
const free: QueueColumn = {
	title: 'free', width: 5, close: true, value: queue => slotsFigure(queue.free), meaning: 'Free descriptors of the ring (num_free), mean over the window. ring.numFree.mean.',
};
const inFlight: QueueColumn = {
	title: 'in fl', width: 5, value: queue => perSecondFigure(queue.inFlight), meaning: 'Commands in flight: added and not reaped yet, mean over the window. ring.inFlight.mean.',
};
const perSecond: QueueColumn = {
	title: 'cmd/s', width: 5, value: queue => countFigure(queue.perSecond), meaning: 'Commands completed a second. throughput.completed.',
};
const kicks: QueueColumn = {
	title: 'kick/cmd', width: 8, value: queue => countFigure(queue.kicksPerCommand), meaning: 'Doorbell writes for each command. kicks.perCommand.',
};
const irqs: QueueColumn = {
	title: 'irq/cmd', width: 7, value: queue => countFigure(queue.irqsPerCommand), meaning: 'Interrupts for each command. irqs.perCommand.',
};

/** Two blanks between the columns, as an ink-table has them, or one. */
export const wideColumns: readonly QueueColumn[] = [
	name,
	{
		title: 'size', width: 5, close: true, value: queue => groupedFigure(queue.size), meaning: 'Slots of the ring. queue.size, queue.cursorSize.',
	},
	free,
	inFlight,
	perSecond,
	kicks,
	irqs,
	{
		title: 'full/s', width: 6, value: queue => countFigure(queue.fullPerSecond), meaning: 'Sleeps for room a second: the ring had not enough free descriptors. ring.fullWaits.',
	},
];

/** For 80 columns: one blank between them. */
export const narrowColumns: readonly QueueColumn[] = [name, free, inFlight, perSecond, kicks, irqs].map(column => ({...column, close: true}));

/** Rows of the panel that the table takes: its head and a row a queue. */
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
		return [` qlock  ${formatCount(acquisitions)} acq/s  ${formatShare(contended)} % contended  `, piece(spin, role)];
	}

	const long = ` qlock ${formatShare(contended)} % contended, `;
	return [long.length + spin.length <= width - 2 ? long : ` qlock ${formatShare(contended)} % cont., `, piece(spin, role)];
}

/** The frame of the queues with the line of the lock; the rows of the table are left blank. */
export function queuesPanel(snapshot: OverviewSnapshot, width: number, height: number): Block {
	const blank: Line[] = Array.from({length: tableRows}, () => []);
	return panel({
		width, height, title: 'Queues and lock', value: snapshot.isNow ? 'now' : (snapshot.settled ? '' : '~ settling'), valueRole: 'dim',
	}, [...blank, lockLine(snapshot.readings, width)]);
}
