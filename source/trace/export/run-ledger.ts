import {type Observer} from '../../engine/probe.js';
import {type Simulation} from '../../simulation/simulation.js';
import {bqlHolder, tracepoint} from '../../tracepoints/tracepoints.js';
import {OpenSlices, type OpenSlicesImage} from './open-slices.js';
import {GuestSwitches, type SwitchesImage} from './guest-switches.js';
import {guestThreadNames} from './run-names.js';

/** A command in the ring, or on its way back: its numbers, and how far it is. */
type LiveCommand = {
	readonly command: number;
	readonly queue: number;
	readonly thread: number;
	readonly seqno: number;
	/** 0 without a fence. */
	readonly fence: number;
	popped: boolean;
	reaped: boolean;
};

/** What the driver has counted and who has its locks. */
export type DriverNumbers = {
	readonly lastSeqno: readonly number[];
	readonly lastFence: number;
	readonly live: readonly LiveCommand[];
	/** By queue: thread that holds the lock or -1, the role that it took it in, whether it writes the doorbell, whether that was forced. */
	readonly holders: readonly number[];
	readonly holderRoles: readonly number[];
	readonly ringing: readonly boolean[];
	readonly forced: readonly boolean[];
	/** By thread: who held the lock that it waits for, as `holderCode`; `notWaiting` while it waits for none. */
	readonly waitedFor: readonly number[];
	/** Which task each vCPU was seen with. */
	readonly tasks: SwitchesImage;
};

export type LedgerImage = {readonly numbers: DriverNumbers; readonly slices: OpenSlicesImage};

export const holderCode = {none: -1, inNotify: 3} as const;
export const notWaiting = -2;

/** Kinds of slices; a lock or doorbell counts its queue in. */
const kind = {
	prepare: 0, spin: 2, halt: 4, hold: 6, room: 8, doorbell: 10, work: 12, irq: 14, other: 16, service: 1000,
} as const;

/**
What an exporter that starts in mid-run has to know of before: the driver's numbers of
commands and fences, who has which lock, what is under way. It has the size of what is
under way, whatever the length of the run, and can be put into a checkpoint.
Attach it at time 0.
*/
export class RunLedger implements Observer {
	private readonly simulation: Simulation;
	private readonly slices: OpenSlices;
	private readonly threads: number;
	private readonly vcpus: number;
	private readonly live = new Map<number, LiveCommand>();
	private readonly lastSeqno = [0, 0];
	private lastFence = 0;
	private readonly holders = [-1, -1];
	private readonly holderRoles = [0, 0];
	private readonly ringing = [false, false];
	private readonly forced = [false, false];
	private readonly waitedFor: number[];
	private readonly switches: GuestSwitches;

	constructor(simulation: Simulation) {
		this.simulation = simulation;
		const names = guestThreadNames(simulation);
		this.threads = names.length;
		this.switches = new GuestSwitches(simulation, names, () => undefined);
		this.vcpus = simulation.state.guest.core.cpus.cpus.length;
		// Threads; interrupts and states of the vCPUs; main loop, its CPU, the BQL.
		this.slices = new OpenSlices(this.threads + (2 * this.vcpus) + 3);
		this.waitedFor = Array.from({length: this.threads}, () => notWaiting);
	}

	/** What the driver has counted so far. */
	get numbers(): DriverNumbers {
		const {lastSeqno, lastFence, live, holders, holderRoles, ringing, forced, waitedFor} = this;
		return {
			lastSeqno: [...lastSeqno],
			lastFence,
			live: Array.from(live.values(), command => ({...command})),
			holders: [...holders],
			holderRoles: [...holderRoles],
			ringing: [...ringing],
			forced: [...forced],
			waitedFor: [...waitedFor],
			tasks: this.switches.image(),
		};
	}

	image(): LedgerImage {
		return {numbers: this.numbers, slices: this.slices.image()};
	}

	restore({numbers, slices}: LedgerImage): void {
		for (const queue of [0, 1]) {
			this.lastSeqno[queue] = numbers.lastSeqno[queue];
			this.holders[queue] = numbers.holders[queue];
			this.holderRoles[queue] = numbers.holderRoles[queue];
			this.ringing[queue] = numbers.ringing[queue];
			this.forced[queue] = numbers.forced[queue];
		}

		this.lastFence = numbers.lastFence;
		this.waitedFor.splice(0, Infinity, ...numbers.waitedFor);
		this.live.clear();
		for (const command of numbers.live) {
			this.live.set(command.command, {...command});
		}

		this.switches.restore(numbers.tasks);
		this.slices.restore(slices);
	}

