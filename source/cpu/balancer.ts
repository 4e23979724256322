import {type EventLoop} from '../engine/event-loop.js';
import {type RandomStream} from '../engine/random.js';
import {type Cpu} from './cpu.js';
import {type CpuClock} from './cpu-clock.js';
import {keepLag, placeThread} from './eevdf.js';
import {moveLoad} from './load-average.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {type Thread} from './thread.js';

/**
Brings threads that wait to CPUs that have nothing to do. (kernel/sched/fair.c
sched_balance_newidle, nohz_balancer_kick, can_migrate_task)
*/
export class Balancer {
	private readonly loop: EventLoop;
	private readonly clock: CpuClock;
	private readonly cpus: readonly Cpu[];
	private readonly threads: readonly Thread[];
	private readonly settings: SchedulerSettings;
	/** Decides whether a CPU that is about to idle looks at all. */
	private readonly chance: RandomStream;

	constructor(options: {
		readonly loop: EventLoop;
		readonly clock: CpuClock;
		readonly cpus: readonly Cpu[];
		readonly threads: readonly Thread[];
		readonly settings: SchedulerSettings;
		readonly chance: RandomStream;
	}) {
		this.loop = options.loop;
		this.clock = options.clock;
		this.cpus = options.cpus;
		this.threads = options.threads;
		this.settings = options.settings;
		this.chance = options.chance;
	}

	/**
	`idle` has run out of threads: if it looks at all, it takes one that waits where another runs or
	waits too. Returns the thread's number, or -1.
	*/
	pullInto(idle: Cpu): number {
		for (const cpu of this.cpus) {
			const waiting = cpu === idle || cpu.demand < 2 ? -1 : this.coolThread(cpu);
			if (waiting >= 0) {
				return this.looks() ? this.take(waiting, cpu, idle) : -1;
			}
		}

		return -1;
	}

	/**
	At the tick of a busy CPU: an idle one takes a thread that waits
	here. Returns its number, or -1.
	*/
	pushFrom(busy: Cpu): number {
		const idle = busy.current < 0 ? -1 : this.idleCpu();
		const waiting = idle < 0 ? -1 : this.coolThread(busy);
		if (waiting >= 0) {
			this.move(this.threads[waiting], busy, this.cpus[idle]);
		}

		return waiting;
	}

	private looks(): boolean {
		const {newidle} = this.settings;
		const usual = newidle >= 1 || (newidle > 0 && this.chance.uniform() < newidle);
		return this.loop.choices.choose('newidle', 2, usual ? 1 : 0) === 1;
	}

	private take(thread: number, from: Cpu, to: Cpu): number {
		this.clock.account(from);
		this.move(this.threads[thread], from, to);
		return thread;
	}

	/** A CPU that runs nothing and that nobody waits for; -1: none. */
	private idleCpu(): number {
		for (const cpu of this.cpus) {
			if (cpu.demand === 0) {
				return cpu.id;
			}
		}

		return -1;
	}

	/**
	The first thread that waits for this CPU, may go elsewhere and has no caches to lose; -1:
	none. can_migrate_task, task_hot.
	*/
	private coolThread(cpu: Cpu): number {
		for (let i = 0; i < cpu.queued; i++) {
			const thread = this.threads[cpu.queue[i]];
			if (
				!thread.delayed &&
				thread.pinned < 0 &&
				this.loop.now - thread.offSince >= this.settings.migrationCost
			) {
				return thread.id;
			}
		}

		return -1;
	}

	/** It takes its lag and its load average along. detach_task, attach_task. */
	private move(thread: Thread, from: Cpu, to: Cpu): void {
		keepLag(from, this.threads, thread, this.settings.timeslice);
		from.dequeue(thread.id);
		moveLoad(thread, from, to, this.loop.now);
		thread.cpu = to.id;
		placeThread(to, this.threads, thread, this.settings.timeslice);
		to.enqueue(thread.id);
		// It has waited among the others of its old CPU.
		to.most = to.most > from.most ? to.most : from.most;
	}
}
