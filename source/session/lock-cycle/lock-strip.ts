import {type LastEvents} from '../../tracking/last-events.js';
import {type Cycle, cyclesIn, typicalCycle} from './find-cycle.js';
import {type CycleLanes, lanesOf} from './cycle-lanes.js';

/**
One typical cycle of the lock, drawn from the last events of the run, with means
over all of them. Times in ns.
*/
export type LockStrip = CycleLanes & {
	/** Where the cycle begins and ends; the lanes go on around it. */
	readonly from: number;
	readonly to: number;
	readonly held: number;
	/** In the hold. */
	readonly doorbell: number;
	readonly wait: number;
	/** Somebody waited in it. */
	readonly isWaited: boolean;
};

function meanOf(cycles: readonly Cycle[], length: (cycle: Cycle) => number): number {
	let sum = 0;
	for (const cycle of cycles) {
		sum += length(cycle);
	}

	return cycles.length === 0 ? 0 : sum / cycles.length;
}

/**
A picture of the lock from the last events of a run; null when nobody has taken it.
`server`: who serves the device.
*/
export function lockStrip(events: LastEvents, server: string): LockStrip | null {
	const cycles = cyclesIn(events);
	const cycle = typicalCycle(cycles);
	if (cycle === undefined) {
		return null;
	}

	const from = Math.min(cycle.holdFrom, cycle.waitFrom);
	const to = Math.max(cycle.holdTo, cycle.waitTo, from + 1000);
	const beside = (to - from) * 2;
	return {
		...lanesOf(events, cycle, server, from - beside, to + beside),
		from,
		to,
		held: meanOf(cycles, ({holdFrom, holdTo}) => holdTo - holdFrom),
		doorbell: meanOf(cycles, ({doorbell}) => doorbell),
		wait: meanOf(cycles, ({waitFrom, waitTo}) => waitTo - waitFrom),
		isWaited: cycle.waiter !== undefined,
	};
}
