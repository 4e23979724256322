import {Histogram} from '../engine/histogram.js';
import {type Observer} from '../engine/probe.js';
import {type Simulation} from '../simulation/simulation.js';
import {pauseKind, tracepoint} from '../tracepoints/tracepoints.js';
import {type CommandTracker} from './command-tracker.js';
import {type CounterLayout, queueCounter} from './counters.js';
import {DemandTracker} from './demand-tracker.js';
import {FrameTracker} from './frame-tracker.js';
import {pauseNames} from './metric-names.js';
import {PauseTracker} from './pause-tracker.js';
import {WaitTracker} from './wait-tracker.js';

/** A run of the dequeue work that the kernel warns of: "workqueue: … hogged CPU for >10000us", ns. */
const hogging = 10_000_000;

const lostKick = pauseNames.indexOf('lostKick');
const lostIrq = pauseNames.indexOf('lostIrq');

/**
What verdicts rest on beside the figures of a queue: what was asked for, frames, what stood still, the
run times of the dequeue work, and for what single cause each command waited. It hears each event after
`CommandTracker` has.
*/
export class Causes implements Observer {
	readonly pauses: PauseTracker;
	readonly waits: WaitTracker;
	readonly frames: FrameTracker;
	/** ns from the entry of the dequeue work to its return, by queue. */
	readonly runs: readonly [Histogram, Histogram] = [new Histogram(), new Histogram()];
	private readonly demand: DemandTracker;
	private readonly simulation: Simulation;
	private readonly commands: CommandTracker;
	private readonly counters: Float64Array;
	private readonly layout: CounterLayout;
	/** Queues whose doorbell or MSI was lost and not followed by another, a bit each. */
	private lostKicks = 0;
	private lostIrqs = 0;

	constructor(simulation: Simulation, commands: CommandTracker, counters: Float64Array, layout: CounterLayout) {
		const {clients} = simulation.configuration;
		const {guest, host} = simulation.state;
		this.simulation = simulation;
		this.commands = commands;
		this.counters = counters;
		this.layout = layout;
		this.pauses = new PauseTracker(counters, layout);
		this.frames = new FrameTracker(counters, layout, clients, guest.submitters);
		this.demand = new DemandTracker(counters, layout, clients, guest.submitters);
		this.waits = new WaitTracker({
			counters,
			bases: [layout.queue(0), layout.queue(1)],
			pauses: this.pauses,
			clients: clients.length,
			hostThreads: host.core.cpus.threads.length,
			server: host.core.roles.server,
		});
	}

	settle(time: number): void {
		this.pauses.settle(time);
		this.frames.settle(time);
		this.demand.settle();
	}

	restart(ends: readonly [number, number]): void {
		this.pauses.restart();
		this.frames.restart();
		for (const queue of [0, 1] as const) {
			this.waits.restart(queue, ends[queue]);
			this.runs[queue].clear();
		}
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		const {waits, pauses} = this;
		switch (point) {
			case tracepoint.commandStarted: {
				this.started(actor, subject);
				break;
			}

			case tracepoint.busyError: {
				this.commands.dropped(subject);
				this.frames.ended(time, actor, subject, true);
				break;
			}

			case tracepoint.published: {
				waits.published(time, subject, this.simulation.state.pool.context[subject]);
				break;
			}

			case tracepoint.doorbellStarted: {
				waits.doorbellStarted(value >> 1);
				break;
			}

			case tracepoint.doorbellDelivered: {
				this.delivered(time, actor, subject, value === 1);
				break;
			}

			case tracepoint.bqlContended: {
				waits.bqlContended(time, actor);
				break;
			}

			case tracepoint.bqlAcquired: {
				waits.bqlAcquired(time, actor, value);
				break;
			}

			case tracepoint.pauseBegan: {
				pauses.begin(time, kindOf(subject));
				break;
			}

			case tracepoint.pauseEnded: {
				pauses.end(time, kindOf(subject));
				break;
			}

			default: {
				this.observeCompletion(point, time, actor, subject, value);
			}
		}
	}

