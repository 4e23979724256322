import {Histogram} from '../engine/histogram.js';
import {lockRole} from '../tracepoints/tracepoints.js';
import {holdDoubles} from '../engine/double-fields.js';
import {queueCounter} from './counters.js';
import {waiterRoles} from './metric-names.js';
import {matrixCells} from './rows/lock-rows.js';

const {
	halted,
	contention,
	contended,
	matrixSpin,
	matrixCount,
	spinWorker,
	spinSubmitter,
	workerOnNotify,
	workerOther,
	submitterOnNotify,
	submitterOther,
	acquisitions,
} = queueCounter;

/** Holder phases, as in `holderPhases`: submit, notify, doorbell, forced, worker. */
const phase = {doorbell: 2, forced: 3, worker: 4} as const;

/** Follows one qlock: who holds it and in which phase, who waits for whom and for how long. */
export class LockTracker {
	readonly hold = new Histogram();
	readonly wait = new Histogram();
	private readonly counters: Float64Array;
	private readonly base: number;
	private owner = -1;
	private phase = 0;
	/** Phase before the doorbell, to come back to. */
	private role = 0;
	private taken = 0;
	/** By thread: its cell of the matrix, when it began to wait, when it last halted. */
	private readonly cells: Int32Array;
	private readonly since: Float64Array;
	/** By cell: threads that spin because of it. */
	private readonly spinning = new Int32Array(matrixCells);
	private spinners = 0;
	private halted = 0;
	private settled = 0;

	constructor(counters: Float64Array, base: number, threads: number) {
		this.counters = counters;
		this.base = base;
		this.cells = new Int32Array(threads).fill(-1);
		this.since = new Float64Array(threads);
		holdDoubles(this, 'settled');
	}

	get isContended(): boolean {
		return this.spinners > 0;
	}

	/** Brings the open intervals up to `time`. */
	settle(time: number): void {
		const passed = time - this.settled;
		this.settled = time;
		if (passed === 0 || this.spinners + this.halted === 0) {
			return;
		}

		const {counters, base, spinning} = this;
		counters[base + halted] += this.halted * passed;
		if (this.spinners === 0) {
			return;
		}

		counters[base + contention] += passed;
		for (let cell = 0; cell < matrixCells; cell++) {
			if (spinning[cell] > 0) {
				const spin = spinning[cell] * passed;
				counters[base + matrixSpin + cell] += spin;
				counters[base + (cell % waiterRoles.length === lockRole.worker ? spinWorker : spinSubmitter)] += spin;
			}
		}
	}

	contended(time: number, thread: number, role: number): void {
		this.settle(time);
		const {counters, base} = this;
		// A lock that nobody holds but that another waiter is next for counts
		// as held by what it will be.
		const cell = this.phase * waiterRoles.length + role;
		const onNotify = this.phase === phase.doorbell || this.phase === phase.forced;
		counters[base + contended]++;
		counters[base + matrixCount + cell]++;
		if (role === lockRole.worker) {
			counters[base + (onNotify ? workerOnNotify : workerOther)]++;
		} else {
			counters[base + (onNotify ? submitterOnNotify : submitterOther)]++;
		}

		this.cells[thread] = cell;
		this.since[thread] = time;
		this.spinning[cell]++;
		this.spinners++;
	}

	acquired(time: number, thread: number, role: number): void {
		const cell = this.cells[thread];
		if (cell >= 0) {
			this.settle(time);
			this.spinning[cell]--;
			this.spinners--;
			this.cells[thread] = -1;
			this.wait.add(time - this.since[thread]);
		}

		this.counters[this.base + acquisitions]++;
		this.owner = thread;
		this.role = role === lockRole.worker ? phase.worker : role;
		this.phase = this.role;
		this.taken = time;
	}

	released(time: number): void {
		this.owner = -1;
		this.hold.add(time - this.taken);
	}

	halt(time: number, thread: number): void {
		this.settle(time);
		this.spinning[this.cells[thread]]--;
		this.spinners--;
		this.halted++;
	}

	resume(time: number, thread: number): void {
		this.settle(time);
		this.spinning[this.cells[thread]]++;
		this.spinners++;
		this.halted--;
	}

	/** The holder may be the one that rings. */
	doorbell(thread: number, forced: boolean): void {
		if (thread === this.owner) {
			this.phase = forced ? phase.forced : phase.doorbell;
		}
	}

	doorbellReturned(thread: number): void {
		if (thread === this.owner) {
			this.phase = this.role;
		}
	}

	restart(): void {
		this.hold.clear();
		this.wait.clear();
	}
}
