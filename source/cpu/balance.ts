import {type Cpu} from './cpu.js';
import {type Thread} from './thread.js';

/** A thread that has run less than so many ns ago keeps its CPU for the sake of its caches (sysctl_sched_migration_cost, task_hot). */
const hotTime = 500_000;

/** The first thread that waits for this CPU, may go elsewhere and has no caches to lose; -1: none. can_migrate_task. */
export function coolThread(cpu: Cpu, threads: readonly Thread[], now: number): number {
	for (let i = 0; i < cpu.queued; i++) {
		const thread = threads[cpu.queue[i]];
		if (!thread.delayed && thread.pinned < 0 && now - thread.offSince >= hotTime) {
			return thread.id;
		}
	}

	return -1;
}

/** A CPU that runs nothing and that nobody waits for; -1: none. */
export function idleCpu(cpus: readonly Cpu[]): number {
	for (const cpu of cpus) {
		if (cpu.current < 0 && cpu.queued === 0) {
			return cpu.id;
		}
	}

	return -1;
}
