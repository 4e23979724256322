/** Steps of the host's threads, named after what the thread does next. */
export const step = {
	/** vCPU: runs guest code until something takes it out. */
	guest: 0,
	/** vCPU: an MMIO exit has reached QEMU; prepare_mmio_access takes the BQL. */
	mmioLock: 1,
	/** virtio_queue_notify with the BQL held. */
	mmioNotify: 2,
	mmioDone: 3,
	/** The way back from virtio_queue_notify has ended in bql_unlock. */
	mmioUnlock: 16,
	/** KVM found the ioeventfd: eventfd_signal. */
	eventfdSignal: 4,
	/** KVM has done what the exit was for. */
	kernelDone: 36,
	/** KVM_RUN: back to guest mode. */
	enter: 5,
	/** HLT has reached kvm_vcpu_halt. */
	halt: 6,
	haltSleep: 7,
	/** A halted vCPU thread was woken. */
	haltWoken: 8,
	/**
	TCG: takes the BQL to take an interrupt or to leave HLT (cpu_handle_interrupt, cpu_handle_halt).
	*/
	apicLock: 9,
	apicHeld: 10,
	apicDone: 11,
	/** TCG: PAUSE left translated code and wants the BQL. */
	pauseLock: 12,
	pauseHeld: 13,
	pauseDone: 14,
	/** A thread that slept on the BQL tries again. */
	bqlRetry: 15,
	/** A posted write to a mapped doorbell page is on its way to the device. */
	posted: 17,
	/** handle_pause: a pause-loop exit has reached kvm_vcpu_on_spin. */
	pauseYield: 18,
	/** A fault takes the vCPU off the host's CPUs, and gives it back. */
	preempted: 19,
	preemptionEnd: 29,

	/** Main loop: back from ppoll. */
	loopLock: 20,
	/** It has the BQL: what is ready now is this round's work. */
	beginRound: 28,
	/** Dispatches what is left of the round. */
	dispatch: 21,
	/** Before ppoll: is anything pending? */
	loopCheck: 22,
	/** virtqueue_pop done. */
	popped: 23,
	/** process_cmd of a command that leaves a fence is done. */
	served: 24,
	/** process_cmd and virtqueue_push are done. */
	used: 25,
	/** MSI stored. */
	notified: 26,
	/** virtqueue_push for a signalled fence is done. */
	fenceUsed: 27,
	/** TCG: the callback of a vCPU's local APIC timer has run. */
	timerRun: 35,

	/** Thread pool: takes a request; the disk has it, has written it; fsync has returned. */
	workerCb: 50,
	fsyncSubmitted: 51,
	fsyncWritten: 52,
	fsyncDone: 53,

	/** Other user of the BQL: woken, holds it, done. */
	otherLock: 30,
	otherHeld: 31,
	otherDone: 32,
	/** Other busy thread. */
	load: 33,
	/** Work of the rest of the machine ends. */
	backgroundDone: 34,

	/** Device worker: back from epoll_wait or the eventfd's read. */
	workerWoken: 40,
	/** Dispatches what is left of the round. */
	workerDispatch: 41,
	/** Before it waits: is anything pending? */
	workerCheck: 42,
	/** It has popped a command. */
	workerPopped: 43,
	/** The command is processed, and completes later. */
	workerServed: 44,
	/** It is processed and in the used ring. */
	workerUsed: 45,
	/** The response of a command that had to wait is in the used ring. */
	workerLateUsed: 46,
	/** The call eventfd (irqfd) is written. */
	workerSignalled: 47,
} as const;
