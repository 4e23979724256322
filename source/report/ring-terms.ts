import {type FieldTerm} from './field-term.js';

/** Words of the virtqueue, of telling the other side, and of the lock around it. */
export const ringTerms: readonly FieldTerm[] = [
	{
		name: 'virtqueue',
		subject: 'ring',
		also: ['queue'],
		meaning:
			'A ring of descriptors in memory that guest and host share: the driver puts requests in, the device ' +
			'takes them and hands them back. Each side may tell the other that there is something new, or leave ' +
			"it; the rules of that are most of vqlab's model.",
		see: ['queue.size', 'ring.numFree.mean'],
	},
	{
		name: 'descriptor',
		subject: 'ring',
		also: ['slot'],
		meaning:
			'An entry of the ring: where a piece of memory is and how long it is. A command takes two or three, ' +
			'or one with indirect descriptors.',
		see: ['queue.size', 'queue.indirect'],
	},
	{
		name: 'available ring',
		subject: 'ring',
		also: ['avail'],
		meaning: "The driver's side of a split virtqueue: what it has put there. avail->idx counts it.",
	},
	{
		name: 'used ring',
		subject: 'ring',
		meaning: "The device's side of a split virtqueue: what it has done with. used->idx counts it.",
	},
	{
		name: 'packed ring',
		subject: 'ring',
		meaning: 'A newer form of the virtqueue with one ring in place of three tables; each entry says whose it is.',
		see: ['queue.layout'],
	},
	{
		name: 'indirect descriptors',
		subject: 'ring',
		meaning: 'A command has a table of its own descriptors elsewhere and takes one slot of the ring.',
		see: ['queue.indirect'],
	},
	{
		name: 'num_free',
		subject: 'ring',
		meaning: 'Free descriptors of the ring. At 0 the driver sleeps until the device has given some back.',
		see: ['ring.numFree.min', 'ring.fullWaits', 'ring-full'],
	},
	{
		name: 'in flight',
		subject: 'ring',
		meaning: 'Commands that are on the ring and have not been taken back by the driver.',
		see: ['ring.inFlight.mean'],
	},
	{
		name: 'doorbell',
		subject: 'notification',
		also: ['kick', 'notify'],
		meaning:
			'The write to a device register by which the driver says "there is something in the ring". For the ' +
			'vCPU that writes it, it is a VM exit.',
		see: ['kicks.perSecond', 'kicks.perCommand', 'host.cost.exitUser'],
	},
	{
		name: 'ioeventfd',
		subject: 'notification',
		meaning:
			'A doorbell that the kernel answers by waking a thread, so that the vCPU goes on at once and does not' +
			' wait for QEMU.',
		see: ['host.ioeventfd'],
	},
	{
		name: 'event index',
		subject: 'notification',
		also: ['EVENT_IDX', 'notification suppression'],
		meaning:
			'Each side writes into the ring from which entry on it wants to be told. A doorbell or an interrupt ' +
			'that nobody needs is left out.',
		see: ['queue.eventIdx', 'kicks.suppressed'],
	},
	{
		name: 'interrupt',
		subject: 'notification',
		also: ['IRQ', 'MSI'],
		meaning:
			'The device\'s way to say "something is in the used ring". It runs the guest\'s interrupt handler, ' +
			'which wakes the dequeue worker.',
		see: ['irqs.perSecond', 'guest.irqVcpu'],
	},
	{
		name: 'lost kick',
		subject: 'notification',
		meaning: 'A doorbell that was needed and did not arrive. There is work in the ring and both sides sleep.',
		see: ['lost-kick'],
	},
	{
		name: 'spinlock',
		subject: 'lock',
		meaning:
			'A lock whose waiters do not sleep but try again and again. It is cheap when it is held shortly. When' +
			' its holder is stopped, as in a VM exit, everyone who waits burns a CPU.',
		see: ['driver.spinlock', 'lock.spin.total'],
	},
	{
		name: 'ctrlq.qlock',
		subject: 'lock',
		also: ['qlock'],
		meaning:
			"The driver's spinlock around the control queue: taken to put a command on it, to ring the doorbell " +
			'in older kernels, and by the dequeue worker.',
		see: ['driver.lockPolicy', 'lock.hold.mean', 'worker-spin'],
	},
	{
		name: 'dequeue worker',
		subject: 'lock',
		also: ['worker', 'virtio_gpu_dequeue_ctrl_func'],
		meaning:
			'The work function of the driver that takes finished commands from the used ring, under the lock, and' +
			' wakes who waits for them.',
		see: ['worker.runs', 'lock.spin.worker'],
	},
	{
		name: 'lock policy',
		subject: 'lock',
		meaning:
			'When the driver rings: under the lock, after it, or once for several commands. Linux did it each way' +
			' at some time.',
		see: ['driver.lockPolicy'],
	},
];
