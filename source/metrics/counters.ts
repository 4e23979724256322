import {vcpuStateNames} from '../tracepoints/tracepoints.js';
import {
	holderPhases, pauseNames, stageNames, waiterRoles, waitNames,
} from './metrics.js';

/** Cells of `lock.matrix`: holder phase times waiter role. */
export const matrixCells = holderPhases.length * waiterRoles.length;

/** Counters of one queue, as offsets into its block. Times in ns, integrals in slots (or commands) times ns. */
export const queueCounter = {
	submitted: 0,
	completed: 1,
	kicks: 2,
	suppressed: 3,
	forced: 4,
	irqs: 5,
	spurious: 6,
	msis: 7,
	workerRuns: 8,
	workerBuffers: 9,
	acquisitions: 10,
	contended: 11,
	spinWorker: 12,
	spinSubmitter: 13,
	halted: 14,
	contention: 15,
	workerOnNotify: 16,
	workerOther: 17,
	submitterOnNotify: 18,
	submitterOther: 19,
	fullWaits: 20,
	busyErrors: 21,
	freeIntegral: 22,
	inFlightIntegral: 23,
	freeAtAdd: 24,
	adds: 25,
	latency: 26,
	latencies: 27,
	asked: 28,
	hogged: 29,
	matrixCount: 30,
	matrixSpin: 30 + matrixCells,
	stages: 30 + 2 * matrixCells,
	waits: 30 + 2 * matrixCells + stageNames.length,
} as const;

const queueBlock = queueCounter.waits + waitNames.length;

/** Counters that belong to no queue. */
export const sharedCounter = {
	exitUser: 0,
	exitKernel: 1,
	exitHalt: 2,
	exitPause: 3,
	bqlWait: 4,
	bqlMainLoop: 5,
	bqlVcpus: 6,
	bqlOther: 7,
	mainLoop: 8,
	/** By kind of pause: how many began, their time, responses in it. */
	pauses: 9,
	vcpus: 9 + 3 * pauseNames.length,
} as const;

/** States of a vCPU, as in `vcpuState`. */
export const vcpuStates = vcpuStateNames.length;

/** Where each counter of a run stands in one array of numbers. All only grow. */
export class CounterLayout {
	readonly vcpus: number;
	readonly clients: number;
	readonly length: number;

	constructor(vcpus: number, clients: number) {
		this.vcpus = vcpus;
		this.clients = clients;
		this.length = this.frames(clients);
	}

	queue(queue: number): number {
		return queue * queueBlock;
	}

	get shared(): number {
		return 2 * queueBlock;
	}

	vcpu(vcpu: number): number {
		return this.shared + sharedCounter.vcpus + vcpu * vcpuStates;
	}

	/** Two counters a client: vblanks with a new frame, and vblanks without one. */
	frames(client: number): number {
		return this.vcpu(this.vcpus) + 2 * client;
	}
}
