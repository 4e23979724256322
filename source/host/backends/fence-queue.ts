import {type CommandPool} from '../../devices/command-pool.js';

/**
Commands whose fence has not been seen to signal (`fenceq` of struct VirtIOGPU), in the order in
which the fences signal; of two that signal at once the older is first.

The GPU runs its contexts side by side, and the work of one context in order. On timelines of
their own (ring_idx, virgl_renderer_context_create_fence) the fences of a context wait for nobody
else; on the global timeline (virgl_renderer_create_fence) a fence signals when all before it have.
*/
export class FenceQueue {
	count = 0;
	private readonly pool: CommandPool;
	private head = -1;
	private tail = -1;
	/** By context: when the GPU is done with all of its work, ns. */
	private readonly gpuFree: Float64Array;

	constructor(pool: CommandPool, contexts: number) {
		this.pool = pool;
		this.gpuFree = new Float64Array(contexts);
	}

	/** The GPU has `gpuTime` ns of work for this command. */
	add(command: number, now: number, gpuTime: number, global: boolean): void {
		const {gpuDone, context, next} = this.pool;
		const free = this.gpuFree[context[command]];
		let done = (now > free ? now : free) + gpuTime;
		this.gpuFree[context[command]] = done;
		if (global && this.tail >= 0 && gpuDone[this.tail] > done) {
			done = gpuDone[this.tail];
		}

		gpuDone[command] = done;
		this.count++;
		if (this.head < 0) {
			this.head = command;
			this.tail = command;
			next[command] = -1;
		} else if (done >= gpuDone[this.tail]) {
			next[this.tail] = command;
			next[command] = -1;
			this.tail = command;
		} else {
			this.insert(command, done);
		}
	}

	/** The command whose fence signals next, or -1. */
	get next(): number {
		return this.head;
	}

	/** When the next fence signals, ns; Infinity when there is none. */
	get nextDone(): number {
		return this.head < 0 ? Infinity : this.pool.gpuDone[this.head];
	}

	/** Takes the next fence if it has signalled by `now`, else -1. */
	takeDone(now: number): number {
		const command = this.head;
		if (command < 0 || this.pool.gpuDone[command] > now) {
			return -1;
		}

		this.head = this.pool.next[command];
		this.pool.next[command] = -1;
		this.count--;
		return command;
	}

	/** Before the first fence that signals later than `done`; there is one. */
	private insert(command: number, done: number): void {
		const {gpuDone, next} = this.pool;
		if (gpuDone[this.head] > done) {
			next[command] = this.head;
			this.head = command;
			return;
		}

		let before = this.head;
		while (gpuDone[next[before]] <= done) {
			before = next[before];
		}

		next[command] = next[before];
		next[before] = command;
	}
}
