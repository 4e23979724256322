import {holdDoubles} from '../engine/double-fields.js';
import {bucketOf} from '../engine/histogram.js';
import {BucketSums} from './bucket-sums.js';
import {type CommandTracker} from './command-tracker.js';
import {queueCounter} from './counters.js';
import {pauseNames, stageNames, waitNames} from './metric-names.js';
import {type PauseTracker} from './pause-tracker.js';

const waitCount = waitNames.length;

const stage = {
	lockWait: stageNames.indexOf('lockWait'),
	ringWait: stageNames.indexOf('ringWait'),
	doorbell: stageNames.indexOf('doorbell'),
	hostWake: stageNames.indexOf('hostWake'),
	fence: stageNames.indexOf('fence'),
	workerDelay: stageNames.indexOf('workerDelay'),
	workerLockWait: stageNames.indexOf('workerLockWait'),
	response: stageNames.indexOf('response'),
} as const;

/** Offsets in the row of a command: ns but where they say so. */
const at = {
	/**
	Service that other clients had had when it was published, then
	what they had until its own began.
	*/
	others: 0,
	/** BQL waits of the doorbell and of the main loop before its pass. */
	doorbellBql: 1,
	loopBql: 2,
	/** Running time of the dequeue work between the IRQ and the run that reaped it. */
	run: 3,
	/** When the GPU was done with it; -1 without a fence. */
	gpuDone: 4,
} as const;

const rowLength = 5;

/** What a queue's doorbells, passes and worker runs share. */
class Shared {
	nextBql = -1;
	doorbellBql = 0;
	loopBql = 0;
	/** Running time of finished dequeue work, and since when one runs, or -1. */
	runTime = 0;
	runSince = -1;
	/**
	Running time at the interrupt that queued the next work, and the wait of the run under way.
	*/
	runAtIrq = 0;
	runWait = 0;
	/** When the last response of the drain returned. */
	answered = 0;

	constructor() {
		holdDoubles(
			this,
			'nextBql',
			'doorbellBql',
			'loopBql',
			'runTime',
			'runSince',
			'runAtIrq',
			'runWait',
			'answered',
		);
	}

	busy(time: number): number {
		return this.runTime + (this.runSince < 0 ? 0 : time - this.runSince);
	}
}

/**
Tells for every command how long it waited for one cause (`waitNames`): docs/contract.md, section 6
asks whether one of them makes most of the response. A cause lies inside the stages and may
cover parts of several; causes may overlap, so they do not sum to anything.
*/
export class WaitTracker {
	/** By queue, bucket of the latency and cause: ns. */
	readonly byBucket = [new BucketSums(waitCount), new BucketSums(waitCount)];
	private readonly counters: Float64Array;
	private readonly bases: readonly [number, number];
	private readonly pauses: PauseTracker;
	/** Number of the host thread that serves the device. */
	private readonly server: number;
	private rows = new Float64Array(0);
	private readonly shared = [new Shared(), new Shared()];
	private readonly last = new Float64Array(waitCount);
	/** By host thread: since when it waits for the BQL; ns of its doorbell's wait. */
	private readonly bqlSince: Float64Array;
	private readonly bqlWaited: Float64Array;
	/** Service by client, of all, and what is served now. */
	private readonly servedOf: Float64Array;
	private servedAll = 0;
	private serving = -1;
	private servingClient = -1;
	private servingSince = 0;

	constructor(options: {
		readonly counters: Float64Array;
		readonly bases: readonly [number, number];
		readonly pauses: PauseTracker;
		readonly clients: number;
		readonly hostThreads: number;
		readonly server: number;
	}) {
		this.counters = options.counters;
		this.bases = options.bases;
		this.pauses = options.pauses;
		this.server = options.server;
		this.servedOf = new Float64Array(options.clients);
		this.bqlSince = new Float64Array(options.hostThreads);
		this.bqlWaited = new Float64Array(options.hostThreads);
	}

	started(command: number): void {
		if ((command + 1) * rowLength > this.rows.length) {
			const rows = new Float64Array(2 * (command + 64) * rowLength);
			rows.set(this.rows);
			this.rows = rows;
		}

		const row = command * rowLength;
		for (let i = 0; i < rowLength; i++) {
			this.rows[row + i] = 0;
		}

		this.rows[row + at.gpuDone] = -1;
	}

	published(time: number, command: number, client: number): void {
		this.rows[command * rowLength + at.others] = this.servedToOthers(time, client);
	}

	bqlContended(time: number, thread: number): void {
		this.bqlSince[thread] = time;
	}

	bqlAcquired(time: number, thread: number, contended: number): void {
		const wait = contended === 1 ? time - this.bqlSince[thread] : 0;
		this.bqlWaited[thread] = thread === this.server ? wait : this.bqlWaited[thread] + wait;
	}

