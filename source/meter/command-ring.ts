/** Parts of a command's time in the ring, as a guest's tracepoints show them, in order. */
export const stageNames = ['toIrq', 'workerDelay', 'workerLockWait', 'reap'] as const;

const stageCount = stageNames.length;

/** The last commands that were answered, in fixed memory: when, after how long, what they were. */
export class CommandRing {
	/** Commands ever added; the newest has number `end - 1`. */
	end = 0;
	private readonly capacity: number;
	private readonly responses: Float64Array;
	private readonly latencies: Float64Array;
	private readonly types: Uint16Array;
	private readonly queues: Uint8Array;
	private readonly stages: Float64Array;

	constructor(capacity: number) {
		this.capacity = capacity;
		this.responses = new Float64Array(capacity);
		this.latencies = new Float64Array(capacity);
		this.types = new Uint16Array(capacity);
		this.queues = new Uint8Array(capacity);
		this.stages = new Float64Array(capacity * stageCount);
	}

	get first(): number {
		return Math.max(0, this.end - this.capacity);
	}

	/** Times in ns; `stages` adds up to the latency. Times of response never fall. */
	add(response: number, latency: number, type: number, queue: number, stages: readonly number[]): void {
		const slot = this.end++ % this.capacity;
		this.responses[slot] = response;
		this.latencies[slot] = latency;
		this.types[slot] = type;
		this.queues[slot] = queue;
		for (let i = 0; i < stageCount; i++) {
			this.stages[slot * stageCount + i] = stages[i];
		}
	}

	clear(): void {
		this.end = 0;
	}

	/** Number of the first command that was answered at `time` or later. */
	indexAt(time: number): number {
		let low = this.first;
		let high = this.end;
		while (low < high) {
			const middle = Math.floor((low + high) / 2);
			if (this.responses[middle % this.capacity] < time) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low;
	}

	response(index: number): number {
		return this.responses[index % this.capacity];
	}

	latency(index: number): number {
		return this.latencies[index % this.capacity];
	}

	type(index: number): number {
		return this.types[index % this.capacity];
	}

	queue(index: number): number {
		return this.queues[index % this.capacity];
	}

	stage(index: number, stage: number): number {
		return this.stages[(index % this.capacity) * stageCount + stage];
	}
}
