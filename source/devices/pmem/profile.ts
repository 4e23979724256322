import {type DeviceProfile, queueId, type RequestType} from '../profile.js';

/**
VIRTIO_PMEM_REQ_TYPE_FLUSH (include/uapi/linux/virtio_pmem.h): a type of 4 bytes,
answered by a return code of 4.
*/
export const pmemRequests = [
	{name: 'FLUSH', queue: 'flush', responseBytes: 4},
] as const satisfies readonly RequestType[];

/** Steps of a flusher in drivers/nvdimm/nd_virtio.c, by function: what the thread does next. */
const driverSteps = {
	flush: [
		// Entered; flush_lock comes first where the driver has it.
		'virtio_pmem_flush',
		// It has flush_lock or needs none: spin_lock_irqsave(pmem_lock).
		'spin_lock_irqsave_pmem_lock',
		// It has pmem_lock.
		'virtqueue_add_sgs_flush',
		'virtqueue_kick_flush',
		// The doorbell has returned, with pmem_lock held.
		'vp_notify_flush',
		// wait_event(host_acked): is the request done? Has the lock of that wait queue; the
		// same once more to leave it.
		'wait_event_host_acked',
		'prepare_to_wait_host_acked',
		// schedule(): it has left its vCPU, unless it was woken on the way.
		'schedule_host_acked',
		'finish_wait_host_acked',
		'finish_wait_host_acked_locked',
		// wait_event(wq_buf): it was first on req_list and a slot is free.
		'wait_event_wq_buf',
		'virtio_pmem_flush_end',
	],
	flushLock: [
		// mutex_lock(flush_lock): tries, spins on the owner, sleeps; woken.
		'mutex_optimistic_spin',
		'mutex_lock_woken',
	],
} as const;

/**
virtio-pmem: struct virtio_pmem with its one queue (drivers/nvdimm/virtio_pmem.h), and
QEMU's hw/virtio/virtio-pmem.c.
*/
export const pmem = {
	name: 'virtio-pmem',
	kinds: ['pmem'],
	queues: [
		{
			name: 'flush',
			sizeKey: 'queue.flushSize',
			lockName: 'pmem_lock',
			lock: 'irqsave',
			kick: 'inside',
			room: 'add-first',
			fullRing: 'wake-one',
			reaper: 'hard-irq',
			rearm: 'never-off',
			responses: true,
			fences: false,
			popsAll: false,
			callback: 'virtio_pmem_host_ack',
			reapFunction: 'virtio_pmem_host_ack',
			handler: 'virtio_pmem_flush',
		},
	],
	requests: pmemRequests,
	driverSteps,
} as const satisfies DeviceProfile;

/** `req_vq`. */
export const flushQueue = queueId(pmem, 'flush');
