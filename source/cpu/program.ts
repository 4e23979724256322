import {type RandomStream} from '../engine/random.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {type Cpu} from './cpu.js';
import {type Thread} from './thread.js';

/** What runs on a set of CPUs. Called by the scheduler; calls back into it. */
export type Program = {
	/**
	The thread's segment has ended: take its next step. Must end in `run`, `sleep` or a
	freeze of this CPU.
	*/
	step(thread: Thread): void;
	/** A handler started by `interrupt` has ended on this CPU. */
	interruptEnded(cpu: Cpu): void;
	/**
	The scheduler has chosen: this CPU runs another thread now, or none (-1 in `cpu.current`).
	`previous` was preempted; -1 when the last one had gone to sleep.
	*/
	switched(cpu: Cpu, previous: number): void;
	/** The current thread of this CPU goes on or begins: a spinning one may find its lock free. */
	resumed(cpu: Cpu, thread: Thread): void;
	/** Somebody was queued on a frozen CPU. */
	wantsCpu(cpu: Cpu): void;
	/** The thread was woken, got or lost its CPU, or went to sleep: `thread.state` is new. */
	stateChanged(thread: Thread): void;
};

/** Timer kinds of a CPU set. */
export type CpuTimers = {readonly segment: number; readonly tick: number};

/** What a CPU set is made of. */
export type CpuSetOptions = {
	readonly count: number;
	readonly threads: Thread[];
	readonly timers: CpuTimers;
	/** Its CPUs begin frozen, as vCPUs do. */
	readonly frozen: boolean;
	readonly settings: SchedulerSettings;
	/**
	The tick is an interrupt with a price: `tickTimer` fires, frozen or not, whenever a CPU has a
	thread, and the program calls `tick` when it is handled and `restartTick` when the next one is
	programmed. Without it ticks come by themselves, where several threads want a CPU.
	*/
	readonly tickInterrupts: boolean;
	/** Decides what CPUs do by chance (`newidle`). */
	readonly chance: RandomStream;
};
