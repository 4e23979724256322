import {type Thread} from '../cpu/thread.js';
import {type GuestCore} from './guest-core.js';
import {type Submitter} from './submitter.js';

/** Where submitters stop before a lock while the device is being reset. */
export class ParkingPlace {
	/** The device is being reset. */
	isClosed = false;
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];

	constructor(core: GuestCore, submitters: readonly Submitter[]) {
		this.core = core;
		this.submitters = submitters;
	}

	/** Stops the thread if the device is being reset; it goes on at `resumeAt`. True if it did. */
	park(thread: Thread, submitter: Submitter, resumeAt: number): boolean {
		if (!this.isClosed) {
			return false;
		}

		submitter.parked = true;
		submitter.slotsChecked = 0;
		this.core.sleep(thread, resumeAt);
		return true;
	}

	/** Lets the parked submitters go on. */
	open(): void {
		this.isClosed = false;
		for (const [id, submitter] of this.submitters.entries()) {
			if (submitter.parked) {
				submitter.parked = false;
				this.core.wake(this.core.cpus.threads[id], this.core.costs.contextSwitch.draw(), -1);
			}
		}
	}
}
