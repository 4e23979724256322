import {numbered} from '../cpu/steps.js';

/** vCPU threads: the ways out of the guest and back. */
const vcpuSteps = [
	// Runs guest code until something takes it out.
	'guest',
	// An MMIO exit has reached QEMU; prepare_mmio_access takes the BQL.
	'mmioLock',
	// virtio_queue_notify with the BQL held.
	'mmioNotify',
	'mmioDone',
	// The way back from virtio_queue_notify has ended in bql_unlock.
	'mmioUnlock',
	// KVM found the ioeventfd: eventfd_signal.
	'eventfdSignal',
	// A posted write to a mapped doorbell page is on its way to the device.
	'posted',
	// KVM has done what the exit was for.
	'kernelDone',
	// KVM_RUN: back to guest mode.
	'enter',
	// HLT has reached kvm_vcpu_halt.
	'halt',
	'haltSleep',
	// A halted vCPU thread was woken.
	'haltWoken',
	// handle_pause: a pause-loop exit has reached kvm_vcpu_on_spin.
	'pauseYield',
	// A fault takes the vCPU off the host's CPUs, and gives it back.
	'preempted',
	'preemptionEnd',
] as const;

/** vCPU threads under TCG. */
const tcgSteps = [
	// Takes the BQL to take an interrupt or to leave HLT (cpu_handle_interrupt, cpu_handle_halt).
	'apicLock',
	'apicHeld',
	'apicDone',
	// PAUSE left translated code and wants the BQL.
	'pauseLock',
	'pauseHeld',
	'pauseDone',
] as const;

/** QEMU's main loop. */
const mainLoopSteps = [
	// Back from ppoll.
	'loopLock',
	// It has the BQL: what is ready now is this round's work.
	'beginRound',
	// Dispatches what is left of the round.
	'dispatch',
	// Before ppoll: is anything pending?
	'loopCheck',
	// virtqueue_pop done.
	'popped',
	// process_cmd of a command that leaves a fence is done.
	'served',
	// process_cmd and virtqueue_push are done.
	'used',
	// MSI stored.
	'notified',
	// virtqueue_push for a signalled fence is done.
	'fenceUsed',
	// TCG: the callback of a vCPU's local APIC timer has run.
	'timerRun',
] as const;

/**
A thread of QEMU's pool: takes a request; the disk has it, has written it; fsync has returned.
*/
const poolSteps = ['workerCb', 'fsyncSubmitted', 'fsyncWritten', 'fsyncDone'] as const;

/** A device worker. */
const workerSteps = [
	// Back from epoll_wait or the eventfd's read.
	'workerWoken',
	// Dispatches what is left of the round.
	'workerDispatch',
	// Before it waits: is anything pending?
	'workerCheck',
	// It has popped a command.
	'workerPopped',
	// The command is processed, and completes later.
	'workerServed',
	// It is processed and in the used ring.
	'workerUsed',
	// The response of a command that had to wait is in the used ring.
	'workerLateUsed',
	// The call eventfd (irqfd) is written.
	'workerSignalled',
] as const;

/** Any other thread of the host. */
const otherSteps = [
	// A thread that slept on the BQL tries again.
	'bqlRetry',
	// Other user of the BQL: woken, holds it, done.
	'otherLock',
	'otherHeld',
	'otherDone',
	// Other busy thread.
	'load',
	// Work of the rest of the machine ends.
	'backgroundDone',
] as const;

/** Steps of the host's threads, named after what the thread does next. */
export const step = numbered([
	...vcpuSteps,
	...tcgSteps,
	...mainLoopSteps,
	...poolSteps,
	...workerSteps,
	...otherSteps,
]);
