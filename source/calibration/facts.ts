/**
Waits for the lock of that queue: ms per second that the worker and that submitters wait, waits per
second, and those of them for a holder inside virtqueue_notify.
*/
export type LockFacts = {
	readonly worker: number;
	readonly submitter: number;
	readonly waits: number;
	readonly onNotify: number;
};

/**
What a recording and a simulation of it are compared by, for the queue that most of the
load is on. Times in ns, ascending; rates per second. Null: not in the recording.
*/
export type Facts = {
	/** 0 control, 1 cursor. */
	readonly queue: number;
	readonly commands: number;
	/** ns from the first command to the last. */
	readonly span: number;
	readonly throughput: number;
	/** From publication to response. */
	readonly latencies: readonly number[];
	readonly kicksPerCommand: number | null;
	readonly irqsPerCommand: number | null;
	/** Slots free after each add, ascending. */
	readonly numFree: readonly number[];
	readonly lock: LockFacts | null;
};

/** The value at a rank of an ascending list, nearest rank; null for an empty list. */
export function rankOf(ascending: readonly number[], rank: number): number | null {
	return ascending.length === 0
		? null
		: ascending[Math.min(ascending.length - 1, Math.floor(rank * ascending.length))];
}

/**
Largest distance between two empirical distribution functions, 0 to 1
(Kolmogorov-Smirnov); null when one is empty.
*/
export function distributionDistance(a: readonly number[], b: readonly number[]): number | null {
	if (a.length === 0 || b.length === 0) {
		return null;
	}

	let distance = 0;
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		const value = Math.min(a[i], b[j]);
		while (i < a.length && a[i] <= value) {
			i++;
		}

		while (j < b.length && b[j] <= value) {
			j++;
		}

		distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
	}

	return distance;
}
