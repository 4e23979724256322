import {type QueueCounter} from '../metrics/counters.js';

/**
What a meter adds up of each queue: counters of the metric table by their names, and three of
its own: the sum of times from publication to response, commands after which no slot was free,
ns in which num_free is known.
*/
const ofQueue = [
	'submitted',
	'completed',
	'traced',
	'kicks',
	'irqs',
	'workerRuns',
	'filled',
	'freeIntegral',
	'freeTime',
	'inFlightIntegral',
] as const satisfies ReadonlyArray<QueueCounter | 'traced' | 'filled' | 'freeTime'>;

/**
And of the lock of the control queue. A recording does not tell halted waiters from those that spin.
*/
const ofLock = [
	'spinWorker',
	'spinSubmitter',
	'contention',
	'contended',
	'workerOnNotify',
	'workerOther',
	'submitterOnNotify',
	'submitterOther',
] as const satisfies readonly QueueCounter[];

export type QueueColumn = (typeof ofQueue)[number];
export type LockColumn = (typeof ofLock)[number];

/** Numbers that a meter keeps adding up: counts, and integrals over time in ns. */
export const columnCount = 2 * ofQueue.length + ofLock.length;

/** Place of a number of a queue (0 control, 1 cursor). */
export function queueColumn(queue: number, name: QueueColumn): number {
	return queue * ofQueue.length + ofQueue.indexOf(name);
}

/** Place of a number of the lock. */
export function lockColumn(name: LockColumn): number {
	return 2 * ofQueue.length + ofLock.indexOf(name);
}

const queuePlaces: ReadonlyMap<string, number> = new Map(ofQueue.map((name, index) => [name, index]));
const lockPlaces: ReadonlyMap<string, number> = new Map(ofLock.map(name => [name, lockColumn(name)]));

/** Place of a counter of the metric table; undefined: it is not recorded. */
export function columnOf(counter: string, queue: number): number | undefined {
	const own = queuePlaces.get(counter);
	return own === undefined ? (queue === 0 ? lockPlaces.get(counter) : undefined) : queue * ofQueue.length + own;
}

/** The places of the integrals: no other number grows while nothing happens. */
export const integralColumns: readonly number[] = [
	...[0, 1].flatMap(queue =>
		(['freeIntegral', 'freeTime', 'inFlightIntegral'] as const).map(name => queueColumn(queue, name)),
	),
	...(['spinWorker', 'spinSubmitter', 'contention'] as const).map(name => lockColumn(name)),
];
