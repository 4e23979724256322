import {isEligible} from './eevdf.js';
import {type CpuSet} from './cpu-set.js';
import {type Thread} from './thread.js';

/**
yield_to: the running thread gives way to one that waits for a CPU, and both CPUs choose anew
(kernel/sched/fair.c yield_to_task_fair, yield_task_fair).

- `linux-6.18`: an eligible yielder forfeits what is left of its slice (its vruntime becomes its
  deadline: 79104becf42b), and the target is its queue's next buddy, which runs next if it is
  eligible (PICK_BUDDY: 2a77e4be12cb).
- `linux-6.6` (to 6.17): the yielder's deadline moves a slice on and nothing else, without bound: a
  thread that yields again and again gets behind everything that wakes up meanwhile for as many
  slices. The buddy is looked at only with NEXT_BUDDY, which is off.
*/
export function yieldTo(set: CpuSet, thread: Thread, target: Thread): void {
	const {timeslice, yieldRule} = set.settings;
	const cpu = set.cpus[thread.cpu];
	const theirs = set.cpus[target.cpu];
	set.account(thread);
	if (yieldRule === 'linux-6.6') {
		thread.deadline += timeslice;
	} else {
		theirs.buddy = target.id;
		if (cpu.queued > 0 && isEligible(cpu, set.threads, thread)) {
			thread.vruntime = thread.deadline;
			thread.deadline += timeslice;
		}
	}

	set.chooseAnew(cpu);
	set.chooseAnew(theirs);
}
