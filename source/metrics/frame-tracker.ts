import {roundOf} from '../parameters/client-queues.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {clientKind, type Submitter} from '../guest/submitter.js';
import {Histogram} from '../engine/histogram.js';
import {clientCounter, type CounterLayout, queueCounter} from './counters.js';

const {framesShown, framesMissed} = clientCounter;

/** Frames under way, as columns; a slot is free when nobody has it. */
class OpenFrames {
	/** Commands without a response. */
	left = new Int32Array(64);
	/** 1 when its last command is made; a frame that lost one never becomes whole. */
	made = new Uint8Array(64);
	broken = new Uint8Array(64);
	due = new Float64Array(64);
	/** Slots that were closed, the first `freeCount`, and how many were ever open. */
	private free = new Int32Array(64);
	private freeCount = 0;
	private used = 0;

	open(due: number): number {
		const slot = this.freeCount > 0 ? this.free[--this.freeCount] : this.used++;
		if (slot >= this.left.length) {
			this.widen();
		}

		this.left[slot] = 0;
		this.made[slot] = 0;
		this.broken[slot] = 0;
		this.due[slot] = due;
		return slot;
	}

	close(slot: number): void {
		this.free[this.freeCount++] = slot;
	}

	private widen(): void {
		const length = 2 * this.left.length;
		const wide = <Column extends {set(values: Column): void}>(column: Column, old: Column): Column => {
			column.set(old);
			return column;
		};

		this.left = wide(new Int32Array(length), this.left);
		this.made = wide(new Uint8Array(length), this.made);
		this.broken = wide(new Uint8Array(length), this.broken);
		this.due = wide(new Float64Array(length), this.due);
		this.free = wide(new Int32Array(length), this.free);
	}
}

/**
Follows the frames of paced clients: which vblanks came with a frame that was whole (all its
responses, and with them its fences) since the vblank before, and which without. A client of
several threads shows a frame when each of them has one. Each vblank asks for a round of commands.
*/
export class FrameTracker {
	/** By client: ns from a frame's vblank to its last response. */
	readonly times: readonly Histogram[];
	private readonly counters: Float64Array;
	private readonly layout: CounterLayout;
	private readonly submitters: readonly Submitter[];
	/** Numbers of the paced clients. */
	private readonly paced: readonly number[];
	/** By client: its threads, those that have a new frame, its next vblank (ns). */
	private readonly threads: ReadonlyArray<readonly number[]>;
	private readonly fresh: Int32Array;
	private readonly next: Float64Array;
	/** By client and queue: commands that a vblank asks for. */
	private readonly asked: ReadonlyArray<readonly [number, number]>;
	/** By thread: it has a frame since the last vblank; the frame it works on, or -1. */
	private readonly isFresh: Uint8Array;
	private readonly current: Int32Array;
	private readonly frames = new OpenFrames();
	/** By command: its frame. */
	private frameOf = new Int32Array(64);

	constructor(
		counters: Float64Array,
		layout: CounterLayout,
		clients: readonly ClientSpec[],
		submitters: readonly Submitter[],
	) {
		this.counters = counters;
		this.layout = layout;
		this.submitters = submitters;
		this.times = clients.map(() => new Histogram());
		this.threads = clients.map((_, client) =>
			submitters.flatMap((submitter, thread) => (submitter.client === client ? [thread] : [])),
		);
		this.asked = clients.map(client => [
			client.threads * roundOf(client, 'control'),
			client.threads * roundOf(client, 'cursor'),
		]);
		this.paced = clients.flatMap(({kind}, client) => (kind === 'paced' ? [client] : []));
		this.fresh = new Int32Array(clients.length);
		this.next = new Float64Array(clients.length);
		this.isFresh = new Uint8Array(submitters.length);
		this.current = new Int32Array(submitters.length).fill(-1);
		for (const client of this.paced) {
			this.next[client] = this.vblankAfter(client, 0);
		}
	}

	/**
	A paced client's command is made, for the frame of vblank `due`; the `last` one of it or not.
	*/
	started(thread: number, command: number, due: number, last: boolean): void {
		if (this.submitters[thread].kind !== clientKind.paced) {
			return;
		}

		const {frames, current} = this;
		if (current[thread] < 0) {
			current[thread] = frames.open(due);
		}

		if (command >= this.frameOf.length) {
			const wide = new Int32Array(2 * (command + 1));
			wide.set(this.frameOf);
			this.frameOf = wide;
		}

		const frame = current[thread];
		this.frameOf[command] = frame;
		frames.left[frame]++;
		if (last) {
			frames.made[frame] = 1;
			current[thread] = -1;
		}
	}

	/** A command has its response, or is `lost`: refused. */
	ended(time: number, thread: number, command: number, lost: boolean): void {
		const submitter = this.submitters[thread];
		if (submitter.kind !== clientKind.paced) {
			return;
		}

		const {frames} = this;
		const frame = this.frameOf[command];
		frames.left[frame]--;
		if (lost) {
			frames.broken[frame] = 1;
		}

		if (frames.made[frame] === 1 && frames.left[frame] === 0) {
			if (frames.broken[frame] === 0) {
				this.whole(time, thread, submitter.client, time - frames.due[frame]);
			}

			frames.close(frame);
		}
	}

	/** Counts the vblanks before `time`. */
	settle(time: number): void {
		for (const client of this.paced) {
			this.passVblanks(client, time);
		}
	}

	restart(): void {
		for (const times of this.times) {
			times.clear();
		}
	}

	private whole(time: number, thread: number, client: number, taken: number): void {
		this.passVblanks(client, time);
		this.times[client].add(taken);
		if (this.isFresh[thread] === 0) {
			this.isFresh[thread] = 1;
			this.fresh[client]++;
		}
	}

	private passVblanks(client: number, time: number): void {
		const {counters, layout} = this;
		while (this.next[client] < time) {
			const shown = this.fresh[client] === this.threads[client].length;
			counters[layout.client(client) + (shown ? framesShown : framesMissed)]++;
			for (const thread of this.threads[client]) {
				this.isFresh[thread] = 0;
			}

			for (const queue of [0, 1] as const) {
				counters[layout.queue(queue) + queueCounter.asked] += this.asked[client][queue];
			}

			this.fresh[client] = 0;
			this.next[client] = this.vblankAfter(client, this.next[client]);
		}
	}

	/** Vblanks are whole multiples of the client's period, which a change may move. */
	private vblankAfter(client: number, time: number): number {
		const {interval} = this.submitters[this.threads[client][0]];
		return (Math.floor(time / interval) + 1) * interval;
	}
}
