import {type Cpu} from '../cpu/cpu.js';
import {type QueueId} from '../devices/profile.js';
import {type DriverQueue} from './driver-queue.js';
import {type DeferredFree} from './rcu/deferred-free.js';
import {type GuestCore} from './guest-core.js';
import {type GuestPart} from './guest-part.js';
import {type ParkingPlace} from './parking-place.js';
import {type Responses} from './responses.js';
import {type Submitter} from './submitter.js';

/** What a driver is made of. */
export type DriverParts = {
	readonly core: GuestCore;
	readonly responses: Responses;
	readonly submitters: readonly Submitter[];
	readonly parking: ParkingPlace;
	readonly frees: DeferredFree;
};

/**
A device's driver in the guest: from a client's command to its doorbell, and from
the interrupt to the response.
*/
export type Driver = {
	/** By name, as in the steps of the device's profile. */
	readonly parts: Readonly<Record<string, GuestPart>>;
	/** The step at which a client's thread hands a command of this queue over. */
	entry(queue: QueueId): number;
	/** Memory for a command: its number in the pool. */
	allocate(): number;
	/** Whether a command of this type asks for a fence whatever its client says. */
	fencesAlways(type: number): boolean;
	/** Time of a client's write between two commands, ns. */
	writeTime(): number;
	/**
	The virtqueue's callback, in its interrupt handler on this vCPU, when something is used. True
	when it has begun a piece of work, at whose end it is called again.
	*/
	callback(queue: DriverQueue, cpu: Cpu): boolean;
	/** Used buffers are being taken back, or will be. */
	isBusy(queue: DriverQueue): boolean;
};
