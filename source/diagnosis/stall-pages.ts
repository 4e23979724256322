import {type StallKind} from '../simulation/stall.js';
import {type FindingPage} from './finding-page.js';

/**
The page of each kind of stall. A kind without a page does not compile.
*/
export const stallPages: Readonly<Record<StallKind, FindingPage>> = {
	'lost-kick': {
		meaning:
			'Commands are visible in the ring and the host does not know: the doorbell was lost, or was ' +
			'suppressed when it was needed. The host sleeps, the guest waits for responses or for room.',
		evidence:
			'stall.ring.unpopped is above 0; stall.lastKick is when a doorbell last rang. The avail index is ' +
			'past avail_event.',
		helps:
			'Any later doorbell delivers all that waits. A correct event index check on both sides ' +
			'(virtqueue_kick_prepare, virtio_queue_set_notification).',
		neverHelps:
			'queue.size, timeouts in the host: it is not told of anything. A larger ring only takes longer to fill.',
	},
	'lost-irq': {
		meaning:
			'The host has put used buffers in the ring and the guest does not know: the interrupt was lost, or ' +
			'was suppressed when it was needed.',
		evidence: 'stall.ring.unreaped is above 0; stall.lastIrq is when the handler was last entered.',
		helps: 'Any later interrupt reaps all that waits. virtqueue_enable_cb checked again after the drain.',
		neverHelps: 'queue.size, more doorbells once the ring is full: nobody can submit.',
	},
	'impossible-request': {
		meaning:
			'A command wants more descriptors than it can ever get: more than the ring has, or a chain that the ' +
			'device refuses. Its thread waits for ever.',
		evidence: 'stall.waits names the thread and the slots that it wants; stall.ring has the state of the ring.',
		helps:
			'queue.size above the chain, queue.indirect=on with a driver that counts one slot for it, smaller or ' +
			'fewer memory entries.',
		neverHelps: 'Waiting, host CPUs, driver.lockPolicy: room for it never comes.',
	},
	'wait-condition': {
		meaning:
			'A thread sleeps on a condition that was true before it slept, or that nobody will say again: the ' +
			'wake-up came between check and sleep.',
		evidence: 'stall.waits names who sleeps on what; the ring has room, or the response is there.',
		helps: 'The check and the sleep under one lock, as wait_event does it (driver.roomRule).',
		neverHelps: 'queue.size beyond hiding it for longer.',
	},
	livelock: {
		meaning:
			'Nothing was completed for 100 ms while a vCPU spins or a thread runs: everybody is busy and nobody ' +
			'gets on.',
		evidence: 'throughput.completed stays 0 while cpu.vcpus[i].spin or cpu.mainLoop does not.',
		helps:
			'A host CPU for the lock holder: host.cpus, a waiter that halts (driver.spinlock=pv-qspinlock), shorter ' +
			'time slices.',
		neverHelps: 'queue.size; more vCPUs, which spin as well.',
	},
	'fence-lost': {
		meaning:
			'A fenced command was processed and its fence never signals: its response never comes, and who ' +
			'waits for it waits for ever.',
		evidence: 'The command is popped and not used; the host is idle.',
		helps: 'A reset of the device. In a real host: a renderer that is alive, and one time line a context.',
		neverHelps: 'device.fencePoll: what is polled does not change. queue.size.',
	},
	unknown: {
		meaning: 'The run cannot go on and fits none of the kinds.',
		evidence: 'stall has who waits for what, and the state of the ring.',
		helps: 'vqlab export --to perfetto of the time before stall.at shows how it came about.',
		neverHelps: 'Waiting.',
	},
};
