import {Histogram} from '../engine/histogram.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {pauseKind} from '../tracepoints/tracepoints.js';
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
run times of the dequeue work, and for what single cause each command waited. Its observer hears each event after
`CommandTracker` has.
*/
export class Causes {
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

	observer(): Observer {
		const {commands, frames, pauses, simulation, waits} = this;
		const {pool} = simulation.state;
		return {
			commandStarted: (_time, thread, command) => {
				this.started(thread, command);
			},
			busyError(time, thread, command) {
				commands.dropped(command);
				frames.ended(time, thread, command, true);
			},
			published(time, _thread, command) {
				waits.published(time, command, pool.context[command]);
			},
			doorbellStarted(_time, _thread, _queue, vcpuAndForced) {
				waits.doorbellStarted(vcpuAndForced >> 1);
			},
			doorbellDelivered: (time, vcpu, queue, lost) => {
				this.delivered(time, vcpu, queue, lost === 1);
			},
			bqlContended(time, thread) {
				waits.bqlContended(time, thread);
			},
			bqlAcquired(time, thread, _holder, contended) {
				waits.bqlAcquired(time, thread, contended);
			},
			pauseBegan(time, _vcpu, kind) {
				pauses.begin(time, kindOf(kind));
			},
			pauseEnded(time, _vcpu, kind) {
				pauses.end(time, kindOf(kind));
			},
			passStarted(_time, _server, queue) {
				waits.passStarted(queue);
			},
			popped(_time, _server, command) {
				waits.popped(command, commands.queueOf(command));
			},
			serviceStarted(time, _server, command) {
				waits.serviceStarted(time, command, pool.context[command]);
			},
			fenceQueued(time, _server, command) {
				waits.serviceEnded(time, command);
			},
			usedPublished(time, _server, command) {
				waits.serviceEnded(time, command);
				if (pool.fenced[command] === 1) {
					waits.signalled(command, pool.gpuDone[command]);
				}
			},
			...this.completion(),
		};
	}

	private completion(): Observer {
		const {commands, frames, pauses, simulation, waits} = this;
		const {pool} = simulation.state;
		return {
			msiSent: (time, _server, queue, lost) => {
				if (lost === 1 && (this.lostIrqs & (1 << queue)) === 0) {
					this.lostIrqs |= 1 << queue;
					pauses.begin(time, lostIrq);
				}
			},
			irqEntered: (time, _vcpu, queue) => {
				if ((this.lostIrqs & (1 << queue)) !== 0) {
					this.lostIrqs &= ~(1 << queue);
					pauses.end(time, lostIrq);
				}
			},
			workQueued(time, _vcpu, queue, pending) {
				if (pending === 0) {
					waits.workQueued(time, queue);
				}
			},
			workStarted(time, _thread, queue) {
				waits.workStarted(time, queue);
			},
			reaped(_time, _thread, command) {
				waits.reaped(command, commands.queueOf(command));
			},
			workDrained(time, _thread, queue) {
				waits.workDrained(time, queue);
			},
			workEnded: (time, _thread, queue) => {
				this.ran(waits.workEnded(time, queue), queue);
			},
			responded(time, _thread, command) {
				pauses.answered();
				waits.responded(time, command, commands.queueOf(command), {
					latency: commands.lastLatency,
					stages: commands.lastStages,
					usedAt: commands.lastUsed,
				});
				frames.ended(time, pool.thread[command], command, false);
			},
			reset: (time, _actor, _subject, begins) => {
				this.recovered(time, begins);
			},
		};
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
