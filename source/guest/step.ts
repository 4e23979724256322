import {numbered} from '../cpu/steps.js';

/** Steps of a client around its submissions. */
export const clientSteps = [
	// Waits for its next round to be due.
	'beginRound',
	'nextCommand',
	// The step of the loop is over; its wait is.
	'endBatch',
	'batchWaited',
	// The round's wait.
	'waitForRound',
	'endRound',
] as const;

/** Softirq: frees what a grace period has released. */
export const deferredFreeSteps = ['rcuDoBatch', 'rcuDoBatchEnd'] as const;

/** rcu_gp_kthread: woken, has the lock of its wait queue, has done its work. */
export const gracePeriodSteps = ['graceWake', 'graceLocked', 'graceEnd'] as const;

const commonSteps = [...clientSteps, ...deferredFreeSteps, ...gracePeriodSteps] as const;

/** Steps of the guest's threads whatever the device: what the thread does next. */
export const step = numbered(commonSteps);

type Parts = Readonly<Record<string, readonly string[]>>;
type NameOf<Of extends Parts> = Of[keyof Of][number];

/**
The same with the steps of a driver behind them, by its parts; they are named after its functions.
*/
export function stepsWith<const Of extends Parts>(
	driverSteps: Of,
): Readonly<Record<(typeof commonSteps)[number] | NameOf<Of>, number>> {
	const own = Object.values<readonly string[]>(driverSteps).flat() as ReadonlyArray<NameOf<Of>>;
	return numbered([...commonSteps, ...own]);
}