	private observeCompletion(point: number, time: number, actor: number, subject: number, value: number): void {
		const {waits, commands} = this;
		const {pool} = this.simulation.state;
		switch (point) {
			case tracepoint.passStarted: {
				waits.passStarted(subject);
				break;
			}

			case tracepoint.popped: {
				waits.popped(subject, commands.queueOf(subject));
				break;
			}

			case tracepoint.serviceStarted: {
				waits.serviceStarted(time, subject, pool.context[subject]);
				break;
			}

			case tracepoint.fenceQueued: {
				waits.serviceEnded(time, subject);
				break;
			}

			case tracepoint.usedPublished: {
				waits.serviceEnded(time, subject);
				if (pool.fenced[subject] === 1) {
					waits.signalled(subject, pool.gpuDone[subject]);
				}

				break;
			}

			case tracepoint.msiSent: {
				if (value === 1 && (this.lostIrqs & (1 << subject)) === 0) {
					this.lostIrqs |= 1 << subject;
					this.pauses.begin(time, lostIrq);
				}

				break;
			}

			case tracepoint.irqEntered: {
				if ((this.lostIrqs & (1 << subject)) !== 0) {
					this.lostIrqs &= ~(1 << subject);
					this.pauses.end(time, lostIrq);
				}

				break;
			}

			case tracepoint.workQueued: {
				if (value === 0) {
					waits.workQueued(time, subject);
				}

				break;
			}

			case tracepoint.workStarted: {
				waits.workStarted(time, subject);
				break;
			}

			case tracepoint.reaped: {
				waits.reaped(subject, commands.queueOf(subject));
				break;
			}

			case tracepoint.workDrained: {
				waits.workDrained(time, subject);
				break;
			}

			case tracepoint.workEnded: {
				this.ran(waits.workEnded(time, subject), subject);
				break;
			}

			case tracepoint.responded: {
				this.pauses.answered();
				waits.responded(time, subject, commands.queueOf(subject), {latency: commands.lastLatency, stages: commands.lastStages, usedAt: commands.lastUsed});
				this.frames.ended(time, pool.thread[subject], subject, false);
				break;
			}

			case tracepoint.reset: {
				this.recovered(time, value);
				break;
			}

			default: {
				break;
			}
		}
	}

	private started(thread: number, command: number): void {
		const {pool} = this.simulation.state;
		this.waits.started(command);
		this.demand.started(thread, pool.queue[command]);
		this.frames.started(thread, command, pool.frameDue[command], pool.frame[command] > 0);
	}

	private delivered(time: number, vcpu: number, queue: number, lost: boolean): void {
		const bit = 1 << queue;
		if (lost) {
			if ((this.lostKicks & bit) === 0) {
				this.lostKicks |= bit;
				this.pauses.begin(time, lostKick);
			}

			return;
		}

		if ((this.lostKicks & bit) !== 0) {
			this.lostKicks &= ~bit;
			this.pauses.end(time, lostKick);
		}

		this.waits.delivered(queue, vcpu);
	}

	private ran(duration: number, queue: number): void {
		this.runs[queue].add(duration);
		if (duration > hogging) {
			this.counters[this.layout.queue(queue) + queueCounter.hogged]++;
		}
	}

	/** New rings: nothing waits for a lost doorbell or interrupt any more. */
	private recovered(time: number, begins: number): void {
		if (begins === 1) {
			return;
		}

		for (const queue of [0, 1]) {
			if ((this.lostKicks & (1 << queue)) !== 0) {
				this.pauses.end(time, lostKick);
			}

			if ((this.lostIrqs & (1 << queue)) !== 0) {
				this.pauses.end(time, lostIrq);
			}
		}

		this.lostKicks = 0;
		this.lostIrqs = 0;
	}
}

/** The number of a `pauseKind` among the kinds of pauses. */
function kindOf(kind: number): number {
	switch (kind) {
		case pauseKind.host: {
			return pauseNames.indexOf('hostPause');
		}

		case pauseKind.renderer: {
			return pauseNames.indexOf('rendererBlock');
		}

		default: {
			return pauseNames.indexOf('vcpuPreempt');
		}
	}
}
