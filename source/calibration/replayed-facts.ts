import {type Configuration} from '../simulation/configuration.js';
import {Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {LiveCommands} from '../tracking/live-commands.js';
import {shownResponses} from '../tracking/shown-response.js';
import {sizesOf} from '../tracking/sizes.js';
import {type Facts} from './facts.js';
import {LockWatch} from './lock-watch.js';

/** ns between two looks at whether all is sent and answered. */
const piece = 1_000_000;

/** Counts what `recordedFacts` counts, for the first round of each client's loop. */
class ReplayObserver implements Instrument {
	readonly latencies: number[] = [];
	readonly numFree: number[] = [];
	readonly left: number[];
	first = -1;
	last = -1;
	lastAnswer = -1;
	readonly kickTimes: number[] = [];
	readonly irqTimes: number[] = [];
	/** Commands of the first rounds that have no answer yet. */
	readonly waiting = new Set<number>();
	readonly lock: LockWatch;
	readonly observers: readonly Observer[];

	constructor(simulation: Simulation, watched: number, counts: readonly number[]) {
		const {pool} = simulation.state;
		const sizes = sizesOf(simulation);
		const live = new LiveCommands(sizes.queues, pool);
		this.lock = new LockWatch(watched, sizes);
		this.left = [...counts];
		this.observers = [
			...this.lock.observers,
			...live.observers,
			{
				published: (time, thread, command, numFree) => {
					this.left[thread]--;
					if (this.left[thread] >= 0 && pool.queue[command] === watched) {
						this.first = this.first < 0 ? time : this.first;
						this.last = time;
						this.numFree.push(numFree);
						this.waiting.add(command);
					}
				},
				doorbellStarted: (time, _thread, queue) => {
					if (queue === watched) {
						this.kickTimes.push(time);
					}
				},
				irqEntered: (time, _vcpu, queue) => {
					if (queue === watched) {
						this.irqTimes.push(time);
					}
				},
			},
			shownResponses(simulation, (time, _worker, command) => {
				if (this.waiting.delete(command)) {
					this.latencies.push(time - live.publishedAt(command));
					this.lastAnswer = time;
				}
			}),
		];
	}

	get isDone(): boolean {
		return this.left.every(count => count <= 0) && this.waiting.size === 0;
	}
}

/**
Runs the first round of replay clients, whose loops are whole recordings, and returns its
facts; null when it stalls or does not end within `longest` ns.
*/
export function replayedFacts(
	configuration: Configuration,
	seed: number,
	queue: number,
	longest: number,
): Facts | null {
	const simulation = new Simulation(configuration, seed);
	const observer = new ReplayObserver(
		simulation,
		queue,
		configuration.clients.map(({loop}) => loop.length),
	);
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
