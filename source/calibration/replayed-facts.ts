import {type Observer} from '../engine/probe.js';
import {type Configuration} from '../simulation/configuration.js';
import {Simulation} from '../simulation/simulation.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {shownResponse} from '../run/shown-response.js';
import {type Facts} from './facts.js';
import {LockWatch} from './lock-watch.js';

/** ns between two looks at whether all is sent and answered. */
const piece = 1_000_000;

/** Counts what `recordedFacts` counts, for the first round of each client's loop. */
class ReplayObserver implements Observer {
	readonly latencies: number[] = [];
	readonly numFree: number[] = [];
	readonly left: number[];
	first = -1;
	last = -1;
	lastAnswer = -1;
	readonly kickTimes: number[] = [];
	readonly irqTimes: number[] = [];
	readonly published = new Map<number, number>();
	readonly lock: LockWatch;
	private readonly simulation: Simulation;
	private readonly queue: number;

	constructor(simulation: Simulation, queue: number, counts: readonly number[]) {
		this.simulation = simulation;
		this.queue = queue;
		this.lock = new LockWatch(queue);
		this.left = [...counts];
	}

	get isDone(): boolean {
		return this.left.every(count => count <= 0) && this.published.size === 0;
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		this.lock.observe(point, time, actor, subject, value);
		switch (point) {
			case tracepoint.published: {
				this.left[actor]--;
				if (this.left[actor] >= 0 && this.simulation.state.pool.queue[subject] === this.queue) {
					this.first = this.first < 0 ? time : this.first;
					this.last = time;
					this.numFree.push(value);
					this.published.set(subject, time);
				}

				break;
			}

			case tracepoint.doorbellStarted: {
				if (subject === this.queue) {
					this.kickTimes.push(time);
				}

				break;
			}

			case tracepoint.irqEntered: {
				if (subject === this.queue) {
					this.irqTimes.push(time);
				}

				break;
			}

			default: {
				const command = shownResponse(this.simulation, point, subject);
				const published = this.published.get(command);
				if (published !== undefined) {
					this.published.delete(command);
					this.latencies.push(time - published);
					this.lastAnswer = time;
				}
			}
		}
	}
}

/**
Runs the first round of replay clients, whose loops are whole recordings, and returns its
facts; null when it stalls or does not end within `longest` ns.
*/
export function replayedFacts(configuration: Configuration, seed: number, queue: number, longest: number): Facts | null {
	const simulation = new Simulation(configuration, seed);
	const observer = new ReplayObserver(simulation, queue, configuration.clients.map(({loop}) => loop.length));
	simulation.observe(observer);
	while (!observer.isDone && simulation.now < longest) {
		simulation.runUntil(simulation.now + piece);
		if (simulation.stall() !== null) {
			return null;
		}
	}

	const {latencies, numFree, first, last, lastAnswer, kickTimes, irqTimes, isDone} = observer;
	const commands = numFree.length;
	if (!isDone || commands < 2) {
		return null;
	}

	const within = (time: number): boolean => time >= first && time <= lastAnswer;
	return {
		queue,
		commands,
		span: last - first,
		throughput: (commands - 1) / ((last - first) / 1e9),
		latencies: latencies.toSorted((a, b) => a - b),
		kicksPerCommand: kickTimes.filter(time => within(time)).length / commands,
		irqsPerCommand: irqTimes.filter(time => within(time)).length / commands,
		numFree: numFree.toSorted((a, b) => a - b),
		lock: observer.lock.facts(last - first),
	};
}
