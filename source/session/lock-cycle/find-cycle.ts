import {type LastEvents} from '../../tracking/last-events.js';
import {lockRole} from '../../tracepoints/tracepoints.js';

/** Somebody held the lock, and somebody may have waited meanwhile. Times in ns. */
export type Cycle = {
	readonly holder: number;
	readonly holdFrom: number;
	readonly holdTo: number;
	/** vCPU of the holder's last doorbell. */
	readonly holderVcpu: number;
	/** Length of the doorbell in the hold. */
	readonly doorbell: number;
	/** Who waited until the hold was over; undefined: nobody. */
	readonly waiter: number | undefined;
	readonly isWorker: boolean;
	readonly waitFrom: number;
	readonly waitTo: number;
	/** vCPU whose interrupt queued the work last. */
	readonly workerVcpu: number;
};

type Hold = {thread: number; role: number; from: number; to: number; doorbellFrom: number; doorbell: number};

/** The last cycles that are looked at. */
const most = 200;

/**
The cycles of the control queue's lock among the last events, oldest first: those that somebody
waited for, else all submissions.
*/
export function cyclesIn(events: LastEvents): readonly Cycle[] {
	const waited: Cycle[] = [];
	const plain: Cycle[] = [];
	const vcpuOf = new Map<number, number>();
	const waiting = new Map<number, number>();
	let hold: Hold | undefined;
	let last: Hold | undefined;
	let workerVcpu = 0;
	const cycleOf = (of: Hold, waiter: number | undefined, role: number, from: number, to: number): Cycle => ({
		holder: of.thread,
		holdFrom: of.from,
		holdTo: of.to,
		holderVcpu: vcpuOf.get(of.thread) ?? 0,
		doorbell: of.doorbell,
		waiter,
		isWorker: role === lockRole.worker,
		waitFrom: from,
		waitTo: to,
		workerVcpu,
	});
	events.each((name, time, actor, subject, value) => {
		const isControl = subject === 0;
		switch (name) {
			case 'lockContended': {
				if (isControl) {
					waiting.set(actor, time);
				}

				break;
			}

			case 'lockAcquired': {
				if (!isControl) {
					break;
				}

				const since = waiting.get(actor);
				waiting.delete(actor);
				if (since !== undefined && last !== undefined && last.to >= since && last.thread !== actor) {
					waited.push(cycleOf(last, actor, value, since, time));
				}

				hold = {thread: actor, role: value, from: time, to: time, doorbellFrom: -1, doorbell: 0};
				break;
			}

			case 'lockReleased': {
				if (isControl && hold !== undefined) {
					hold.to = time;
					last = hold;
					if (hold.role !== lockRole.worker) {
						plain.push(cycleOf(hold, undefined, hold.role, time, time));
					}

					hold = undefined;
				}

				break;
			}

			case 'doorbellStarted': {
				vcpuOf.set(actor, value >> 1);
				if (hold?.thread === actor) {
					hold.doorbellFrom = time;
				}

				break;
			}

			case 'doorbellReturned': {
				if (hold?.thread === actor && hold.doorbellFrom >= 0) {
					hold.doorbell = time - hold.doorbellFrom;
				}

				break;
			}

			case 'workQueued': {
				workerVcpu = isControl ? actor : workerVcpu;
				break;
			}

			default: {
				break;
			}
		}
	});
	const byWorker = waited.filter(({isWorker}) => isWorker);
	const chosen = byWorker.length > 0 ? byWorker : waited.length > 0 ? waited : plain;
	return chosen.slice(-most);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
The cycle that is nearest to the medians of hold, doorbell and wait; undefined when there is none.
*/
export function typicalCycle(cycles: readonly Cycle[]): Cycle | undefined {
	const figures = (cycle: Cycle) => [cycle.holdTo - cycle.holdFrom, cycle.doorbell, cycle.waitTo - cycle.waitFrom];
	const medians = [0, 1, 2].map(index => median(cycles.map(cycle => figures(cycle)[index])));
	const distance = (cycle: Cycle): number => {
		let sum = 0;
		for (const [index, value] of figures(cycle).entries()) {
			sum += Math.abs(value - medians[index]) / Math.max(1, medians[index]);
		}

		return sum;
	};

	let nearest: Cycle | undefined;
	let least = Infinity;
	for (const cycle of cycles) {
		const far = distance(cycle);
		if (far < least) {
			nearest = cycle;
			least = far;
		}
	}

	return nearest;
}
