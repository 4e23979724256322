/** What somebody does, or whether somebody has something, in a stretch of a track. */
export const trackStates = [
	/** Nobody runs, sleeps, or the lock is free. */
	'idle',
	/** Runs. */
	'run',
	/** Runs and holds a qlock. */
	'hold',
	/** Spins for a lock. */
	'spin',
	/** A vCPU is out of the guest, or a thread rings a doorbell. */
	'exit',
	/** Waits for the BQL. */
	'bql',
	/** In the handler of a queue's interrupt. */
	'irq',
	/** Woken, and on its way. */
	'waking',
	/** Wants a CPU and has none. */
	'noCpu',
	/** Sleeps for room in the ring. */
	'room',
	/** Its vCPU is halted in kvm_wait. */
	'halt',
	/** Of a lock, or of a host CPU: `actor` has it. */
	'owned',
] as const;

export type TrackState = (typeof trackStates)[number];

/** [start, end) of a track, ns. */
export type Segment = {
	readonly start: number;
	readonly end: number;
	readonly state: TrackState;
	/**
	Whose it is where the state is `owned`; the number of the command that
	the server processes; else -1.
	*/
	readonly actor: number;
};

/** What a row of segments is of. */
export type TrackKind = 'hostCpu' | 'vcpu' | 'thread' | 'server' | 'lock' | 'bql';

/**
Segments without gaps over an excerpt, of one of a kind: `index` is the CPU,
the vCPU, the thread, the queue.
*/
export type Track = {readonly kind: TrackKind; readonly index: number; readonly segments: readonly Segment[]};

/**
Who can own and wait, by number: threads and interrupt handlers of the
guest, then the threads of the host.
*/
export type Actor = {
	readonly name: string;
	/** One character, for rows of owners. */
	readonly letter: string;
	readonly side: 'guest' | 'host';
	/** A vCPU thread of the host: its vCPU; else -1. */
	readonly vcpu: number;
};

/** What one has and others wait for. Numbered: the qlocks by queue, the BQL, the host's CPUs. */
export type Resource = {readonly kind: 'qlock' | 'bql' | 'cpu'; readonly name: string};

/** Somebody wants a resource, or room in a queue's ring, and does not get it. Times in ns. */
export type Wait = {
	/** Number of the resource; -1: room in the ring of `queue`. */
	readonly resource: number;
	readonly queue: number;
	readonly actor: number;
	readonly start: number;
	/** Of one that is not over: the end of the excerpt. */
	readonly end: number;
	readonly isOpen: boolean;
	/**
	What the holder was in at the first try (`LockHolders.waitedFor`);
	empty where that is not known.
	*/
	readonly met: string;
};

/** Somebody has a resource. Times in ns. */
export type Hold = {
	readonly resource: number;
	readonly actor: number;
	readonly start: number;
	readonly end: number;
	/** What a qlock was taken for: submit, notify, worker; of others empty. */
	readonly role: string;
	/** Where a guest's thread runs while it holds, else -1. */
	readonly vcpu: number;
};

/** A doorbell: from the write to the return. Times in ns. */
export type Ring = {
	readonly queue: number;
	readonly actor: number;
	readonly vcpu: number;
	readonly start: number;
	readonly end: number;
	readonly forced: boolean;
};

/** The life of a command; times in ns, -1: not in the excerpt. */
export type CommandLife = {
	readonly number: number;
	readonly queue: number;
	readonly type: number;
	readonly thread: number;
	started: number;
	published: number;
	/** The doorbell that tells of it is begun, and delivered. */
	rung: number;
	delivered: number;
	popped: number;
	serviceStart: number;
	/** Its processing has ended and left a fence. */
	fenced: number;
	used: number;
	/** The interrupt after it is taken. */
	irq: number;
	reaped: number;
	responded: number;
};

/** Something that lasts no time. */
export type Moment = {
	readonly kind: 'irq' | 'pop' | 'push' | 'fault';
	readonly time: number;
	readonly queue: number;
	/** vCPU of an interrupt, number of a command. */
	readonly of: number;
};

/** num_free of a queue from a time on, ns. */
export type FreeCount = {readonly time: number; readonly queue: number; readonly free: number};

/** What an operation on a queue is called and came to, for a list. */
export type Operation = {readonly time: number; readonly queue: number; readonly who: string; readonly text: string};

/** What happened over [from, to), ns. Lists are in the order of their ends. */
export type Excerpt = {
	readonly from: number;
	readonly to: number;
	readonly cast: readonly Actor[];
	readonly resources: readonly Resource[];
	readonly tracks: readonly Track[];
	readonly waits: readonly Wait[];
	readonly holds: readonly Hold[];
	readonly rings: readonly Ring[];
	readonly commands: readonly CommandLife[];
	readonly moments: readonly Moment[];
	readonly free: readonly FreeCount[];
	readonly operations: readonly Operation[];
	/** Names of request types by number, of queues by number. */
	readonly typeNames: readonly string[];
	readonly queueNames: readonly string[];
	/** Slots by queue. */
	readonly sizes: readonly number[];
	/** Who serves the device. */
	readonly serverName: string;
	readonly serverActor: number;
	/** What it cannot show, in a line; empty where it shows all. */
	readonly missing: string;
};
