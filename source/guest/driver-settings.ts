import {type ResolvedParameters} from '../parameters/configuration.js';
import {booleanOf, choiceOf, numberOf} from '../parameters/read.js';

export const lockPolicies = ['kick-under-lock', 'kick-after-unlock', 'kick-batched', 'kick-batched-under-lock'] as const;
export const roomRules = ['check-first', 'add-first'] as const;
export const fullRingRules = ['wait', 'busy-error'] as const;

export type LockPolicy = (typeof lockPolicies)[number];

/** What the driver does, by its kernel version. Read at each use, so a change acts at the next one. */
export class DriverSettings {
	/** A submit does not ring; the client's notify does. */
	batched = false;
	/** The doorbell is written before the lock is released. */
	ringUnderLock = false;
	/** `check-first`: room is looked for before the add (Linux 5.7 and later). */
	checkFirst = true;
	/** A command that finds no room is given up instead of waiting. */
	busyError = false;
	/** Linux 5.5 and 5.6: room is checked for 2 + the data's segments and waited for until 3 slots are free. */
	waitBug = false;
	/** Every SUBMIT_3D gets a fence, whether somebody waits for it or not. */
	fenceEverySubmit = false;
	/** Where the queues' interrupts go: control, cursor. */
	readonly irqVcpu = new Int32Array(2);

	constructor(parameters: ResolvedParameters) {
		this.update(parameters);
	}

	update(parameters: ResolvedParameters): void {
		const policy = choiceOf(parameters, 'driver.lockPolicy', lockPolicies);
		this.batched = policy === 'kick-batched' || policy === 'kick-batched-under-lock';
		this.ringUnderLock = policy === 'kick-under-lock' || policy === 'kick-batched-under-lock';
		this.checkFirst = choiceOf(parameters, 'driver.roomRule', roomRules) === 'check-first';
		this.busyError = choiceOf(parameters, 'driver.fullRing', fullRingRules) === 'busy-error';
		this.waitBug = booleanOf(parameters, 'driver.waitBug');
		this.fenceEverySubmit = booleanOf(parameters, 'driver.fenceEverySubmit');
		this.irqVcpu[0] = numberOf(parameters, 'guest.irqVcpu');
		this.irqVcpu[1] = numberOf(parameters, 'guest.cursorIrqVcpu');
	}
}
