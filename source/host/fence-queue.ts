import {type CommandPool} from '../protocol/command-pool.js';

/** Commands whose fence the GPU has not signalled, in the order of their fence ids (`fenceq` of struct VirtIOGPU). */
export class FenceQueue {
	count = 0;
	private readonly pool: CommandPool;
	private head = -1;
	private tail = -1;
	/** When the GPU is done with all of them, ns: it takes them one after another. */
	private gpuFree = 0;

	constructor(pool: CommandPool) {
		this.pool = pool;
	}

	/** virgl_renderer_create_fence: the GPU has `gpuTime` ns of work for this command. */
	add(command: number, now: number, gpuTime: number): void {
		this.gpuFree = (now > this.gpuFree ? now : this.gpuFree) + gpuTime;
		this.pool.gpuDone[command] = this.gpuFree;
		this.pool.next[command] = -1;
		if (this.head < 0) {
			this.head = command;
		} else {
			this.pool.next[this.tail] = command;
		}

		this.tail = command;
		this.count++;
	}

	/** When the oldest fence signals, ns; Infinity when there is none. */
	get nextDone(): number {
		return this.head < 0 ? Infinity : this.pool.gpuDone[this.head];
	}

	/** Takes the oldest fence if the GPU has signalled it by `now`, else -1. */
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
}
