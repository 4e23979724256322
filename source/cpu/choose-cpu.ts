import {type Cpu} from './cpu.js';
import {accrueCpu, accrueThread} from './load-average.js';
import {type Thread} from './thread.js';

/** WA_BIAS: how much more load the waker's CPU may have and still be taken, half of what imbalance_pct 117 allows. */
const bias = 1.08;

/**
Where a waking thread goes: its previous CPU, unless its waker's would with the thread have had
no more load over the last tens of milliseconds than that without it (wake_affine_weight). Nobody searches for an idle
CPU: the scan that select_idle_cpu could make is cut short by SIS_UTIL as soon as the CPUs
have something to do, and is left out here altogether. Returns a number.
*/
export function chooseCpu(cpus: readonly Cpu[], thread: Thread, waker: number, now: number): number {
	if (thread.pinned >= 0) {
		return thread.pinned;
	}

	if (thread.moveTo >= 0) {
		const to = thread.moveTo;
		thread.moveTo = -1;
		return to;
	}

	const previous = cpus[thread.cpu];
	if (waker < 0 || waker === thread.cpu || previous.demand === 0) {
		return thread.cpu;
	}

	const here = cpus[waker];
	accrueThread(thread, now);
	accrueCpu(previous, now);
	accrueCpu(here, now);
	return here.load + thread.load < bias * (previous.load - thread.load) ? waker : thread.cpu;
}
