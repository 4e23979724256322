import {type Choice} from '../parameters/parameter.js';

/**
Values of `driver.lockPolicy`, oldest first. `batched`: a submit does not ring, the client's notify
does; `ringUnderLock`: the doorbell is written before the lock is released.
*/
export const lockPolicyChoices = [
	{
		value: 'kick-under-lock',
		sets: {batched: false, ringUnderLock: true},
		words: 'Every command prepares and rings with ctrlq.qlock held.',
		functions: 'virtqueue_kick inside spin_lock(&vgdev->ctrlq.qlock), in virtio_gpu_queue_ctrl_buffer_locked',
		versions: 'Linux up to 5.4',
		moves:
			'the doorbell (VM exit, BQL wait) into the lock hold: the dequeue worker and other submitters spin for ' +
			'as long as it lasts',
		noHelp:
			"never; harmless only with one vCPU at work, with the IRQ on the submitter's vCPU, or when the doorbell " +
			'is short (ioeventfd)',
		source: 'Chia-I Wu, <20190711023959.170158-1-olvaffe@gmail.com>; Linux v5.4 virtgpu_vq.c',
	},
	{
		value: 'kick-after-unlock',
		sets: {batched: false, ringUnderLock: false},
		words: 'Every command prepares with the lock held and rings after it is released.',
		functions: 'virtqueue_kick_prepare inside ctrlq.qlock, virtqueue_notify outside',
		versions: 'Linux 5.5 (5.6 with a flag around the primary plane)',
		moves: 'the doorbell out of the lock hold; the submitter itself pays for it as before',
		noHelp:
			'when nobody wants the lock during a doorbell: throughput of a lone submitter with host CPUs to spare ' +
			'stays the same',
		source: '744583ecc3d7 drm/virtio: notify virtqueues without holding spinlock',
	},
	{
		value: 'kick-batched',
		sets: {batched: true, ringUnderLock: false},
		words: 'A command does not ring; an explicit notify takes the lock again to prepare, and rings outside.',
		functions:
			'virtio_gpu_queue_ctrl_sgs counts pending_commands; virtio_gpu_notify does kick_prepare inside ' +
			'ctrlq.qlock, virtqueue_notify outside',
		versions: 'Linux 5.7 to today (read up to 6.12)',
		moves:
			'several doorbells into one a batch, and one more lock round trip a notify; the first commands of a ' +
			'batch wait for its end (notifyDelay)',
		noHelp: 'when every batch is one command: it then costs a lock round trip more and saves no doorbell',
		source: 'Gerd Hoffmann, series of six patches of 2020-02-14, in Linux 5.7',
	},
	{
		value: 'kick-batched-under-lock',
		sets: {batched: true, ringUnderLock: true},
		words: 'As kick-batched, but the doorbell is rung before the lock is released.',
		functions: 'kick_prepare and virtqueue_notify inside ctrlq.qlock, in virtio_gpu_notify',
		versions: 'in no kernel; measured on a rebuilt 6.12.117',
		moves: 'the doorbell of a batch back into the lock hold',
		noHelp: 'never; it tells the gain of batching from the gain of leaving the lock',
		source: 'measured on a rebuilt driver, policy p3',
	},
] as const satisfies readonly Choice[];

/** Values of `driver.roomRule`. `checkFirst`: room is looked for before the add. */
export const roomRuleChoices = [
	{
		value: 'check-first',
		sets: {checkFirst: true},
		words: 'With too little room: unlock, explicit notify, sleep until the slots that the command needs are free.',
		functions:
			'virtio_gpu_queue_ctrl_sgs: num_free < elemcnt, virtio_gpu_notify, wait_event(ack_queue, num_free ' +
			'>= elemcnt)',
		versions: 'Linux 5.7 and later',
		moves: 'the doorbell of a full ring out of the lock',
		noHelp: 'when the ring is never full',
		source: 'Linux 6.12 virtgpu_vq.c',
	},
	{
		value: 'add-first',
		sets: {checkFirst: false},
		words:
			'Unfenced commands try to add, fenced ones want 3 free slots; a refusal rings under the lock, and the ' +
			'sleep ends with 3 free.',
		functions:
			'virtqueue_add_split calls vq->notify itself when it lacks room; wait_event(ack_queue, num_free >= 3)',
		versions: 'Linux up to 5.6; cursorq in every kernel',
		moves: 'a doorbell into the lock at every full ring, whatever the lock policy',
		noHelp: 'when the ring is never full; with indirect descriptors 2 of its slots stay unused by fenced commands',
		source: 'Linux 744583ecc3d7 virtgpu_vq.c; virtio_ring.c virtqueue_add_split',
	},
] as const satisfies readonly Choice[];

