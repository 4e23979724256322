import {CommandRing} from './command-ring.js';
import {lockColumn, queueColumn} from './meter-columns.js';
import {WindowSums} from './window-sums.js';

const commandsKept = 262_144;

/**
Commands without a response that are remembered, and threads in a wait or a run:
more are a sign of lost events.
*/
const mostOpen = 65_536;
const mostThreads = 4096;

/** What tells commands in flight apart, and threads. */
type Key = string | number;

type Open = {readonly published: number; readonly type: number};
type Wait = {readonly isWorker: boolean};
/**
A run of the dequeue work: the interrupt that it comes from, its start, the
wait for the lock in it so far.
*/
type WorkRun = {
	readonly queue: number;
	readonly irq: number;
	readonly start: number;
	lockWait: number;
	waitingSince: number;
};

/**
Measures a guest's events as they come, from a recording, a stream or a simulation: sums by
windows, and the last commands with their latencies. Memory is fixed. Times (ns) never go
back: an event that is late counts as now.
*/
export class RecordingMeter extends WindowSums {
	readonly commands = new CommandRing(commandsKept);
	/** Responses whose command was not seen. */
	orphans = 0;
	/** Largest num_free of each queue: the size of its ring once it was empty. */
	readonly sizes = [0, 0];
	/** What the recording shows at all. */
	readonly shows = {
		kicks: false,
		irqs: false,
		runs: false,
		waits: false,
		numFree: false,
	};

	private readonly open = [new Map<Key, Open>(), new Map<Key, Open>()];
	private readonly waiting = new Map<Key, Wait>();
	private readonly lastIrq = [-1, -1];
	private readonly irqOfWork = [-1, -1];
	private readonly running = new Map<Key, WorkRun>();

	/** Commands published and not answered. */
	inFlight(queue: number): number {
		return this.open[queue].size;
	}

	published(at: number, queue: number, key: Key, type: number, numFree: number | null): void {
		const time = this.advance(at);
		const open = this.open[queue];
		if (open.size >= mostOpen) {
			open.delete(open.keys().next().value ?? '');
		}

		open.set(key, {published: time, type});
		this.count(queueColumn(queue, 'submitted'));
		if (numFree === 0) {
			this.count(queueColumn(queue, 'filled'));
		}

		this.setFree(queue, numFree);
		this.slopes[queueColumn(queue, 'inFlightIntegral')] = open.size;
	}

	/** `key` null or unknown with `inOrder`: the oldest command. */
	responded(at: number, queue: number, key: Key, numFree: number | null, thread: Key, inOrder: boolean): void {
		const time = this.advance(at);
		const open = this.open[queue];
		const found = inOrder && !open.has(key) ? (open.keys().next().value ?? '') : key;
		const command = open.get(found);
		this.setFree(queue, numFree);
		if (command === undefined) {
			this.orphans++;
			return;
		}

		open.delete(found);
		this.slopes[queueColumn(queue, 'inFlightIntegral')] = open.size;
		this.count(queueColumn(queue, 'completed'));
		const latency = time - command.published;
		this.sums[queueColumn(queue, 'traced')] += latency;
		this.commands.add(
			time,
			latency,
			command.type,
			queue,
			this.stagesOf(command.published, time, this.running.get(thread)),
		);
	}

	kick(at: number, queue: number): void {
		this.advance(at);
		this.shows.kicks = true;
		this.count(queueColumn(queue, 'kicks'));
	}

	irq(at: number, queue: number): void {
		const time = this.advance(at);
		this.shows.irqs = true;
		this.lastIrq[queue] = time;
		this.count(queueColumn(queue, 'irqs'));
	}

	workQueued(at: number, queue: number): void {
		this.advance(at);
		this.irqOfWork[queue] = this.lastIrq[queue];
	}

