/** A number, or null where it has no meaning here (0/0, no such queue, no such clients). */
export type Figure = number | null;

/** Latencies and lock times in us. */
export type Summary = {readonly mean: Figure; readonly p50: Figure; readonly p90: Figure; readonly p99: Figure; readonly max: Figure};

/** Stages of a command's life, in order (docs/contract.md, section 5). */
export const stageNames = [
	'backlog',
	'prepare',
	'lockWait',
	'ringWait',
	'submit',
	'notifyDelay',
	'doorbell',
	'hostWake',
	'hostQueue',
	'service',
	'fence',
	'irqDelay',
	'workerDelay',
	'workerLockWait',
	'reap',
	'response',
] as const;

export type StageName = (typeof stageNames)[number];

export const holderPhases = ['submit', 'notify', 'doorbell', 'forced', 'worker'] as const;
export const waiterRoles = ['submit', 'notify', 'worker'] as const;

/**
What may stand still: who serves the device, the processing of commands (renderer_blocked), a vCPU; and what
waits after a doorbell or an MSI was lost, until the next one of the queue.
*/
export const pauseNames = ['hostPause', 'rendererBlock', 'vcpuPreempt', 'lostKick', 'lostIrq'] as const;

export type PauseName = (typeof pauseNames)[number];

/** Single causes that a command may wait for (docs/contract.md, section 6); the pauses are the last ones. */
export const waitNames = ['lock', 'room', 'bql', 'fence', 'poll', 'otherClients', 'workerRun', ...pauseNames] as const;

export type WaitName = (typeof waitNames)[number];

/** Number a second; share of time; responses (of both queues) per second of a pause; the longest one: its length in us, and its start in s of simulated time. */
export type Pause = {readonly perSecond: number; readonly share: number; readonly completed: Figure; readonly longest: Figure; readonly at: Figure};

/** Mean in us; share of the mean latency; mean in us over the commands at or above p99. */
export type Stage = {readonly mean: Figure; readonly share: Figure; readonly tail: Figure};

export type Latency = Summary & {
	readonly p999: Figure;
	/** From publication to response: what the guest's tracepoints show. */
	readonly traced: Summary;
	readonly stages: Readonly<Record<StageName, Stage>>;
	readonly waits: Readonly<Record<WaitName, Stage>>;
	/** Commands measured. */
	readonly count: number;
	/** Commands without a response that are older at the end than 10 x the median response. */
	readonly unfinished: number;
};

export type LockMetrics = {
	readonly acquisitions: number;
	readonly contended: number;
	readonly spin: {readonly worker: number; readonly submitter: number; readonly total: number};
	readonly halted: number;
	readonly contentionShare: number;
	readonly waits: {
		readonly workerOnNotify: number;
		readonly workerOther: number;
		readonly submitterOnNotify: number;
		readonly submitterOther: number;
	};
	/** holder, then waiter: contended acquisitions per second and spin in ms/s. */
	readonly matrix: Readonly<Record<(typeof holderPhases)[number], Readonly<Record<(typeof waiterRoles)[number], {readonly count: number; readonly spin: number}>>>>;
	readonly hold: Summary;
	readonly wait: Summary;
};

/** The figures of one queue. */
export type QueueMetrics = {
	readonly throughput: {readonly asked: number; readonly submitted: number; readonly completed: number};
	readonly kicks: {readonly perSecond: number; readonly perCommand: Figure; readonly suppressed: number; readonly forced: number};
	readonly irqs: {readonly perSecond: number; readonly perCommand: Figure; readonly spurious: number; readonly sent: number};
	readonly worker: {readonly runs: number; readonly batch: Figure; readonly runTime: Summary & {readonly hogged: number}; readonly hogged: number};
	readonly lock: LockMetrics;
	readonly ring: {
		readonly numFree: {readonly mean: Figure; readonly min: Figure; readonly max: Figure; readonly atAdd: Figure};
		readonly inFlight: {readonly mean: Figure; readonly max: Figure};
		readonly fullWaits: number;
		readonly busyErrors: number;
	};
	readonly latency: Latency;
};

export type VcpuShares = {
	readonly guest: number;
	readonly spin: number;
	readonly exit: number;
	readonly poll: number;
	readonly blocked: number;
	readonly idle: number;
	readonly stolen: number;
};

/** All metrics of a stretch of a run, as docs/contract.md, section 4 defines them. */
export type Metrics = QueueMetrics & {
	readonly exits: {
		readonly perSecond: Figure;
		readonly perCommand: Figure;
		readonly user: Figure;
		readonly kernel: Figure;
		readonly halt: Figure;
		readonly pause: Figure;
	};
	/** Null with a backend that has no BQL (crosvm, libkrun). */
	readonly bql: {
		readonly waitPerSecond: Figure;
		readonly holdShare: Figure;
		readonly byHolder: {readonly mainLoop: Figure; readonly vcpus: Figure; readonly other: Figure};
	};
	readonly cpu: {readonly vcpus: readonly VcpuShares[]; readonly vcpusBusy: number; readonly mainLoop: number};
	readonly pauses: Readonly<Record<PauseName, Pause>>;
	/** Null without paced clients. */
	readonly frames: Readonly<Record<string, {readonly perSecond: number; readonly missed: number; readonly time: Summary}>> | null;
	/** Null without cursor clients. */
	readonly cursor: QueueMetrics | null;
};