/** Values of `driver.spinlock`. */
export const spinlockChoices = [
	{
		value: 'pv-qspinlock',
		words: 'Waiters queue, spin guest.cost.spinThreshold times and halt; the unlocker wakes them with a hypercall.',
		functions: '__pv_queued_spin_lock_slowpath, kvm_wait, kvm_kick_cpu',
		versions: 'Linux guests on KVM with PV_UNHALT and more than one CPU',
		moves:
			'long spins into halts: the host CPU is free for the holder, the unlocker pays a hypercall ' +
			'(guest.cost.pvKick)',
		noHelp: 'when waits are shorter than the threshold, or host CPUs are not scarce',
		source: 'Linux kernel/locking/qspinlock_paravirt.h, arch/x86/kernel/kvm.c',
	},
	{
		value: 'qspinlock',
		words: 'Waiters queue and spin until it is their turn: first come, first served.',
		functions: 'queued_spin_lock_slowpath',
		versions: 'bare metal, KVM with KVM_HINTS_REALTIME',
		moves: 'whole waits into spinning, in order of arrival',
		noHelp: 'when a waiter at the head is preempted: all behind it wait for that vCPU',
		source: 'Linux kernel/locking/qspinlock.c',
	},
	{
		value: 'test-and-set',
		words: 'Waiters spin on the lock word and the fastest gets it: unfair, with no queue.',
		functions: 'virt_spin_lock',
		versions: 'guests without PV_UNHALT (TCG among them)',
		moves: 'order of arrival into luck: the releaser often takes the lock again',
		noHelp: 'when a waiter must not starve; it does spare the wait for a preempted head of the queue',
		source: 'Linux arch/x86/include/asm/qspinlock.h, virt_spin_lock',
	},
] as const satisfies readonly Choice[];

/** Values of `driver.edidProperty`, oldest first. */
export const edidPropertyChoices = [
	{
		value: 'under-lock',
		sets: {edidUnderLock: true},
		words: 'The property is updated with display_info_lock held, by a function that may sleep.',
		functions:
			'drm_connector_update_edid_property inside spin_lock(&vgdev->display_info_lock), in ' +
			'virtio_gpu_cmd_get_edid_cb',
		versions: 'Linux 5.0 and 5.1',
		moves:
			'a mutex and an allocation into a spinlock: "sleeping function called from invalid context" ' +
			'(sleep-in-atomic)',
		noHelp: 'never; it goes unseen without CONFIG_DEBUG_ATOMIC_SLEEP until the update does sleep',
		source: 'Linux v5.0 virtgpu_vq.c, virtio_gpu_cmd_get_edid_cb',
	},
	{
		value: 'before-lock',
		sets: {edidUnderLock: false},
		words: 'The property is updated before the lock is taken; under it only the pointers are exchanged.',
		functions:
			'drm_connector_update_edid_property, then spin_lock(&vgdev->display_info_lock), in ' +
			'virtio_gpu_cmd_get_edid_cb',
		versions: 'Linux from 41de4be6f6ef on',
		moves: 'the update out of the lock; the worker takes as long as before',
		noHelp: 'when no display asks for its EDID',
		source: '41de4be6f6ef drm/virtio: move drm_connector_update_edid_property() call',
	},
] as const satisfies readonly Choice[];
