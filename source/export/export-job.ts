import {Recorder} from '../metrics/recorder.js';
import {type Change} from '../parameters/configuration.js';
import {type RunPlan} from '../simulation/plan.js';
import {Simulation} from '../simulation/simulation.js';
import {UnderWay} from '../tracking/under-way.js';
import {type Moment, restoreCommands} from './run-past.js';
import {type TraceFormat, type TraceWriter} from './trace-format.js';

/** Length of the recorder's windows, ns: no export shows them. */
const window = 1_000_000_000;

/**
Makes a run again from its list, with an exporter attached where the warm-up of the plan ends,
and writes what happens from there on. The events are those of any other run of the plan, so
that nothing needs to be recorded beforehand; from a moment of that run instead of time 0 it
writes the same.
*/
export class ExportJob {
	private readonly simulation: Simulation;
	private readonly recorder: Recorder | undefined;
	private readonly underWay: UnderWay;
	private readonly changes: readonly Change[];
	private readonly from: number;
	private readonly end: number;
	private readonly start: number;
	private readonly format: TraceFormat;
	private nextChange: number;
	private writer: TraceWriter | undefined;

	/** Throws `UserError` when the format has nothing to say of the plan. */
	constructor(plan: RunPlan, format: TraceFormat, moment?: Moment) {
		format.refuse?.(plan.configuration);
		const simulation = new Simulation(plan.configuration, plan.seed);
		this.simulation = simulation;
		this.format = format;
		this.from = plan.warmup;
		this.end = plan.warmup + plan.duration;
		this.changes = plan.changes.toSorted((a, b) => a.at - b.at);
		this.recorder = format.needsRecorder === true ? new Recorder(simulation, window) : undefined;
		this.underWay = new UnderWay(simulation);
		if (moment !== undefined) {
			simulation.restore(moment.simulation);
			this.underWay.restore(moment.underWay);
			if (this.recorder !== undefined) {
				restoreCommands(this.recorder.commands, moment.commands);
			}
		}

		this.start = moment?.time ?? 0;
		this.nextChange = moment?.changes ?? 0;
		if (this.recorder !== undefined) {
			simulation.observe(this.recorder);
		}

		simulation.observe(this.underWay);
	}

	/** Share that is done, 0 to 1. */
	get progress(): number {
		return Math.min(1, (this.simulation.now - this.start) / (this.end - this.start));
	}

	/** Events so far, from the moment it began at. */
	get events(): number {
		return this.simulation.events;
	}

	/** Runs about `budget` events more; true at the end. Throws `UserError` when the export grows out of hand. */
	advance(budget: number): boolean {
		const {simulation, changes} = this;
		for (let left = budget; left > 0 && simulation.now < this.end;) {
			while (this.nextChange < changes.length && changes[this.nextChange].at <= simulation.now) {
				simulation.apply(changes[this.nextChange++].set);
			}

			if (this.writer === undefined && simulation.now >= this.from) {
				this.attach();
			}

			const before = simulation.events;
			simulation.runUntil(this.nextStop(), left);
			left -= Math.max(1, simulation.events - before);
		}

		return simulation.now >= this.end;
	}

	/** The export as far as the run has got. */
	text(): string {
		if (this.writer === undefined) {
			this.attach();
		}

		return this.writer?.text(this.simulation.now) ?? '';
	}

	private attach(): void {
		const {simulation, recorder, underWay, from, format} = this;
		this.writer = format.writer({
			simulation, recorder, underWay, from,
		});
		simulation.observe(this.writer);
	}

	private nextStop(): number {
		const stop = this.writer === undefined ? Math.min(this.from, this.end) : this.end;
		return this.nextChange < this.changes.length ? Math.min(stop, this.changes[this.nextChange].at) : stop;
	}
}
