import {type Cpu} from './cpu.js';
import {accrueCpu, accrueThread} from './load-average.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {threadState, type Thread} from './thread.js';

/**
The rules of Linux's EEVDF scheduler (kernel/sched/fair.c, 6.12) for one CPU and threads
of equal weight. Virtual time is CPU time in ns.

V is the mean vruntime of all that are on the queue, the running thread among them. A
thread is eligible when its vruntime is at or below V (its lag V - vruntime is not
negative); of the eligible ones the one with the earliest deadline runs.
*/

/**
V of the CPU, without the thread `except` (-1: with all). 0 when the queue is empty. avg_vruntime.
*/
export function averageVruntime(cpu: Cpu, threads: readonly Thread[], except: number): number {
	if (cpu.queued > 0) {
		return averageOfMany(cpu, threads, except);
	}

	return cpu.current >= 0 && cpu.current !== except ? threads[cpu.current].vruntime : 0;
}

function averageOfMany(cpu: Cpu, threads: readonly Thread[], except: number): number {
	let base = 0;
	let sum = 0;
	let count = 0;
	for (let i = -1; i < cpu.queued; i++) {
		const id = i < 0 ? cpu.current : cpu.queue[i];
		if (id < 0 || id === except) {
			continue;
		}

		// Differences from the first keep the sum exact when vruntimes are large.
		const {vruntime} = threads[id];
		if (count === 0) {
			base = vruntime;
		}

		sum += vruntime - base;
		count++;
	}

	return count === 0 ? 0 : base + sum / count;
}

/**
Whether the thread, which is on this CPU's queue, has had no more than its share. entity_eligible.
*/
export function isEligible(cpu: Cpu, threads: readonly Thread[], thread: Thread): boolean {
	return thread.vruntime <= averageVruntime(cpu, threads, -1);
}

/** Number of threads on the queue without `except`, the running one among them. */
function load(cpu: Cpu, except: number): number {
	let count = cpu.current >= 0 && cpu.current !== except ? 1 : 0;
	for (let i = 0; i < cpu.queued; i++) {
		if (cpu.queue[i] !== except) {
			count++;
		}
	}

	return count;
}

/**
Gives a thread that joins the queue its vruntime and deadline: V less its lag. Its own
weight moves V, so the lag is inflated by (n + 1) / n to come out as it was. place_entity.
*/
export function placeThread(cpu: Cpu, threads: readonly Thread[], thread: Thread, slice: number): void {
	const others = load(cpu, thread.id);
	const v = averageVruntime(cpu, threads, thread.id);
	const lag = others > 0 ? (thread.lag * (others + 1)) / others : 0;
	thread.vruntime = v - lag;
	thread.deadline = thread.vruntime + slice;
}

/**
Keeps the lag of a thread that leaves the queue, at most two slices either way. update_entity_lag.
*/
export function keepLag(cpu: Cpu, threads: readonly Thread[], thread: Thread, slice: number): void {
	const lag = averageVruntime(cpu, threads, -1) - thread.vruntime;
	const limit = 2 * slice;
	thread.lag = lag > limit ? limit : lag < -limit ? -limit : lag;
}

/**
A running thread that has had its slice gets a new deadline; true if so: others may
have their turn. update_deadline.
*/
export function renewDeadline(thread: Thread, slice: number): boolean {
	if (thread.vruntime < thread.deadline) {
		return false;
	}

	thread.deadline = thread.vruntime + slice;
	return true;
}

/**
A delayed sleeper wakes up: it keeps its place on the queue if its lag is still negative, and
begins anew with none if it has become positive. requeue_delayed_entity (DELAY_ZERO).
*/
export function requeueDelayed(cpu: Cpu, threads: readonly Thread[], thread: Thread, slice: number): void {
	if (averageVruntime(cpu, threads, -1) > thread.vruntime) {
		thread.lag = 0;
		placeThread(cpu, threads, thread, slice);
	}
}

/**
The thread that should run: the eligible one with the earliest deadline, the running one
among the candidates when it still wants to run. With `runToParity` that one goes on until it
is no longer eligible or has had its slice. -1 when nobody wants. pick_eevdf.
*/
export function pickThread(cpu: Cpu, threads: readonly Thread[], runToParity: boolean): number {
	if (cpu.queued === 0) {
		return cpu.current >= 0 && threads[cpu.current].state === threadState.running ? cpu.current : -1;
	}

	const v = averageVruntime(cpu, threads, -1);
	if (runToParity && cpu.current >= 0) {
		const current = threads[cpu.current];
		if (
			current.state === threadState.running &&
			current.vruntime <= v &&
			current.deadlineAtPick === current.deadline
		) {
			return current.id;
		}
	}

	let best = -1;
	let bestDeadline = Infinity;
	let fallback = -1;
	let least = Infinity;
	for (let i = -1; i < cpu.queued; i++) {
		const id = i < 0 ? cpu.current : cpu.queue[i];
		if (id < 0) {
			continue;
		}

		const thread = threads[id];
		if (i < 0 && thread.state !== threadState.running) {
			continue;
		}

		if (thread.vruntime <= v && thread.deadline < bestDeadline) {
			best = id;
			bestDeadline = thread.deadline;
		}

		if (thread.vruntime < least) {
			least = thread.vruntime;
			fallback = id;
		}
	}

	return best >= 0 ? best : fallback;
}

/**
The thread that should run, the next buddy before all others if it waits for this CPU and is
eligible (PICK_BUDDY); -1 when nobody wants. pick_eevdf.
*/
export function pickWithBuddy(cpu: Cpu, threads: readonly Thread[], runToParity: boolean): number {
	if (cpu.buddy >= 0) {
		const buddy = threads[cpu.buddy];
		if (buddy.cpu === cpu.id && buddy.state === threadState.queued && isEligible(cpu, threads, buddy)) {
			return buddy.id;
		}
	}

	return pickThread(cpu, threads, runToParity);
}

/**
Picks as Linux does at the time `now`: the next buddy, else as `pickThread`; a delayed sleeper that
is picked is eligible and leaves. -1 when nobody wants. pick_next_entity.
*/
export function pickNext(
	cpu: Cpu,
	threads: readonly Thread[],
	{timeslice, runToParity}: SchedulerSettings,
	now: number,
): number {
	for (;;) {
		const next = pickWithBuddy(cpu, threads, runToParity);
		if (next < 0 || !threads[next].delayed) {
			return next;
		}

		const thread = threads[next];
		accrueThread(thread, now);
		accrueCpu(cpu, now);
		cpu.runnable--;
		thread.delayed = false;
		keepLag(cpu, threads, thread, timeslice);
		// DELAY_ZERO: lag that time has made positive is forgotten.
		thread.lag = thread.lag > 0 ? 0 : thread.lag;
		cpu.dequeue(next);
	}
}
