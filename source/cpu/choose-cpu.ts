import {type Cpu} from './cpu.js';
import {type Thread} from './thread.js';

/**
Where a waking thread goes: its previous CPU, or its waker's if fewer threads want that one.
Nobody searches for an idle CPU (select_task_rq_fair where CPUs share no cache). Returns a number.
*/
export function chooseCpu(cpus: readonly Cpu[], thread: Thread, waker: number): number {
	if (thread.pinned >= 0) {
		return thread.pinned;
	}

	if (waker >= 0 && waker !== thread.cpu && cpus[waker].demand < cpus[thread.cpu].demand) {
		return waker;
	}

	return thread.cpu;
}
