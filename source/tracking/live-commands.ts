import {type CommandPool} from '../devices/command-pool.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';

/** How far a command has come, a bit each. */
const stage = {published: 1, popped: 2, reaped: 4} as const;

/**
The commands that were published and not answered, with the numbers that the driver gives them:
seqno of each queue, fence ids of all. A command is its place in the pool, which is used again once
it is answered; what is known of it stays until then. Attach it at time 0, in front of whoever asks.
*/
export class LiveCommands implements Instrument {
	readonly observers: readonly Observer[];
	/** By queue: published and not reaped, and published and not popped by the host. */
	readonly inFlight: Int32Array;
	readonly unpopped: Int32Array;
	private stages = new Uint8Array(0);
	private threads = new Int32Array(0);
	private seqnos = new Float64Array(0);
	private fences = new Float64Array(0);
	private times = new Float64Array(0);
	/** Of each queue, and of both. */
	private readonly lastSeqno: Float64Array;
	private lastFence = 0;

	constructor(queues: number, pool: CommandPool) {
		this.inFlight = new Int32Array(queues);
		this.unpopped = new Int32Array(queues);
		this.lastSeqno = new Float64Array(queues);
		this.observers = [this.observer(pool)];
	}

	/** Published and not answered. */
	isLive(command: number): boolean {
		return (this.stages[command] & stage.published) !== 0;
	}

	/** The guest thread that published it. */
	threadOf(command: number): number {
		return this.threads[command];
	}

	/** Its number in its queue, from 1. */
	seqnoOf(command: number): number {
		return this.seqnos[command];
	}

	/** Its fence id, from 1; 0 without a fence. */
	fenceOf(command: number): number {
		return this.fences[command];
	}

	/** When it was published, ns. */
	publishedAt(command: number): number {
		return this.times[command];
	}

	private observer(pool: CommandPool): Observer {
		const {inFlight, lastSeqno, unpopped} = this;
		return {
			published: (time, thread, command) => {
				this.widen(pool.capacity);
				const queue = pool.queue[command];
				this.stages[command] = stage.published;
				this.threads[command] = thread;
				this.seqnos[command] = ++lastSeqno[queue];
				this.fences[command] = pool.fenced[command] === 1 ? ++this.lastFence : 0;
				this.times[command] = time;
				inFlight[queue]++;
				unpopped[queue]++;
			},
			popped: (_time, _server, command) => {
				this.stages[command] |= stage.popped;
				unpopped[pool.queue[command]]--;
			},
			reaped: (_time, _thread, command) => {
				this.stages[command] |= stage.reaped;
				inFlight[pool.queue[command]]--;
			},
			responded: (_time, _thread, command) => {
				this.stages[command] = 0;
			},
		};
	}

	/** The pool has grown. */
	private widen(capacity: number): void {
		const {stages, threads, seqnos, fences, times} = this;
		if (stages.length >= capacity) {
			return;
		}

		this.stages = new Uint8Array(capacity);
		this.threads = new Int32Array(capacity);
		this.seqnos = new Float64Array(capacity);
		this.fences = new Float64Array(capacity);
		this.times = new Float64Array(capacity);
		this.stages.set(stages);
		this.threads.set(threads);
		this.seqnos.set(seqnos);
		this.fences.set(fences);
		this.times.set(times);
	}
}
