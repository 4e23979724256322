/** Threads that are remembered. */
const mostThreads = 4096;

/** By thread: the queue that it submitted to last, for doorbell probes that do not fetch it. */
export class LatestQueues {
	private readonly byThread = new Map<number, number>();

	/** Undefined for a thread that has not submitted. */
	of(thread: number): number | undefined {
		return this.byThread.get(thread);
	}

	set(thread: number, queue: number): void {
		if (this.byThread.size >= mostThreads && !this.byThread.has(thread)) {
			this.byThread.delete(this.byThread.keys().next().value ?? 0);
		}

		this.byThread.set(thread, queue);
	}
}
