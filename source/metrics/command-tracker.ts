import {bucketOf, Histogram} from '../engine/histogram.js';
import {BucketSums} from './bucket-sums.js';
import {queueCounter} from './counters.js';
import {stageNames} from './metric-names.js';
import {QueueMoments} from './queue-moments.js';

const stageCount = stageNames.length;

/** Times kept of a command, as offsets into its row. */
const at = {
	due: 0,
	started: 1,
	firstLock: 2,
	/** Last call, last return of spin_lock. */
	lockCall: 3,
	lockReturn: 4,
	/** Sums. */
	lockWait: 5,
	ringWait: 6,
	/** 1 when the last acquisition found no room. */
	refused: 7,
	published: 8,
	doorbell: 9,
	delivered: 10,
	pass: 11,
	service: 12,
	served: 13,
	used: 14,
	irq: 15,
	work: 16,
	locked: 17,
} as const;

const rowLength = 18;

/** A command without a response is unfinished when it is older than so many median responses. */
const oldMedians = 10;

/**
Follows every command through its life and cuts it into the stages of docs/contract.md, section 5.
The stages of a command neither overlap nor leave a gap: boundaries only move forward, an
event that did not happen takes the boundary before it.
*/
export class CommandTracker {
	/** From due to response, by queue; from publication to response. */
	readonly latency = [new Histogram(), new Histogram()];
	readonly traced = [new Histogram(), new Histogram()];
	/** By queue, bucket of the latency and stage: ns. */
	readonly stagesByBucket = [new BucketSums(stageCount), new BucketSums(stageCount)];
	/** The stages of the command that ended last, ns. */
	readonly lastStages = new Float64Array(stageCount);
	lastLatency = 0;
	/** When the host returned it, ns. */
	lastUsed = 0;
	private rows = new Float64Array(0);
	private queues = new Uint8Array(0);
	/** By command: it has no response yet. */
	private live = new Uint8Array(0);
	/** Responses and the ages of unfinished commands, made when asked for. */
	private readonly ages = new Histogram();
	/** By thread: the command at hand. */
	private readonly commandOf: Int32Array;
	private readonly shared = [new QueueMoments(), new QueueMoments()];
	private readonly counters: Float64Array;
	private readonly bases: readonly [number, number];

	constructor(counters: Float64Array, bases: readonly [number, number], threads: number) {
		this.counters = counters;
		this.bases = bases;
		this.commandOf = new Int32Array(threads).fill(-1);
	}

	started(time: number, thread: number, command: number, due: number, queue: number): void {
		if (command >= this.queues.length) {
			this.grow(command);
		}

		this.commandOf[thread] = command;
		this.queues[command] = queue;
		this.live[command] = 1;
		const row = command * rowLength;
		for (let i = 0; i < rowLength; i++) {
			this.rows[row + i] = -1;
		}

		this.rows[row + at.due] = due;
		this.rows[row + at.started] = time;
		this.rows[row + at.lockWait] = 0;
		this.rows[row + at.ringWait] = 0;
		this.rows[row + at.refused] = 0;
	}

	queueOf(command: number): number {
		return this.queues[command];
	}

	/** spin_lock called by a submit. */
	lockCalled(time: number, thread: number): void {
		const {rows} = this;
		const row = this.commandOf[thread] * rowLength;
		if (rows[row + at.firstLock] < 0) {
			rows[row + at.firstLock] = time;
		}

		if (rows[row + at.refused] === 1) {
			rows[row + at.refused] = 0;
			rows[row + at.ringWait] += time - rows[row + at.lockReturn];
		}

		rows[row + at.lockCall] = time;
	}

	lockReturned(time: number, thread: number): void {
		const row = this.commandOf[thread] * rowLength;
		this.rows[row + at.lockReturn] = time;
		this.rows[row + at.lockWait] += time - this.rows[row + at.lockCall];
	}

	/** It is refused: there will be no response. */
	dropped(command: number): void {
		this.live[command] = 0;
	}

	noRoom(command: number): void {
		this.rows[command * rowLength + at.refused] = 1;
	}

	published(time: number, command: number): void {
		this.rows[command * rowLength + at.published] = time;
	}

	/** A doorbell that started at `started` is delivered. */
	delivered(time: number, queue: number, started: number): void {
		const shared = this.shared[queue];
		if (shared.nextDoorbell < 0) {
			shared.nextDoorbell = started;
			shared.nextDelivered = time;
		}
	}

	passStarted(time: number, queue: number): void {
		const shared = this.shared[queue];
		shared.pass = time;
		shared.doorbell = shared.nextDoorbell;
		shared.delivered = shared.nextDelivered;
		shared.nextDoorbell = -1;
		shared.nextDelivered = -1;
	}

