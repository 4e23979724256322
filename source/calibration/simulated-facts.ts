import {type Configuration} from '../simulation/configuration.js';
import {Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {LiveCommands} from '../tracking/live-commands.js';
import {shownResponses} from '../tracking/shown-response.js';
import {sizesOf} from '../tracking/sizes.js';
import {type Facts, type LockFacts} from './facts.js';
import {LockWatch} from './lock-watch.js';

/** Simulated before it is measured, ns. */
const warmup = 20_000_000;

/** ns between two looks at whether it is enough. */
const piece = 5_000_000;

/** How long a simulation may go on. */
export type Effort = {
	readonly commands: number;
	readonly events: number;
	/** ns. */
	readonly longest: number;
};

/** Counts in a simulation what `recordedFacts` counts in a recording. */
class FactObserver implements Instrument {
	latencies: number[] = [];
	numFree: number[] = [];
	kicks = 0;
	irqs = 0;
	submitted = 0;
	readonly lock: LockWatch;
	readonly observers: readonly Observer[];

	constructor(simulation: Simulation, watched: number) {
		const {pool} = simulation.state;
		const sizes = sizesOf(simulation);
		const live = new LiveCommands(sizes.queues, pool);
		this.lock = new LockWatch(watched, sizes);
		this.observers = [
			...this.lock.observers,
			...live.observers,
			{
				published: (_time, _thread, command, numFree) => {
					if (pool.queue[command] === watched) {
						this.submitted++;
						this.numFree.push(numFree);
					}
				},
				doorbellStarted: (_time, _thread, queue) => {
					this.kicks += queue === watched ? 1 : 0;
				},
				irqEntered: (_time, _vcpu, queue) => {
					this.irqs += queue === watched ? 1 : 0;
				},
			},
			shownResponses(simulation, (time, _worker, command) => {
				if (pool.queue[command] === watched) {
					this.latencies.push(time - live.publishedAt(command));
				}
			}),
		];
	}

	restart(time: number): void {
		this.lock.restart(time);
		this.latencies = [];
		this.numFree = [];
		this.kicks = 0;
		this.irqs = 0;
		this.submitted = 0;
	}
}

/** In ascending order. A function that compares would take a tenth of the time of a fit. */
function sorted(values: readonly number[]): readonly number[] {
	return Array.from(Float64Array.from(values).toSorted());
}

/**
Simulates a configuration for as long as the effort allows and returns
its facts; null when it stalls.
*/
export function simulatedFacts(
	configuration: Configuration,
	seed: number,
	queue: number,
	effort: Effort,
): Facts | null {
	const simulation = new Simulation(configuration, seed);
	const observer = new FactObserver(simulation, queue);
	simulation.observe(observer);
	simulation.runUntil(warmup);
	observer.restart(warmup);
	while (
		observer.submitted < effort.commands &&
		simulation.events < effort.events &&
		simulation.now < warmup + effort.longest
	) {
		simulation.runUntil(simulation.now + piece, effort.events);
		if (simulation.stall() !== null) {
			return null;
		}
	}

	const span = simulation.now - warmup;
	const {submitted, kicks, irqs, latencies, numFree} = observer;
	return submitted === 0
		? null
		: {
				queue,
				commands: submitted,
				span,
				throughput: submitted / (span / 1e9),
				latencies: sorted(latencies),
				kicksPerCommand: kicks / submitted,
				irqsPerCommand: irqs / submitted,
				numFree: sorted(numFree),
				lock: observer.lock.facts(span),
			};
}

/** The facts of several runs as of one; null when all of them stall. */
export function mergedFacts(runs: ReadonlyArray<Facts | null>): Facts | null {
	const all = runs.filter(facts => facts !== null);
	const [first] = all;
	if (first === undefined) {
		return null;
	}

	const sum = (of: (facts: Facts) => number): number => all.reduce((total, facts) => total + of(facts), 0);
	const commands = sum(facts => facts.commands);
	const span = sum(facts => facts.span);
	return {
		queue: first.queue,
		commands,
		span,
		throughput: commands / (span / 1e9),
		latencies: sorted(all.flatMap(({latencies}) => latencies)),
		kicksPerCommand: sum(facts => (facts.kicksPerCommand ?? 0) * facts.commands) / commands,
		irqsPerCommand: sum(facts => (facts.irqsPerCommand ?? 0) * facts.commands) / commands,
		numFree: sorted(all.flatMap(({numFree}) => numFree)),
		lock: mergedLock(all),
	};
}

function mergedLock(all: readonly Facts[]): LockFacts | null {
	let total = 0;
	const sums = {
		worker: 0,
		submitter: 0,
		waits: 0,
		onNotify: 0,
	};
	for (const {lock, span} of all) {
		if (lock === null) {
			return null;
		}

		total += span;
		sums.worker += lock.worker * span;
		sums.submitter += lock.submitter * span;
		sums.waits += lock.waits * span;
		sums.onNotify += lock.onNotify * span;
	}

	return {
		worker: sums.worker / total,
		submitter: sums.submitter / total,
		waits: sums.waits / total,
		onNotify: sums.onNotify / total,
	};
}
