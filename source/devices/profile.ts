import {type Brand} from '../engine/brand.js';

/** A queue's number: its place in the profile of its device. */
export type QueueId = Brand<'queue'>;

/** What a driver does with one of its virtqueues, and what its functions are called. */
export type QueueProfile = {
	/** As presets, reports and tracepoints call it. */
	readonly name: string;
	/** Parameter of its slots. */
	readonly sizeKey: 'queue.size' | 'queue.cursorSize' | 'queue.flushSize';
	/** Its lock, as lock_stat and a reader of the driver know it. */
	readonly lockName: string;
	/**
	`irqsave`: who holds it takes no interrupt on its CPU, and the interrupt handler takes it too.
	*/
	readonly lock: 'spin' | 'irqsave';
	/**
	Where the doorbell is rung: as `driver.lockPolicy` says, the same without its
	batches, or always with the lock held.
	*/
	readonly kick: 'policy' | 'policy-each' | 'inside';
	/** Whether `driver.roomRule` holds here; without it the driver adds and sees. */
	readonly room: 'rule' | 'add-first';
	/**
	A full ring: sleep on a wait queue that is woken once a drain, or on a list of
	which each used buffer wakes one.
	*/
	readonly fullRing: 'wake-all' | 'wake-one';
	/**
	Who takes used buffers back: a work on the vCPU of the interrupt, or the interrupt handler.
	*/
	readonly reaper: 'kworker' | 'hard-irq';
	/**
	How callbacks are armed again after a drain; `never-off`: the driver does not disable them.
	*/
	readonly rearm: 'enable_cb' | 'never-off';
	/** The device answers: a client can wait for it. */
	readonly responses: boolean;
	/** A request may leave a fence. */
	readonly fences: boolean;
	/** The VMM takes all requests from the ring before it works on the first. */
	readonly popsAll: boolean;
	/** Driver: callback of the queue's interrupt, and the function that takes buffers back. */
	readonly callback: string;
	readonly reapFunction: string;
	/** VMM: handler of the queue's kick. */
	readonly handler: string;
};

/** The name of a request of some device. */
export type RequestName = string;

/** A request that the device takes. */
export type RequestType = {
	readonly name: string;
	/** Name of its queue. */
	readonly queue: string;
	/** Bytes of the answer; 0: none. */
	readonly responseBytes: number;
};

/**
A device as data: what the guest's driver and the VMM have in common with those of every other
device, and what their functions are called. Guest and host loop over `queues`.
*/
export type DeviceProfile = {
	readonly name: string;
	/** Values of `device.kind` that are this device. */
	readonly kinds: readonly string[];
	readonly queues: readonly QueueProfile[];
	readonly requests: readonly RequestType[];
	/**
	By part of the driver: steps of a guest thread there, named after the functions
	that it begins or goes on with.
	*/
	readonly driverSteps: Readonly<Record<string, readonly string[]>>;
};

/** The ids of a device's queues, in the order of its profile. */
export function queueIds({queues}: Pick<DeviceProfile, 'queues'>): readonly QueueId[] {
	return queues.map((_, id) => id as QueueId);
}

/** The id of a device's queue by name. Throws for a name that it has not. */
export function queueId({queues}: Pick<DeviceProfile, 'queues'>, name: string): QueueId {
	const id = queues.findIndex(queue => queue.name === name);
	if (id === -1) {
		throw new Error(`there is no queue ${name}`);
	}

	return id as QueueId;
}
