import {type Observer} from '../engine/probe.js';
import {type Simulation} from '../simulation/simulation.js';
import {bqlHolder, tracepoint} from '../tracepoints/tracepoints.js';
import {type DriverImage, DriverTracker} from './driver-tracker.js';
import {OpenSlices, type OpenSlicesImage} from './open-slices.js';
import {GuestSwitches, type SwitchesImage} from './guest-switches.js';
import {guestThreadNames} from './run-names.js';

/** What a ledger knows at a moment of its run. */
export type LedgerImage = {
	readonly driver: DriverImage;
	/** Commands under way that the host has popped, and that the worker has reaped. */
	readonly popped: readonly number[];
	readonly reaped: readonly number[];
	/** Which task each vCPU was seen with. */
	readonly tasks: SwitchesImage;
	readonly slices: OpenSlicesImage;
};

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
	private readonly driver: DriverTracker;
	private readonly popped = new Set<number>();
	private readonly reaped = new Set<number>();
	private readonly switches: GuestSwitches;

	constructor(simulation: Simulation) {
		this.simulation = simulation;
		const names = guestThreadNames(simulation);
		this.threads = names.length;
		this.driver = new DriverTracker(simulation, names.length);
		this.switches = new GuestSwitches(simulation, names, () => undefined);
		this.vcpus = simulation.state.guest.core.cpus.cpus.length;
		// Threads; interrupts and states of the vCPUs; main loop, its CPU, the BQL.
		this.slices = new OpenSlices(this.threads + (2 * this.vcpus) + 3);
	}

	image(): LedgerImage {
		return {
			driver: this.driver.image(), popped: [...this.popped], reaped: [...this.reaped], tasks: this.switches.image(), slices: this.slices.image(),
		};
	}

	restore({driver, popped, reaped, tasks, slices}: LedgerImage): void {
		this.driver.restore(driver);
		refill(this.popped, popped);
		refill(this.reaped, reaped);
		this.switches.restore(tasks);
		this.slices.restore(slices);
	}

	/** Tells an exporter, by the tracepoints that it knows, what is under way. */
	tell(observer: Observer): void {
		this.slices.tell(observer);
		for (const {command, thread} of this.driver.live) {
			observer.observe(tracepoint.published, -1, thread, command, 0);
			if (this.popped.has(command)) {
				observer.observe(tracepoint.popped, -1, 0, command, 0);
			}

			if (this.reaped.has(command)) {
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
				if (actor < this.simulation.state.guest.core.roles.clients) {
					slices.endAll(actor);
				}

				break;
			}

			case tracepoint.lockContended: {
				this.driver.lockContended(actor, subject);
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
				this.driver.lockAcquired(actor, subject, value);
				slices.end(actor, kind.spin + subject);
				slices.begin(actor, kind.hold + subject, point, time, actor, subject, value);
				break;
			}

			case tracepoint.lockReleased: {
				this.driver.lockReleased(subject);
				slices.end(actor, kind.hold + subject);
				break;
			}

			case tracepoint.roomWait: {
				slices.begin(actor, kind.room, point, time, actor, subject, value);
				break;
			}

			case tracepoint.doorbellStarted: {
				this.driver.doorbellStarted(actor, subject, (value & 1) === 1);
				slices.begin(actor, kind.doorbell, point, time, actor, subject, value);
				break;
			}

			case tracepoint.doorbellReturned: {
				this.driver.doorbellReturned(subject);
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
				this.driver.published(actor, subject);
				break;
			}

			case tracepoint.popped: {
				this.popped.add(subject);
				break;
			}

			case tracepoint.reaped: {
				this.reaped.add(subject);
				break;
			}

			case tracepoint.responded: {
				this.driver.responded(subject);
				this.popped.delete(subject);
				this.reaped.delete(subject);
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

function refill(set: Set<number>, values: Iterable<number>): void {
	set.clear();
	for (const value of values) {
		set.add(value);
	}
}
