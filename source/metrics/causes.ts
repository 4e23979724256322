import {Histogram} from '../engine/histogram.js';
import {type Simulation} from '../simulation/simulation.js';
import {type CounterLayout, queueCounter} from './counters.js';
import {DemandTracker} from './demand-tracker.js';
import {FrameTracker} from './frame-tracker.js';
import {pauseNames} from './metric-names.js';
import {PauseTracker} from './pause-tracker.js';
import {WaitTracker} from './wait-tracker.js';

/**
A run of the dequeue work that the kernel warns of: "workqueue: … hogged CPU for >10000us", ns.
*/
const hogging = 10_000_000;

const lostKick = pauseNames.indexOf('lostKick');
const lostIrq = pauseNames.indexOf('lostIrq');

/**
What verdicts rest on beside the figures of a queue: what was asked for, frames, what stood still,
the run times of the dequeue work, and for what single cause each command waited.
*/
export class Causes {
	readonly pauses: PauseTracker;
	readonly waits: WaitTracker;
	readonly frames: FrameTracker;
	/** ns from the entry of the dequeue work to its return, by queue. */
	readonly runs: readonly [Histogram, Histogram] = [new Histogram(), new Histogram()];
	private readonly demand: DemandTracker;
	private readonly simulation: Simulation;
	private readonly counters: Float64Array;
	private readonly layout: CounterLayout;
	/** Queues whose doorbell or MSI was lost and not followed by another, a bit each. */
	private lostKicks = 0;
	private lostIrqs = 0;

	constructor(simulation: Simulation, counters: Float64Array, layout: CounterLayout) {
		const {clients} = simulation.configuration;
		const {guest, host} = simulation.state;
		this.simulation = simulation;
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

	/** A command is begun. */
	started(thread: number, command: number): void {
		const {pool} = this.simulation.state;
		this.waits.started(command);
		this.demand.started(thread, pool.queue[command]);
		this.frames.started(thread, command, pool.frameDue[command], pool.frame[command] > 0);
	}

	/** A doorbell is delivered, or lost; `vcpu` is who rang, or -1. */
	delivered(time: number, vcpu: number, queue: number, lost: boolean): void {
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

	/** A run of the dequeue work has taken so many ns. */
	ran(duration: number, queue: number): void {
		this.runs[queue].add(duration);
		if (duration > hogging) {
			this.counters[this.layout.queue(queue) + queueCounter.hogged]++;
		}
	}

	/** An MSI is lost. */
	irqLost(time: number, queue: number): void {
		if ((this.lostIrqs & (1 << queue)) === 0) {
			this.lostIrqs |= 1 << queue;
			this.pauses.begin(time, lostIrq);
		}
	}

	irqEntered(time: number, queue: number): void {
		if ((this.lostIrqs & (1 << queue)) !== 0) {
			this.lostIrqs &= ~(1 << queue);
			this.pauses.end(time, lostIrq);
		}
	}

	/** New rings: nothing waits for a lost doorbell or interrupt any more. */
	recovered(time: number): void {
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