	/** Tells an exporter, by the tracepoints that it knows, what is under way. */
	tell(observer: Observer): void {
		this.slices.tell(observer);
		for (const {command, thread, popped, reaped} of this.live.values()) {
			observer.observe(tracepoint.published, -1, thread, command, 0);
			if (popped) {
				observer.observe(tracepoint.popped, -1, 0, command, 0);
			}

			if (reaped) {
				observer.observe(tracepoint.reaped, -1, thread, command, 0);
			}
		}
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		const {slices} = this;
		this.switches.observe(point, time, actor, subject);
		switch (point) {
			case tracepoint.commandStarted: {
				slices.begin(actor, kind.prepare, point, time, actor, subject, value);
				break;
			}

			case tracepoint.lockCalled: {
				if (actor < this.simulation.state.guest.core.clientThreads) {
					slices.endAll(actor);
				}

				break;
			}

			case tracepoint.lockContended: {
				this.waitedFor[actor] = this.ringing[subject] ? holderCode.inNotify : (this.holders[subject] === -1 ? holderCode.none : this.holderRoles[subject]);
				slices.begin(actor, kind.spin + subject, point, time, actor, subject, value);
				break;
			}

			case tracepoint.lockHalted: {
				slices.begin(actor, kind.halt, point, time, actor, subject, value);
				break;
			}

			case tracepoint.lockResumed: {
				slices.end(actor, kind.halt);
				break;
			}

			case tracepoint.lockAcquired: {
				this.waitedFor[actor] = notWaiting;
				this.holders[subject] = actor;
				this.holderRoles[subject] = value;
				slices.end(actor, kind.spin + subject);
				slices.begin(actor, kind.hold + subject, point, time, actor, subject, value);
				break;
			}

			case tracepoint.lockReleased: {
				this.holders[subject] = -1;
				slices.end(actor, kind.hold + subject);
				break;
			}

			case tracepoint.roomWait: {
				slices.begin(actor, kind.room, point, time, actor, subject, value);
				break;
			}

			case tracepoint.doorbellStarted: {
				this.ringing[subject] = this.holders[subject] === actor;
				this.forced[subject] = (value & 1) === 1;
				slices.begin(actor, kind.doorbell, point, time, actor, subject, value);
				break;
			}

			case tracepoint.doorbellReturned: {
				this.ringing[subject] = false;
				slices.end(actor, kind.doorbell);
				break;
			}

			default: {
				this.observeCommand(point, time, actor, subject, value);
			}
		}
	}

	private observeCommand(point: number, time: number, actor: number, subject: number, value: number): void {
		const {slices} = this;
		switch (point) {
			case tracepoint.published: {
				const {pool} = this.simulation.state;
				const queue = pool.queue[subject];
				const fenced = pool.fenced[subject] === 1;
				this.lastFence += fenced ? 1 : 0;
				this.live.set(subject, {
					command: subject, queue, thread: actor, seqno: ++this.lastSeqno[queue], fence: fenced ? this.lastFence : 0, popped: false, reaped: false,
				});
				break;
			}

			case tracepoint.popped: {
				const command = this.live.get(subject);
				if (command !== undefined) {
					command.popped = true;
				}

				break;
			}

			case tracepoint.reaped: {
				const command = this.live.get(subject);
				if (command !== undefined) {
					command.reaped = true;
				}

				break;
			}

			case tracepoint.responded: {
				this.live.delete(subject);
				break;
			}

			case tracepoint.workStarted: {
				slices.begin(actor, kind.work, point, time, actor, subject, value);
				break;
			}

			case tracepoint.workEnded: {
				slices.endAll(actor);
				break;
			}

			case tracepoint.irqEntered: {
				const lane = this.threads + actor;
				slices.begin(lane, kind.irq, point, time, actor, subject, value);
				if (value === 0) {
					slices.endAll(lane);
				}

				break;
			}

			case tracepoint.workQueued: {
				slices.endAll(this.threads + actor);
				break;
			}

			default: {
				this.observeHost(point, time, actor, subject, value);
			}
		}
	}

	private observeHost(point: number, time: number, actor: number, subject: number, value: number): void {
		const {slices} = this;
		const mainLoop = this.threads + (2 * this.vcpus);
		switch (point) {
			case tracepoint.passStarted: {
				slices.endAll(mainLoop);
				slices.begin(mainLoop, kind.other, point, time, actor, subject, value);
				break;
			}

			case tracepoint.passEnded: {
				slices.endAll(mainLoop);
				break;
			}

			case tracepoint.serviceStarted: {
				slices.begin(mainLoop, this.serviceKind(subject), point, time, actor, subject, value);
				break;
			}

			case tracepoint.fenceQueued:
			case tracepoint.usedPublished: {
				slices.end(mainLoop, this.serviceKind(subject));
				break;
			}

			case tracepoint.mainLoopOnCpu: {
				slices.endAll(mainLoop + 1);
				if (value === 1) {
					slices.begin(mainLoop + 1, kind.other, point, time, actor, subject, value);
				}

				break;
			}

			case tracepoint.bqlAcquired: {
				slices.begin(mainLoop + 2, kind.other, point, time, actor, subject, value);
				break;
			}

			case tracepoint.bqlReleased: {
				slices.endAll(mainLoop + 2);
				if (subject === bqlHolder.mainLoop) {
					slices.endAll(mainLoop);
				}

				break;
			}

			case tracepoint.vcpuState: {
				const lane = this.threads + this.vcpus + actor;
				slices.endAll(lane);
				slices.begin(lane, kind.other, point, time, actor, subject, value);
				break;
			}

			default:
		}
	}

	/** Commands of one type are one kind: exporters end the service by its name. */
	private serviceKind(command: number): number {
		return kind.service + this.simulation.state.pool.type[command];
	}
}
