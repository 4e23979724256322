import {type Cpu} from './cpu.js';
import {accrueCpu, accrueThread} from './load-average.js';
import {type Thread} from './thread.js';

/** How much busier the previous CPU must be before a thread goes to its waker's: half of imbalance_pct 117 of a domain with a shared cache. */
const bias = 1.08;

/**
Where a waking thread goes: its previous CPU, unless its waker's has been clearly less
loaded over the last tens of milliseconds (wake_affine_weight). Nobody searches for an idle
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
