import {type Configuration} from '../../simulation/configuration.js';
import {Simulation} from '../../simulation/simulation.js';
import {RecordingMeter} from '../../meter/recording-meter.js';
import {SimulationFeed} from '../../meter/simulation-feed.js';

/** Longest stretch of a recording that is simulated, ns. */
const longest = 10_000_000_000;

/** Simulated time between two looks at the budget, ns. */
const piece = 1_000_000;

/**
A run of the model for as long as a recording is, measured by the same meter at the same
times: after the warm-up of its configuration the recording's first event is where it starts.
*/
export class Beside {
	readonly name: string;
	readonly meter = new RecordingMeter();
	private readonly simulation: Simulation;
	private readonly warmup: number;
	private readonly length: number;
	/** From simulated time to the recording's. */
	private readonly offset: number;

	/** `start`, `span`: the recording's first event and length, ns. */
	constructor(name: string, configuration: Configuration, start: number, span: number) {
		this.name = name;
		this.simulation = new Simulation(configuration, configuration.parameters.seed);
		this.warmup = configuration.parameters.warmup;
		this.length = Math.min(span, longest);
		this.offset = start - this.warmup;
		this.simulation.observe(new SimulationFeed(this.simulation, this.meter, this.warmup, this.offset));
	}

	/** Share that is simulated, 0 to 1. */
	get progress(): number {
		return Math.min(1, this.simulation.now / (this.warmup + this.length));
	}

	/** Simulates about `budget` events more; true at the end. */
	advance(budget: number): boolean {
		const {simulation} = this;
		const end = this.warmup + this.length;
		const last = simulation.events + budget;
		while (simulation.now < end && simulation.events < last) {
			simulation.runUntil(Math.min(end, simulation.now + piece), last - simulation.events);
		}

		this.meter.pass(simulation.now + this.offset);
		return simulation.now >= end;
	}
}
