import {type Cpu} from '../../source/cpu/cpu.js';
import {CpuSet, type Program} from '../../source/cpu/cpu-set.js';
import {Thread} from '../../source/cpu/thread.js';
import {type YieldRule} from '../../source/cpu/scheduler-settings.js';
import {type EventHandler, EventLoop} from '../../source/engine/event-loop.js';
import {RandomStream} from '../../source/engine/random.js';

const kind = {segment: 0, tick: 1, call: 2} as const;

export const us = 1000;
export const ms = 1_000_000;

/** ns of CPU that a busy thread takes at a time. */
const busySegment = 10 * us;

type Options = {
	readonly cpus?: number;
	/** A thread each: where it begins and whether it is pinned there. */
	readonly threads: ReadonlyArray<{readonly cpu?: number; readonly pinned?: boolean}>;
	readonly wakeupPreemption?: boolean;
	readonly runToParity?: boolean;
	readonly nextBuddy?: boolean;
	readonly idlePoll?: number;
	readonly idleExit?: number;
	readonly idleHalted?: number;
	readonly migrationCost?: number;
	readonly newidle?: number;
	readonly frozen?: boolean;
	readonly tickInterrupts?: boolean;
	readonly yieldRule?: YieldRule;
};

/**
A CPU set with threads that do as the test says: after each segment the thread's own
function decides, and a thread without one is busy for ever. Slice 3 ms, tick 1 ms.
*/
export class Workbench implements Program, EventHandler {
	readonly loop = new EventLoop();
	readonly set: CpuSet;
	/** What each thread does when its segment ends. */
	readonly next: Array<(thread: Thread) => void>;
	/** CPU time of the segments that each thread has ended, ns. */
	readonly used: number[];
	/** `time:cpu>thread`, a line a switch; -1 is idle. */
	readonly switches: string[] = [];
	/** `time:thread=state`, a line a change. */
	readonly states: string[] = [];
	/** CPUs on which `wantsCpu` was called. */
	readonly wanted: number[] = [];
	/** Calls of `resumed`: time and thread. */
	readonly resumptions: Array<readonly [number, number]> = [];
	/** What happens at a tick, instead of what the scheduler does by itself. */
	ticked: (() => void) | null = null;
	/** Ends of interrupt handlers. */
	readonly handlers: number[] = [];
	private readonly lengths: number[];
	private readonly calls: Array<() => void> = [];

	constructor(options: Options) {
		const threads = options.threads.map(
			({cpu, pinned}, id) => new Thread(id, cpu ?? 0, pinned === true ? (cpu ?? 0) : -1),
		);
		this.set = new CpuSet(this.loop, this, {
			count: options.cpus ?? 1,
			threads,
			timers: {segment: kind.segment, tick: kind.tick},
			frozen: options.frozen ?? false,
			tickInterrupts: options.tickInterrupts ?? false,
			settings: {
				timeslice: 3 * ms,
				wakeupPreemption: options.wakeupPreemption ?? true,
				runToParity: options.runToParity ?? false,
				nextBuddy: options.nextBuddy ?? false,
				yieldRule: options.yieldRule ?? 'linux-6.18',
				tick: ms,
				contextSwitch: 0,
				idleExit: options.idleExit ?? 0,
				idlePoll: options.idlePoll ?? 0,
				idleHalted: options.idleHalted ?? 0,
				migrationCost: options.migrationCost ?? 500 * us,
				newidle: options.newidle ?? 1,
			},
			chance: new RandomStream(1, 'workbench'),
		});
		this.next = threads.map(() => thread => {
			this.run(thread, busySegment);
		});
		this.used = threads.map(() => 0);
		this.lengths = threads.map(() => 0);
	}

	thread(id: number): Thread {
		return this.set.threads[id];
	}

	/** The thread's next segment. */
	run(thread: Thread, duration: number): void {
		this.lengths[thread.id] = duration;
		this.set.run(thread, duration);
	}

	/**
	Wakes a thread for a first segment of `duration`; `waker` is a CPU or -1. True
	when its CPU needs an interrupt.
	*/
	wake(id: number, duration = busySegment, waker = -1): boolean {
		this.lengths[id] = duration;
		this.thread(id).remaining = duration;
		return this.set.wake(this.thread(id), waker);
	}

	/** Runs `call` at a time. */
	at(time: number, call: () => void): void {
		const timer = this.loop.addTimer(kind.call, this.calls.length);
		this.calls.push(call);
		this.loop.queue.arm(timer, time);
	}

	/** Runs the events before `time`. */
	runUntil(time: number): void {
		this.set.reschedule();
		this.loop.runUntil(time, Infinity, this);
	}

	/** Runs the events up to and with `time`. */
	runThrough(time: number): void {
		this.runUntil(time + 1);
	}

	fire(eventKind: number, actor: number): void {
		if (eventKind === kind.segment) {
			this.set.segmentFired(actor);
		} else if (eventKind === kind.tick && this.ticked !== null) {
			this.ticked();
		} else if (eventKind === kind.tick) {
			this.set.ticks.fired(actor);
		} else {
			this.calls[actor]();
		}

		this.set.reschedule();
	}

	step(thread: Thread): void {
		this.used[thread.id] += this.lengths[thread.id];
		this.lengths[thread.id] = 0;
		this.next[thread.id](thread);
	}

	interruptEnded(cpu: Cpu): void {
		this.handlers.push(cpu.id);
	}

	switched(cpu: Cpu): void {
		this.switches.push(`${this.loop.now}:${cpu.id}>${cpu.current}`);
	}

	resumed(_cpu: Cpu, thread: Thread): void {
		this.resumptions.push([this.loop.now, thread.id]);
	}

	stateChanged(thread: Thread): void {
		this.states.push(`${this.loop.now}:${thread.id}=${thread.state}`);
	}

	wantsCpu(cpu: Cpu): void {
		this.wanted.push(cpu.id);
	}
}
