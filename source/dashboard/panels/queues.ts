import {type Block, type Line, piece} from '../../charts/block.js';
import {
	formatCount, formatPerSecond, formatShare,
} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type OverviewSnapshot, type QueueReading, type Readings} from '../../session/snapshot.js';

/** A column of the table of queues; `width` keeps each number in its place. */
export type QueueColumn = {
	readonly title: string;
	readonly width: number;
	readonly value: (queue: QueueReading) => string;
};

const name: QueueColumn = {title: 'queue', width: 7, value: queue => queue.name};
const free: QueueColumn = {title: 'free', width: 4, value: queue => formatCount(queue.free)};
const inFlight: QueueColumn = {title: 'in fl', width: 5, value: queue => formatPerSecond(queue.inFlight)};
const perSecond: QueueColumn = {title: 'cmd/s', width: 5, value: queue => formatCount(queue.perSecond)};
const kicks: QueueColumn = {title: 'kick/cmd', width: 8, value: queue => formatCount(queue.kicksPerCommand)};
const irqs: QueueColumn = {title: 'irq/cmd', width: 7, value: queue => formatCount(queue.irqsPerCommand)};

/** Two blanks between the columns, as an ink-table has them. */
export const wideColumns: readonly QueueColumn[] = [
	name,
	{title: 'size', width: 4, value: queue => String(queue.size)},
	free,
	inFlight,
	perSecond,
	kicks,
	irqs,
	{title: 'full/s', width: 6, value: queue => formatCount(queue.fullPerSecond)},
];

/** For 80 columns: one blank between them. */
export const narrowColumns: readonly QueueColumn[] = [name, {...free, width: 5}, inFlight, perSecond, kicks, irqs];

/** Rows of the panel that the table takes: its head and a row a queue. */
export const tableRows = 3;

/** The panel has room for the wide table. */
export function isWideTable(width: number): boolean {
	return width >= 63;
}

function lockLine(readings: Readings, width: number): Line {
	const {acquisitions, contended, spinWorker, spinSubmitter} = readings.lock;
	const spin = `spin ${formatPerSecond(spinWorker)} + ${formatPerSecond(spinSubmitter)} ms/s`;
	if (isWideTable(width)) {
		return [` qlock  ${formatCount(acquisitions)} acq/s  ${formatShare(contended)} % contended  `, piece(spin, 'spin')];
	}

	const long = ` qlock ${formatShare(contended)} % contended, `;
	return [long.length + spin.length <= width - 2 ? long : ` qlock ${formatShare(contended)} % cont., `, piece(spin, 'spin')];
}

/** The frame of the queues with the line of the lock; the rows of the table are left blank. */
export function queuesPanel(snapshot: OverviewSnapshot, width: number, height: number): Block {
	const blank: Line[] = Array.from({length: tableRows}, () => []);
	return panel({
		width, height, title: 'Queues and lock', ...(snapshot.settled ? {} : {value: '~ settling', valueRole: 'dim' as const}),
	}, [...blank, lockLine(snapshot.readings, width)]);
}
