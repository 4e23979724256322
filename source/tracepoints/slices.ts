/**
Lanes that slices lie on: of each kind one for every thread, vCPU or queue that `by` says (`actor`
and `subject` of the tracepoint that opens the slice), or a single one.
*/
export const lanes = {
	thread: {by: 'actor'},
	/** Interrupt handlers of a vCPU. */
	irq: {by: 'actor'},
	vcpu: {by: 'actor'},
	/** Owners of a queue's `qlock`. */
	lock: {by: 'subject'},
	/** The thread that serves the device: QEMU's main loop, or the worker of another backend. */
	server: {by: 'one'},
	/** Whether it has a host CPU. */
	serverCpu: {by: 'one'},
	/** Owners of the BQL. */
	bql: {by: 'one'},
} as const satisfies Readonly<Record<string, {readonly by: 'actor' | 'subject' | 'one'}>>;

export type LaneKind = keyof typeof lanes;

type Slice = {
	readonly lane: LaneKind;
	/** Only a tracepoint with the same subject closes it. */
	readonly keyed?: true;
};

/**
What can be under way on a lane. Slices nest: what is opened inside a slice ends with it at the
latest. Which tracepoints open and close them stands in the table of tracepoints.
*/
export const slices = {
	/** A client prepares a command, up to its spin_lock. */
	prepare: {lane: 'thread'},
	/** It sleeps on `ack_queue`, up to its next spin_lock. */
	roomWait: {lane: 'thread'},
	/** It waits for `qlock`. */
	spin: {lane: 'thread', keyed: true},
	/** kvm_wait: its vCPU is halted meanwhile. */
	halt: {lane: 'thread'},
	/** It holds `qlock`. */
	hold: {lane: 'thread', keyed: true},
	doorbell: {lane: 'thread'},
	/** The dequeue work function. */
	work: {lane: 'thread'},
	irq: {lane: 'irq'},
	/** `qlock` is held, on the lane of the lock. */
	owner: {lane: 'lock'},
	/** The server drains a queue. */
	pass: {lane: 'server'},
	/** It processes a command. */
	service: {lane: 'server', keyed: true},
	onCpu: {lane: 'serverCpu'},
	bql: {lane: 'bql'},
	/** What a vCPU does. */
	vcpuState: {lane: 'vcpu'},
} as const satisfies Readonly<Record<string, Slice>>;

export type SliceName = keyof typeof slices;
