import {holdDoubles} from '../engine/double-fields.js';

/** The latest moments of a queue's host pass and worker run, which many commands share. */
export class QueueMoments {
	/** Doorbell that will trigger the next pass: start and delivery; -1: none yet. */
	nextDoorbell = -1;
	nextDelivered = -1;
	doorbell = -1;
	delivered = -1;
	pass = -1;
	irq = -1;
	irqOfWork = -1;
	irqOfRun = -1;
	work = -1;
	locked = -1;
	drained = -1;

	constructor() {
		holdDoubles(
			this,
			'nextDoorbell',
			'nextDelivered',
			'doorbell',
			'delivered',
			'pass',
			'irq',
			'irqOfWork',
			'irqOfRun',
			'work',
			'locked',
			'drained',
		);
	}
}
