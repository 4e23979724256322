import {numbered} from '../cpu/steps.js';
import {driverSteps} from '../devices/devices.js';

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

/**
Steps of the guest's threads: what the thread does next, those of
drivers named after their functions.
*/
export const step = numbered([...clientSteps, ...deferredFreeSteps, ...gracePeriodSteps, ...driverSteps]);
