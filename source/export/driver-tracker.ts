import {type Simulation} from '../simulation/simulation.js';
import {roleNames} from './run-names.js';

/** A command that was published and not answered, with the numbers that the driver gave it. */
export type LiveCommand = {
	readonly command: number;
	readonly queue: number;
	readonly thread: number;
	readonly seqno: number;
	/** Fence id; 0 without a fence. */
	readonly fence: number;
};

/** What has the lock that a thread waits for, as the marks at qlock say it; empty: it waits for none. */
export type WaitedFor = '' | 'none' | 'in_notify' | (typeof roleNames)[number];

/** A copy of all that a tracker knows, for a checkpoint. */
export type DriverImage = {
	readonly lastSeqno: readonly number[];
	readonly lastFence: number;
	readonly live: readonly LiveCommand[];
	readonly holders: readonly number[];
	readonly holderRoles: readonly number[];
	readonly ringing: readonly boolean[];
	readonly forced: readonly boolean[];
	readonly waitedFor: readonly WaitedFor[];
};

/**
Numbers the commands and fences of a run as the driver does (seqno of each queue, fence ids of
both), and knows who has each qlock, who rings under it and what each waiter waits for. Whoever
observes a run tells it what happens, in its order, from time 0 or from an image.
*/
export class DriverTracker {
	private readonly simulation: Simulation;
	private readonly commands = new Map<number, LiveCommand>();
	private readonly lastSeqno = [0, 0];
	private lastFence = 0;
	/** By queue: thread that holds the lock or -1, the role that it took it in, whether it writes the doorbell, whether the latest was forced. */
	private readonly holders = [-1, -1];
	private readonly holderRoles = [0, 0];
	private readonly ringing = [false, false];
	private readonly forced = [false, false];
	private readonly waits: WaitedFor[];

	/** `threads`: of the guest, kernel threads among them. */
	constructor(simulation: Simulation, threads: number) {
		this.simulation = simulation;
		this.waits = Array.from({length: threads}, () => '');
	}

	/** Commands that were published and not answered, the oldest first. */
	get live(): Iterable<LiveCommand> {
		return this.commands.values();
	}

	image(): DriverImage {
		return {
			lastSeqno: [...this.lastSeqno],
			lastFence: this.lastFence,
			live: [...this.commands.values()],
			holders: [...this.holders],
			holderRoles: [...this.holderRoles],
			ringing: [...this.ringing],
			forced: [...this.forced],
			waitedFor: [...this.waits],
		};
	}

	restore(image: DriverImage): void {
		for (const queue of [0, 1]) {
			this.lastSeqno[queue] = image.lastSeqno[queue];
			this.holders[queue] = image.holders[queue];
			this.holderRoles[queue] = image.holderRoles[queue];
			this.ringing[queue] = image.ringing[queue];
			this.forced[queue] = image.forced[queue];
		}

		this.lastFence = image.lastFence;
		this.waits.splice(0, Infinity, ...image.waitedFor);
		this.commands.clear();
		for (const command of image.live) {
			this.commands.set(command.command, command);
		}
	}

	/** The command with this place in the pool; undefined when it is not under way. */
	command(command: number): LiveCommand | undefined {
		return this.commands.get(command);
	}

	waitedFor(thread: number): WaitedFor {
		return this.waits[thread];
	}

	/** The holder of the queue's lock is writing its doorbell. */
	ringsUnderLock(queue: number): boolean {
		return this.ringing[queue];
	}

	/** The queue's latest doorbell was rung inside add, for want of room. */
	wasForced(queue: number): boolean {
		return this.forced[queue];
	}

	/** The first try for the lock failed. */
	lockContended(thread: number, queue: number): void {
		this.waits[thread] = this.ringing[queue] ? 'in_notify' : (this.holders[queue] === -1 ? 'none' : roleNames[this.holderRoles[queue]]);
	}

	/** `role` as in `lockRole`. */
	lockAcquired(thread: number, queue: number, role: number): void {
		this.waits[thread] = '';
		this.holders[queue] = thread;
		this.holderRoles[queue] = role;
	}

	lockReleased(queue: number): void {
		this.holders[queue] = -1;
	}

	doorbellStarted(thread: number, queue: number, forced: boolean): void {
		this.ringing[queue] = this.holders[queue] === thread;
		this.forced[queue] = forced;
	}

	doorbellReturned(queue: number): void {
		this.ringing[queue] = false;
	}

	/** `command` is its place in the pool, which is used again once it is answered. */
	published(thread: number, command: number): LiveCommand {
		const {pool} = this.simulation.state;
		const queue = pool.queue[command];
		const fenced = pool.fenced[command] === 1;
		this.lastFence += fenced ? 1 : 0;
		const live: LiveCommand = {
			command, queue, thread, seqno: ++this.lastSeqno[queue], fence: fenced ? this.lastFence : 0,
		};
		this.commands.set(command, live);
		return live;
	}

	responded(command: number): void {
		this.commands.delete(command);
	}
}
