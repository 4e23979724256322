import {type DeviceProfile, queueId} from '../profile.js';
import {commands} from './commands.js';

/**
Steps of a submitter and of a kworker in drivers/gpu/drm/virtio/virtgpu_vq.c: what the thread
does next. A step has the name of the function that it begins or goes on with; where several are
in one function a word follows.
*/
const driverSteps = {
	submission: [
		// spin_lock(qlock).
		'virtio_gpu_queue_ctrl_sgs',
		'virtio_gpu_queue_cursor',
		// It has the lock: is there room? Then fence and objects.
		'virtio_gpu_queue_fenced_ctrl_buffer',
		// virtqueue_add_sgs.
		'virtio_gpu_queue_ctrl_buffer_locked',
		// The doorbell of a refused add has returned.
		'virtqueue_add_notified',
		'virtqueue_kick_prepare',
		// The doorbell has returned, with the lock held or without it.
		'vp_notify_locked',
		'vp_notify_unlocked',
	],
	notify: [
		// The lockless look at pending_commands, spin_lock, the lock is
		// held, virtqueue_kick_prepare.
		'virtio_gpu_notify',
		'virtio_gpu_notify_lock',
		'virtio_gpu_notify_locked',
		'virtio_gpu_notify_prepare',
		// The doorbell has returned, with the lock held or without it.
		'virtio_gpu_notify_rung_locked',
		'virtio_gpu_notify_rung',
	],
	// A submitter: looks at its condition, has the lock of the list.
	ackQueue: ['wait_event_ack_queue', 'prepare_to_wait_event'],
	work: [
		// kworker: takes a work from its list.
		'process_one_work',
		// It has qlock, has taken used buffers back; a callback has returned.
		'virtio_gpu_dequeue_func',
		'reclaim_vbufs',
		'resp_cb',
		// virtio_gpu_cmd_get_edid_cb has display_info_lock; it has updated the property under it.
		'virtio_gpu_cmd_get_edid_cb_locked',
		'virtio_gpu_cmd_get_edid_cb_updated',
		// It has the lock of the list and wakes the next sleeper; all are awake.
		'wake_up_ack_queue',
		'virtio_gpu_dequeue_func_end',
	],
} as const;

/**
virtio-gpu: struct virtio_gpu_device with ctrlq and cursorq (virtgpu_drv.h), and
QEMU's hw/display/virtio-gpu.c.
*/
export const gpu = {
	name: 'virtio-gpu',
	kinds: ['2d', 'virgl'],
	queues: [
		{
			name: 'control',
			sizeKey: 'queue.size',
			lockName: 'ctrlq.qlock',
			lock: 'spin',
			kick: 'policy',
			room: 'rule',
			fullRing: 'wake-all',
			reaper: 'kworker',
			rearm: 'enable_cb',
			responses: true,
			fences: true,
			popsAll: true,
			callback: 'virtio_gpu_ctrl_ack',
			reapFunction: 'virtio_gpu_dequeue_ctrl_func',
			handler: 'virtio_gpu_handle_ctrl',
		},
		{
			name: 'cursor',
			sizeKey: 'queue.cursorSize',
			lockName: 'cursorq.qlock',
			lock: 'spin',
			kick: 'policy-each',
			room: 'add-first',
			fullRing: 'wake-all',
			reaper: 'kworker',
			rearm: 'enable_cb',
			responses: false,
			fences: false,
			popsAll: false,
			callback: 'virtio_gpu_cursor_ack',
			reapFunction: 'virtio_gpu_dequeue_cursor_func',
			handler: 'virtio_gpu_handle_cursor',
		},
	],
	requests: commands,
	driverSteps,
} as const satisfies DeviceProfile;

/** `ctrlq` and `cursorq`. */
export const controlQueue = queueId(gpu, 'control');
export const cursorQueue = queueId(gpu, 'cursor');
