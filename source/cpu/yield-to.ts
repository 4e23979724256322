import {type CpuSet} from './cpu-set.js';
import {type Thread} from './thread.js';

/**
yield_to: the running thread gives way to one that waits for a CPU. Under EEVDF there is no more to it than that the
yielder's deadline moves a slice on and both CPUs choose anew (yield_to_task_fair of Linux 6.12: the next buddy, which it
sets, is looked at only with NEXT_BUDDY, which is off). So `target` runs if it is eligible, and the yielder goes on if it is not.
*/
export function yieldTo(set: CpuSet, thread: Thread, target: Thread): void {
	thread.deadline += set.settings.timeslice;
	set.chooseAnew(set.cpus[thread.cpu]);
	set.chooseAnew(set.cpus[target.cpu]);
}
