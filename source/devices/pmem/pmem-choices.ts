import {type Choice} from '../../parameters/parameter.js';

/** The value of `device.kind` that is a virtio-pmem. */
export const pmemKinds = [
	{
		value: 'pmem',
		sets: {virgl: false},
		words:
			'No GPU: a virtio-pmem, whose clients write to its memory and flush; each flush is an fsync of the file ' +
			'behind it.',
		functions: 'virtio_pmem_flush, worker_cb, done_cb; nd_virtio.c virtio_pmem_flush, virtio_pmem_host_ack',
		versions: 'Linux 5.3 and later, QEMU 4.1 and later: virtio-pmem-pci',
		moves: "the work into QEMU's thread pool; the guest's interrupt handler takes the lock of its submitters",
		noHelp: "no key of the GPU's driver acts on it",
		source: 'Linux drivers/nvdimm/nd_virtio.c, QEMU hw/virtio/virtio-pmem.c',
	},
] as const satisfies readonly Choice[];

/** Values of `driver.flushers`, oldest first. */
export const flusherChoices = [
	{
		value: 'any-number',
		sets: {oneAtATime: false},
		words: 'Every thread that flushes has a request of its own in the ring.',
		functions: 'virtio_pmem_flush: pmem_lock only',
		versions: "Linux 5.3 to 6.19; of Debian's 6.12 up to 6.12.73",
		moves: 'waiting into the host: fsyncs overlap, and interrupts merge',
		noHelp: 'with one flusher',
		source: 'Linux drivers/nvdimm/nd_virtio.c',
	},
	{
		value: 'one-at-a-time',
		sets: {oneAtATime: true},
		words: 'A flusher holds flush_lock from its submit until the host has answered.',
		functions: 'virtio_pmem_flush: flush_lock around it',
		versions: 'Linux 7.0 and later (a9ba6733c7f1), also in stable trees: 6.12.86',
		moves: 'waiting from the host to a mutex of the guest; each flush has an interrupt',
		noHelp: 'to flush more: it is there for correctness',
		source: 'Linux a9ba6733c7f1',
	},
] as const satisfies readonly Choice[];

/** Values of `device.interrupt`. */
export const interruptChoices = [
	{
		value: 'msix',
		sets: {isrReads: 0},
		words: 'The interrupt is a message; the handler touches no register.',
		functions: 'vp_vring_interrupt',
		versions: 'a device with MSI-X vectors',
		moves: 'nothing',
		noHelp: 'where the handler is not the problem',
		source: 'Linux drivers/virtio/virtio_pci_common.c',
	},
	{
		value: 'intx',
		sets: {isrReads: 1},
		words: 'The handler reads the ISR status register of the device first: an exit to the VMM, under the BQL.',
		functions: 'vp_interrupt, virtio_pci_isr_read',
		versions: 'virtio-pmem-pci of QEMU 7.2 as measured',
		moves: 'an access of a register into each interrupt',
		noHelp: 'it is no choice of the user: vectors are a property of the device',
		source: 'Linux drivers/virtio/virtio_pci_common.c vp_interrupt',
	},
] as const satisfies readonly Choice[];

/** Values of `device.backing`. */
export const backingChoices = [
	{
		value: 'disk',
		sets: {onDisk: true},
		words:
			'The file is on a disk, which writes for one fsync after another; an fsync writes all pages ' +
			'that are dirty when its turn comes.',
		functions: 'fsync of ext4',
		versions: 'any file on a disk',
		moves: 'the time of a flush into the disk (device.cost.FLUSH, device.cost.perPage)',
		noHelp: 'flushing from more threads, beyond one that is always at the disk',
		source: 'test/testbed/pmem-cells.json',
	},
	{
		value: 'tmpfs',
		sets: {onDisk: false},
		words: 'The file is in memory: an fsync returns at once (device.cost.FLUSH.tmpfs).',
		functions: 'noop_fsync',
		versions: 'a file in /dev/shm',
		moves: 'the time of a flush into the way there and back',
		noHelp: 'to keep anything over a power failure',
		source: 'Linux mm/shmem.c',
	},
] as const satisfies readonly Choice[];
