import {type Choice} from '../../parameters/parameter.js';

/** Values of `host.backend`. */
export const backendChoices: readonly Choice[] = [
	{
		value: 'qemu',
		words: 'The device runs in QEMU\'s main loop under the BQL: pop everything, then process one by one.',
		functions: 'virtio_gpu_handle_ctrl_cb, virtio_gpu_ctrl_bh, virtio_gpu_process_cmdq, virtio_gpu_ctrl_response',
		versions: 'QEMU 5.2 to 10.0 as read',
		moves: 'nothing: it is what the other figures are compared with',
		noHelp: 'it is the default',
		source: 'QEMU hw/display/virtio-gpu.c',
	},
	{
		value: 'vhost-user-gpu',
		words: 'A process of its own pops one command, processes it, returns it and interrupts, then pops the next; no BQL.',
		functions: 'vg_handle_ctrl, vg_ctrl_response (vu_queue_push, vu_queue_notify), vg_wait_ok',
		versions: 'QEMU contrib/vhost-user-gpu, with -device vhost-user-gpu-pci',
		moves: 'the doorbell from an exit to QEMU with a wait for the BQL to an eventfd; a flush of a dmabuf then waits for QEMU\'s answer (host.cost.displayAnswer)',
		noHelp: 'when the time goes into the commands themselves: they cost the same there',
		source: 'QEMU contrib/vhost-user-gpu/vhost-user-gpu.c',
	},
	{
		value: 'crosvm',
		words: 'A gpu worker thread pops and processes one command after another and interrupts once when the queue is empty.',
		functions: 'Worker::run, Frontend::process_queue, signal_used',
		versions: 'crosvm at 005a2515 as read',
		moves: 'interrupts from one a command to one a drain, and the doorbell to an eventfd; the first responses of a drain wait for its end',
		noHelp: 'with one command in flight: every drain is one command',
		source: 'crosvm devices/src/virtio/gpu/mod.rs',
	},
	{
		value: 'libkrun',
		words: 'As crosvm, but EVENT_IDX is not offered, the cursor queue is never read, and the device is virtio-mmio: two exits to the VMM an interrupt.',
		functions: 'Worker::work, Worker::process_queue, try_signal_used_queue',
		versions: 'libkrun at 03fd8a6b as read',
		moves: 'suppressed kicks into exits: every kick_prepare rings; interrupts come also while the guest has turned them off, and each is two exits more',
		noHelp: 'where the doorbells are the problem',
		source: 'libkrun src/devices/src/virtio/gpu/worker.rs, mmio.rs; Linux virtio_mmio.c vm_interrupt',
	},
	{
		value: 'mapped',
		words: 'The doorbell page belongs to hardware and is mapped into the guest: a doorbell is a posted write and no exit.',
		functions: 'vhost_vdpa_fault, vhost_mdev mmap of the notification area; posted MSI',
		versions: 'vDPA and vhost-mdev devices; no virtio-gpu hardware is known',
		moves: 'the doorbell out of the host: what is left of it under the lock is host.cost.postedWrite',
		noHelp: 'when the device itself is the slow part',
		source: 'Linux drivers/vhost/vdpa.c vhost_vdpa_mmap',
	},
];