	workStarted(at: number, queue: number, thread: Key): void {
		const time = this.advance(at);
		this.shows.runs = true;
		this.count(queueColumn(queue, 'workerRuns'));
		bound(this.running, mostThreads);
		this.running.set(thread, {
			queue,
			irq: this.irqOfWork[queue] === -1 ? this.lastIrq[queue] : this.irqOfWork[queue],
			start: time,
			lockWait: 0,
			waitingSince: -1,
		});
		this.irqOfWork[queue] = -1;
	}

	workEnded(at: number, thread: Key): void {
		this.advance(at);
		this.running.delete(thread);
	}

	/** Whether the thread is in a run of the dequeue work. */
	isRunning(thread: Key): boolean {
		return this.running.has(thread);
	}

	waitBegun(at: number, thread: Key, isWorker: boolean, onNotify: boolean): void {
		const time = this.advance(at);
		this.shows.waits = true;
		this.endWait(time, thread);
		if (this.waiting.size >= mostThreads) {
			this.endWait(time, this.waiting.keys().next().value ?? '');
		}

		this.waiting.set(thread, {isWorker});
		this.slopes[lockColumn(isWorker ? 'spinWorker' : 'spinSubmitter')]++;
		this.slopes[lockColumn('contention')] = 1;
		this.count(lockColumn('contended'));
		this.count(
			lockColumn(
				isWorker
					? onNotify
						? 'workerOnNotify'
						: 'workerOther'
					: onNotify
						? 'submitterOnNotify'
						: 'submitterOther',
			),
		);

		const run = this.running.get(thread);
		if (run !== undefined) {
			run.waitingSince = time;
		}
	}

	waitEnded(at: number, thread: Key): void {
		this.endWait(this.advance(at), thread);
	}

	/** Events are missing here: what is under way may have ended among them. */
	lost(): void {
		this.forget();
	}

	protected wasSetBack(): void {
		this.forget();
		this.commands.clear();
	}

	private forget(): void {
		for (const queue of [0, 1]) {
			this.open[queue].clear();
			this.irqOfWork[queue] = -1;
			this.slopes[queueColumn(queue, 'inFlightIntegral')] = 0;
		}

		this.waiting.clear();
		this.running.clear();
		for (const name of ['spinWorker', 'spinSubmitter', 'contention'] as const) {
			this.slopes[lockColumn(name)] = 0;
		}
	}

	private setFree(queue: number, numFree: number | null): void {
		if (numFree === null) {
			return;
		}

		this.shows.numFree = true;
		this.free[queue] = numFree;
		this.sizes[queue] = Math.max(this.sizes[queue], numFree);
		this.slopes[queueColumn(queue, 'freeIntegral')] = numFree;
		this.slopes[queueColumn(queue, 'freeTime')] = 1;
		if (queue === 0) {
			for (const level of this.levels) {
				level.see(numFree);
			}
		}
	}

	private endWait(time: number, thread: Key): void {
		const wait = this.waiting.get(thread);
		if (wait === undefined) {
			return;
		}

		this.waiting.delete(thread);
		this.slopes[lockColumn(wait.isWorker ? 'spinWorker' : 'spinSubmitter')]--;
		this.slopes[lockColumn('contention')] = this.waiting.size > 0 ? 1 : 0;
		const run = this.running.get(thread);
		if (run !== undefined && run.waitingSince >= 0) {
			run.lockWait += time - run.waitingSince;
			run.waitingSince = -1;
		}
	}

	/** Boundaries only move forward; what was not seen takes the boundary before it. */
	private stagesOf(published: number, responded: number, run: WorkRun | undefined): number[] {
		if (run === undefined) {
			return [responded - published, 0, 0, 0];
		}

		const irq = Math.max(published, run.irq);
		const start = Math.max(irq, run.start);
		const lock = Math.min(run.lockWait, responded - start);
		return [irq - published, start - irq, lock, responded - start - lock];
	}
}

/** Makes room for one more by dropping the oldest. */
function bound(map: Map<Key, unknown>, most: number): void {
	if (map.size >= most) {
		map.delete(map.keys().next().value ?? '');
	}
}