	popped(command: number): void {
		const shared = this.shared[this.queues[command]];
		const row = command * rowLength;
		this.rows[row + at.doorbell] = shared.doorbell;
		this.rows[row + at.delivered] = shared.delivered;
		this.rows[row + at.pass] = shared.pass;
	}

	serviceStarted(time: number, command: number): void {
		this.rows[command * rowLength + at.service] = time;
	}

	/** process_cmd has left a fence: the service ends here. */
	fenceQueued(time: number, command: number): void {
		this.rows[command * rowLength + at.served] = time;
	}

	used(time: number, command: number): void {
		const row = command * rowLength;
		this.rows[row + at.used] = time;
		if (this.rows[row + at.served] < 0) {
			this.rows[row + at.served] = time;
		}
	}

	irqEntered(time: number, queue: number): void {
		this.shared[queue].irq = time;
	}

	workQueued(queue: number): void {
		this.shared[queue].irqOfWork = this.shared[queue].irq;
	}

	workStarted(time: number, queue: number): void {
		this.shared[queue].work = time;
		this.shared[queue].irqOfRun = this.shared[queue].irqOfWork;
	}

	workLocked(time: number, queue: number): void {
		this.shared[queue].locked = time;
	}

	reaped(command: number): void {
		const shared = this.shared[this.queues[command]];
		const row = command * rowLength;
		this.rows[row + at.irq] = shared.irqOfRun;
		this.rows[row + at.work] = shared.work;
		this.rows[row + at.locked] = shared.locked;
	}

	workDrained(time: number, queue: number): void {
		this.shared[queue].drained = time;
	}

	/** The life of a command ends: cuts it into stages and counts them. */
	responded(time: number, command: number): void {
		const {rows, lastStages, counters} = this;
		const queue = this.queues[command];
		this.live[command] = 0;
		const row = command * rowLength;
		const due = rows[row + at.due];
		const started = rows[row + at.started];
		const first = rows[row + at.firstLock];
		lastStages[0] = started - due;
		lastStages[1] = first - started;
		lastStages[2] = rows[row + at.lockWait];
		lastStages[3] = rows[row + at.ringWait];
		const published = rows[row + at.published];
		lastStages[4] = published - rows[row + at.lockReturn];
		let boundary = published;
		for (let event: number = at.doorbell; event <= at.locked; event++) {
			const moment = rows[row + event];
			const next = moment > boundary ? moment : boundary;
			lastStages[5 + event - at.doorbell] = next - boundary;
			boundary = next;
		}

		const {drained} = this.shared[queue];
		const end = drained > boundary ? drained : boundary;
		lastStages[14] = end - boundary;
		lastStages[15] = time - end;
		const latency = time - due;
		this.lastLatency = latency;
		this.lastUsed = rows[row + at.used];
		this.latency[queue].add(latency);
		this.traced[queue].add(time - published);
		const base = this.bases[queue] + queueCounter.stages;
		const sums = this.stagesByBucket[queue];
		const place = sums.placeOf(bucketOf(latency));
		const {values} = sums;
		for (let stage = 0; stage < stageCount; stage++) {
			counters[base + stage] += lastStages[stage];
			values[place + stage] += lastStages[stage];
		}

		counters[this.bases[queue] + queueCounter.latency] += latency;
		counters[this.bases[queue] + queueCounter.latencies]++;
	}

	/**
	Life times of a queue at `now`, after `measured` ns: the responses, and the ages (ns) of
	commands that are `unfinished`: older than 10 x the median response, or all when there was no
	response in that time. The histogram holds until the next call.
	*/
	atEnd(queue: number, now: number, measured: number): {readonly ages: Histogram; readonly unfinished: number} {
		const {ages, live, queues, rows} = this;
		ages.copy(this.latency[queue]);
		const oldest = measured > 0 ? oldMedians * (ages.quantile(0.5) ?? 0) : Infinity;
		let unfinished = 0;
		for (let command = 0; command < live.length; command++) {
			const age = now - rows[command * rowLength + at.due];
			if (live[command] === 1 && queues[command] === queue && age > oldest) {
				ages.add(age);
				unfinished++;
			}
		}

		return {ages, unfinished};
	}

	restart(): void {
		for (const queue of [0, 1]) {
			this.stagesByBucket[queue].clear(this.latency[queue].bucketEnd);
			this.latency[queue].clear();
			this.traced[queue].clear();
		}
	}

	private grow(command: number): void {
		let length = this.queues.length < 64 ? 64 : 2 * this.queues.length;
		while (length <= command) {
			length *= 2;
		}

		const rows = new Float64Array(length * rowLength);
		rows.set(this.rows);
		this.rows = rows;
		const queues = new Uint8Array(length);
		queues.set(this.queues);
		this.queues = queues;
		const live = new Uint8Array(length);
		live.set(this.live);
		this.live = live;
	}
}
