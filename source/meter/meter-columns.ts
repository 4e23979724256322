const ofQueue = ['queued', 'responded', 'latency', 'kicks', 'irqs', 'runs', 'full', 'free', 'freeTime', 'inFlight'] as const;
const shared = ['waitWorker', 'waitSubmitter', 'waiting', 'waits', 'waitsOnNotify'] as const;

export type QueueColumn = (typeof ofQueue)[number];
export type SharedColumn = (typeof shared)[number];

/** Numbers that a meter keeps adding up: counts, and integrals over time in ns. */
export const columnCount = (2 * ofQueue.length) + shared.length;

/** Place of a number of a queue (0 control, 1 cursor). */
export function queueColumn(queue: number, name: QueueColumn): number {
	return (queue * ofQueue.length) + ofQueue.indexOf(name);
}

/** Place of a number that both queues share. */
export function sharedColumn(name: SharedColumn): number {
	return (2 * ofQueue.length) + shared.indexOf(name);
}

/** The places of the integrals: no other number grows while nothing happens. */
export const integralColumns: readonly number[] = [
	...[0, 1].flatMap(queue => (['free', 'freeTime', 'inFlight'] as const).map(name => queueColumn(queue, name))),
	...(['waitWorker', 'waitSubmitter', 'waiting'] as const).map(name => sharedColumn(name)),
];
