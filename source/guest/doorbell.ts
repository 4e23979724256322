import {type Thread} from '../cpu/thread.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type DriverQueue} from './driver-queue.js';
import {type GuestCore} from './guest-core.js';

/**
Whether the device wants a doorbell for what was added (virtio_ring.c); with the queue's lock held.
*/
export function virtqueue_kick_prepare({probe}: GuestCore, thread: Thread, queue: DriverQueue): boolean {
	const added = queue.ring.numAdded > 0 ? 2 : 0;
	const needed = queue.ring.kickPrepare();
	probe.emit(tracepoint.kickPrepared, thread.id, queue.id, added + (needed ? 1 : 0));
	return needed;
}

/**
The doorbell: a write to the queue's notify address (virtio_pci_common.c). The thread goes on at
`next` once it is back in the guest.
*/
export function vp_notify(core: GuestCore, thread: Thread, queue: DriverQueue, next: number): void {
	ring(core, thread, queue, 0, next);
}

/**
The doorbell that a refused add rings by itself (virtqueue_add: "notify the other side
if there are outgoing buffers").
*/
export function virtqueue_add_notify(core: GuestCore, thread: Thread, queue: DriverQueue, next: number): void {
	ring(core, thread, queue, 1, next);
}

function ring(core: GuestCore, thread: Thread, queue: DriverQueue, forced: number, next: number): void {
	core.probe.emit(tracepoint.doorbellStarted, thread.id, queue.id, 2 * thread.cpu + forced);
	core.work(thread, 0, next);
	core.platform.doorbell(thread.cpu, queue.id);
}
