import {type Term, term} from './term.js';

/** What a stall report and the tracks of a virtio-pmem name: drivers/nvdimm/nd_virtio.c. */
export const pmemTerms: readonly Term[] = [
	term(
		'pmem_lock',
		'The spinlock of the flush queue of a virtio-pmem, taken with interrupts off: to submit a flush, doorbell ' +
			'and all, and by virtio_pmem_host_ack in the interrupt handler.',
		'lock.acquisitions',
		'lock.spin.submitter',
		'lock.spin.worker',
	),
	term(
		'flush_lock',
		'The mutex that lets one flusher in at a time (Linux 7.0, driver.flushers=one-at-a-time): held from the ' +
			'submit until the host has answered.',
	),
	term(
		'req_list',
		'Flushers that sleep because the flush queue has no free slot; each used buffer wakes the first of them.',
		'ring.fullWaits',
	),
	term(
		'host_acked',
		'The wait queue of one flush: its thread sleeps there until virtio_pmem_host_ack has taken the answer back.',
		'latency.mean',
	),
	term(
		'worker_cb',
		"The function of QEMU's thread pool that does the fsync of a flush; done_cb answers it in the main loop.",
		'latency.stages.service.mean',
	),
];
