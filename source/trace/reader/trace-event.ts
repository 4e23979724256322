import {type CommandName} from '../../devices/gpu/commands.js';

/** Where a line stands: when, on which CPU, by whom. */
export type Envelope = {
	/** Ns since the reader's `base`; the line's clock is the recording's own. */
	readonly time: number;
	/** -1 where the format has none (QEMU logs name the thread only). */
	readonly cpu: number;
	readonly comm: string;
	/** Of the thread; -1 where the format has none. */
	readonly pid: number;
	/** The machine or file that the line says it is from, in reports of several; usually empty. */
	readonly machine: string;
	/**
	Preemption depth of ftrace's flags, above 0 with a spinlock held;
	null where the format has none.
	*/
	readonly depth: number | null;
};

/**
`virtio_gpu_cmd_queue` and `_response` (virtgpu_trace.h); the last two are null up to Linux 6.2.
*/
export type GpuCommandPayload = {
	readonly name: 'virtio_gpu_cmd_queue' | 'virtio_gpu_cmd_response';
	/** The kernel's number of the virtio device (`vdev`). */
	readonly device: number;
	/** 0 control, 1 cursor. */
	readonly queue: number;
	/** `enum virtio_gpu_ctrl_type`: of the request, or of the response. */
	readonly type: number;
	/** Bit 0: VIRTIO_GPU_FLAG_FENCE. */
	readonly flags: number;
	readonly fence: number;
	readonly context: number;
	readonly numFree: number | null;
	readonly seqno: number | null;
};

/** `workqueue_*` (include/trace/events/workqueue.h). */
export type WorkPayload = {
	readonly name:
		'workqueue_queue_work' | 'workqueue_activate_work' | 'workqueue_execute_start' | 'workqueue_execute_end';
	/**
	The work's function as it is printed, a name or a number; empty where older kernels have none.
	*/
	readonly work: string;
	/** Of its work_struct; empty where the format has none. */
	readonly address: string;
};

/** A virtual CPU's write to a device that KVM saw: to an address or to a port. */
export type KvmAccess = {readonly access: string; readonly address: string; readonly bytes: number};

/** What an event says. */
export type Payload =
	| GpuCommandPayload
	| {readonly name: 'irq_handler_entry'; readonly irq: number; readonly action: string}
	| {readonly name: 'irq_handler_exit'; readonly irq: number; readonly handled: boolean}
	| WorkPayload
	| {readonly name: 'contention_begin'; readonly lock: string; readonly flags: string}
	| {readonly name: 'contention_end'; readonly lock: string}
	| {
			readonly name: 'sched_switch';
			readonly previousComm: string;
			readonly previousPid: number;
			readonly previousState: string;
			readonly nextComm: string;
			readonly nextPid: number;
	  }
	| {
			readonly name: 'sched_wakeup' | 'sched_waking';
			readonly wokenComm: string;
			readonly wokenPid: number;
			readonly targetCpu: number;
	  }
	/**
	A probe on a function that rings the doorbell, and its return; `probe` is
	the name it has in the recording.
	*/
	| {
			readonly name: 'notify_in';
			readonly queue: number | null;
			readonly numFree: number | null;
			readonly function: string;
			readonly probe: string;
	  }
	| {readonly name: 'notify_out'; readonly caller: string; readonly function: string; readonly probe: string}
	| {readonly name: 'qlock_wait_begin' | 'qlock_wait_end'; readonly who: string; readonly holder: string}
	| {
			readonly name: 'dma_fence';
			readonly what: string;
			readonly driver: string;
			readonly timeline: string;
			readonly context: number;
			readonly seqno: number;
	  }
	| {readonly name: 'kvm_exit'; readonly vcpu: number; readonly reason: string}
	| {readonly name: 'kvm_entry'; readonly vcpu: number}
	| ({readonly name: 'kvm_mmio' | 'kvm_pio'} & KvmAccess)
	| {readonly name: 'kvm_fast_mmio'; readonly address: string}
	| {readonly name: 'kvm_msi_set_irq'; readonly destination: number; readonly vector: number}
	| {readonly name: 'kvm_userspace_exit'; readonly reason: string}
	| {readonly name: 'virtio_queue_notify'; readonly device: string; readonly queue: number; readonly vq: string}
	| {readonly name: 'virtqueue_pop'; readonly vq: string; readonly segmentsIn: number; readonly segmentsOut: number}
	| {readonly name: 'virtqueue_fill'; readonly vq: string}
	| {readonly name: 'virtqueue_flush'; readonly vq: string; readonly count: number}
	| {readonly name: 'virtio_notify'; readonly device: string; readonly vq: string}
	| {readonly name: 'gpu_command'; readonly command: CommandName}
	| {readonly name: 'gpu_fence'; readonly what: 'ctrl' | 'resp'; readonly fence: string}
	| {readonly name: 'bql'; readonly what: 'waiting' | 'taken' | 'released'; readonly mutex: string}
	/** An event that calibration has no use for. */
	| {readonly name: 'other'; readonly event: string};

/** A line of a recording that is an event. */
export type TraceEvent = Envelope & {readonly payload: Payload};