	doorbellStarted(vcpu: number): void {
		this.bqlWaited[vcpu] = 0;
	}

	/** A doorbell is delivered; `vcpu` is who rang, or -1. */
	delivered(queue: number, vcpu: number): void {
		const shared = this.shared[queue];
		if (shared.nextBql < 0) {
			shared.nextBql = vcpu < 0 ? 0 : this.bqlWaited[vcpu];
		}
	}

	passStarted(queue: number): void {
		const shared = this.shared[queue];
		shared.doorbellBql = shared.nextBql < 0 ? 0 : shared.nextBql;
		shared.nextBql = -1;
		shared.loopBql = this.bqlWaited[this.server];
	}

	popped(command: number, queue: number): void {
		const row = command * rowLength;
		this.rows[row + at.doorbellBql] = this.shared[queue].doorbellBql;
		this.rows[row + at.loopBql] = this.shared[queue].loopBql;
	}

	serviceStarted(time: number, command: number, client: number): void {
		this.closeService(time);
		const row = command * rowLength + at.others;
		this.rows[row] = this.servedToOthers(time, client) - this.rows[row];
		this.serving = command;
		this.servingClient = client;
		this.servingSince = time;
	}

	/** The host has left a fence for it, or has returned it. */
	serviceEnded(time: number, command: number): void {
		if (command === this.serving) {
			this.closeService(time);
		}
	}

	/** The response of a fenced command is published, which the GPU was done with at `gpuDone`. */
	signalled(command: number, gpuDone: number): void {
		this.rows[command * rowLength + at.gpuDone] = gpuDone;
	}

	workQueued(time: number, queue: number): void {
		this.shared[queue].runAtIrq = this.shared[queue].busy(time);
	}

	workStarted(time: number, queue: number): void {
		const shared = this.shared[queue];
		shared.runWait = shared.busy(time) - shared.runAtIrq;
		shared.runSince = time;
	}

	/** The work function returns; ns since its entry. */
	workEnded(time: number, queue: number): number {
		const shared = this.shared[queue];
		const run = time - shared.runSince;
		shared.runTime += run;
		shared.runSince = -1;
		return run;
	}

	reaped(command: number, queue: number): void {
		this.rows[command * rowLength + at.run] = this.shared[queue].runWait;
	}

	workDrained(time: number, queue: number): void {
		this.shared[queue].answered = time;
	}

	/** The life of a command ends: the last one in `commands`. */
	responded(
		time: number,
		command: number,
		queue: number,
		{lastLatency: latency, lastStages: stages, lastUsed: usedAt}: CommandTracker,
	): void {
		const {rows, last, shared, counters} = this;
		const row = command * rowLength;
		const own = time - shared[queue].answered;
		shared[queue].answered = time;
		const behind = stages[stage.response] - own;
		const poll = rows[row + at.gpuDone] < 0 ? 0 : usedAt - rows[row + at.gpuDone];
		last[0] = stages[stage.lockWait] + stages[stage.workerLockWait];
		last[1] = stages[stage.ringWait];
		last[2] =
			least(rows[row + at.doorbellBql], stages[stage.doorbell]) +
			least(rows[row + at.loopBql], stages[stage.hostWake]);
		last[3] = stages[stage.fence];
		last[4] = least(poll > 0 ? poll : 0, stages[stage.fence]);
		last[5] = rows[row + at.others];
		last[6] = least(rows[row + at.run], stages[stage.workerDelay]) + (behind > 0 ? behind : 0);
		const due = time - latency;
		for (let kind = 0; kind < pauseNames.length; kind++) {
			last[waitCount - pauseNames.length + kind] = this.pauses.waited(kind, due);
		}

		const base = this.bases[queue] + queueCounter.waits;
		const sums = this.byBucket[queue];
		const place = sums.placeOf(bucketOf(latency));
		const {values} = sums;
		for (let cause = 0; cause < waitCount; cause++) {
			counters[base + cause] += last[cause];
			values[place + cause] += last[cause];
		}
	}

	/** `end`: the number of the first bucket that no command of the queue has reached. */
	restart(queue: number, end: number): void {
		this.byBucket[queue].clear(end);
	}

	/** ns of service that others than this client have had. */
	private servedToOthers(time: number, client: number): number {
		const running = this.serving >= 0 && this.servingClient !== client ? time - this.servingSince : 0;
		return this.servedAll - this.servedOf[client] + running;
	}

	private closeService(time: number): void {
		if (this.serving >= 0) {
			this.servedAll += time - this.servingSince;
			this.servedOf[this.servingClient] += time - this.servingSince;
			this.serving = -1;
		}
	}
}

function least(a: number, b: number): number {
	return a < b ? a : b;
}
