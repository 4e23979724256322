import {microsecond, type Parameter} from '../parameters/parameter.js';
import {spreadAbout, spreads, withSpread} from '../parameters/spread.js';
import {edidPropertyChoices, lockPolicyChoices, roomRuleChoices, spinlockChoices} from './driver-choices.js';

/** What the guest driver does: drivers/gpu/drm/virtio/virtgpu_vq.c. */
export const driverParameters = [
	{
		key: 'driver.lockPolicy',
		label: 'lock policy',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: lockPolicyChoices,
		default: 'kick-batched',
		provenance: {
			kind: 'source code',
			source: 'Linux 5.7 and later, virtio_gpu_queue_ctrl_sgs and virtio_gpu_notify',
		},
		knob: {
			by: 'driver',
			how: 'a guest kernel with that order of unlock and virtqueue_notify, or a patch of virtgpu_vq.c',
		},
		words:
			'Where the driver rings the doorbell, seen from ctrlq.qlock. A doorbell is a VM exit that may wait for ' +
			'the BQL, so everybody who wants the lock waits for it when it is rung inside.',
		effect: 'next-use',
		metrics: ['lock.waits.workerOnNotify', 'lock.spin.worker', 'lock.hold.p99', 'kicks.perCommand'],
	},
	{
		key: 'driver.roomRule',
		label: 'room rule',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: roomRuleChoices,
		default: 'check-first',
		provenance: {kind: 'source code', source: 'Linux 5.7 and later, virtio_gpu_queue_ctrl_sgs: num_free < elemcnt'},
		knob: {by: 'driver', how: 'a guest kernel with that check of num_free, or a patch of virtgpu_vq.c'},
		words: 'What the control queue does when the ring lacks room. The cursor queue adds first in every kernel.',
		effect: 'next-use',
		metrics: ['ring.fullWaits', 'kicks.forced', 'lock.waits.submitterOnNotify'],
	},
	{
		key: 'driver.spinlock',
		label: 'spinlock',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: spinlockChoices,
		default: 'pv-qspinlock',
		provenance: {
			kind: 'source code',
			source:
				'Linux kvm_spinlock_init: PV spinlocks when the host offers PV_UNHALT and the guest has more than ' +
				'one CPU',
		},
		knob: {by: 'kernel', how: 'the guest: nopvspin on the command line, hv or kvm-hint-dedicated of the CPU model'},
		words:
			'How a guest CPU waits for ctrlq.qlock and cursorq.qlock. It decides who gets the lock next and whether ' +
			'the waiter burns a host CPU that the holder needs.',
		effect: 'restart',
		metrics: ['lock.spin.total', 'lock.halted', 'lock.wait.p99'],
	},
	{
		key: 'driver.fullRing',
		label: 'full ring',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: [
			{
				value: 'wait',
				sets: {busyError: false},
				words: 'The submitter sleeps on ack_queue until the worker has made room.',
				functions: 'wait_event(ctrlq.ack_queue), wake_up in virtio_gpu_dequeue_ctrl_func',
				versions: 'every Linux',
				moves: 'queueing from the ring into sleeping submitters, woken once a worker run, after all responses',
				noHelp: 'in a context that must not sleep',
				source: 'Linux virtgpu_vq.c',
			},
			{
				value: 'busy-error',
				sets: {busyError: true},
				words: 'The command is refused and dropped, and the client goes on.',
				functions: 'QueueBusy of a driver that cannot sleep',
				versions: 'no Linux driver; rcore-os virtio-drivers, panic paths',
				moves: 'waiting into lost commands: the ring becomes a loss system',
				noHelp: 'when commands must not be lost; it shortens no queue that a slow host fills',
				source: 'rcore-os virtio-drivers, QueueBusy',
			},
		],
		default: 'wait',
		provenance: {kind: 'source code', source: 'Linux virtgpu_vq.c: wait_event on ack_queue'},
		knob: {by: 'driver', how: 'a patch of virtio_gpu_queue_ctrl_sgs: wait_event or an error'},
		words:
			'What happens to a command for which the ring has no room. Shows only when num_free reaches the number ' +
			'of slots that a command needs.',
		effect: 'next-use',
		metrics: ['ring.fullWaits', 'ring.busyErrors'],
	},
	{
		key: 'driver.waitBug',
		sets: 'waitBug',
		label: 'wait bug',
		group: 'driver',
		type: 'boolean',
		unit: 'on or off',
		default: false,
		provenance: {
			kind: 'source code',
			source:
				'Linux 5.5 and 5.6, virtio_gpu_queue_fenced_ctrl_buffer; fixed by ' +
				'<20200205181955.202485-2-olvaffe@gmail.com>',
		},
		knob: {by: 'driver', how: 'a guest kernel without it: Linux 5.7 and later'},
		words:
			'The control queue checks for 2 + n free slots, n the segments of the data, and waits until 3 are free. ' +
			'In between the submitter goes round lock, check and unlock and never sleeps.',
		effect: 'next-use',
		metrics: ['lock.acquisitions', 'lock.spin.worker', 'latency.stages.ringWait.mean'],
	},
	{
		key: 'driver.fenceEverySubmit',
		sets: 'fenceEverySubmit',
		label: 'fence every submit',
		group: 'driver',
		type: 'boolean',
		unit: 'on or off',
		default: false,
		provenance: {
			kind: 'source code',
			source: 'Linux 70d1ace56db6 drm/virtio: conditionally allocate virtio_gpu_fence: off; on before it',
		},
		knob: {by: 'driver', how: 'a guest kernel or client that asks for fewer fences'},
		words:
			'Gives every SUBMIT_3D a fence, whether anybody asks for one or not. A fence that nobody waits for ' +
			'still goes through the fence queue and raises an interrupt.',
		effect: 'next-use',
		metrics: ['irqs.perCommand', 'latency.stages.fence.mean'],
	},
	{
		key: 'driver.edidProperty',
		label: 'EDID property',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: edidPropertyChoices,
		default: 'before-lock',
		provenance: {
			kind: 'source code',
			source: 'Linux 41de4be6f6ef drm/virtio: move drm_connector_update_edid_property() call',
		},
		knob: {by: 'driver', how: 'a guest kernel from 5.2 on: drm_connector_update_edid_property before the lock'},
		words:
			'Where the response to GET_EDID updates the EDID property of the connector, seen from ' +
			'display_info_lock. The update may sleep, and under a spinlock nothing may.',
		effect: 'next-use',
		metrics: ['worker.runTime.p99'],
	},
	{
		key: 'driver.fenceWork',
		sets: 'fenceWork',
		label: 'fence work',
		group: 'driver',
		type: 'distribution',
		unit: 'duration an object',
		min: 0,
		max: 100 * microsecond,
		default: spreadAbout(150, spreads.guestCode),
		provenance: withSpread(
			{kind: 'assumed', source: 'a fence slot of a reservation object: a few cache lines; no published figure'},
			spreads.guestCode,
		),
		words:
			'Time to add a fence to one buffer object (virtio_gpu_array_add_fence). It is spent with ctrlq.qlock ' +
			'held, so the hold grows with the objects.',
		effect: 'next-use',
		metrics: ['lock.hold.p50', 'lock.spin.total'],
	},
] as const satisfies readonly Parameter[];
