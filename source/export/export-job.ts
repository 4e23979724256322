import {type Observer} from '../engine/probe.js';
import {Recorder} from '../metrics/recorder.js';
import {type Change} from '../parameters/configuration.js';
import {type RunPlan} from '../simulation/plan.js';
import {Simulation} from '../simulation/simulation.js';
import {CommandRows} from './command-rows.js';
import {FtraceWriter} from './ftrace-writer.js';
import {PerfettoWriter} from './perfetto-writer.js';
import {RunLedger} from './run-ledger.js';
import {type Moment, restoreCommands} from './run-past.js';

/** Programs that a stretch of a run can be written for. */
export const traceFormats = ['perfetto', 'ftrace', 'csv'] as const;

export type TraceFormat = (typeof traceFormats)[number];

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
	private readonly ledger: RunLedger;
	private readonly changes: readonly Change[];
	private readonly from: number;
	private readonly end: number;
	private readonly start: number;
	private readonly format: TraceFormat;
	private nextChange: number;
	private writer: (Observer & {text(time: number): string}) | undefined;

	constructor(plan: RunPlan, format: TraceFormat, moment?: Moment) {
		const simulation = new Simulation(plan.configuration, plan.seed);
		this.simulation = simulation;
		this.format = format;
		this.from = plan.warmup;
		this.end = plan.warmup + plan.duration;
		this.changes = plan.changes.toSorted((a, b) => a.at - b.at);
		// The recorder cuts the stages of commands, which only csv has.
		this.recorder = format === 'csv' ? new Recorder(simulation, window) : undefined;
		this.ledger = new RunLedger(simulation);
		if (moment !== undefined) {
			simulation.restore(moment.simulation);
			this.ledger.restore(moment.ledger);
			if (this.recorder !== undefined) {
				restoreCommands(this.recorder.commands, moment.commands);
			}
		}

		this.start = moment?.time ?? 0;
		this.nextChange = moment?.changes ?? 0;
		if (this.recorder !== undefined) {
			simulation.observe(this.recorder);
		}

		simulation.observe(this.ledger);
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
		const {simulation, recorder, ledger, from, format} = this;
		simulation.unobserve(ledger);
		this.writer = format === 'perfetto'
			? new PerfettoWriter(simulation, from, ledger)
			: (recorder === undefined ? new FtraceWriter(simulation, from, ledger) : new CommandRows(simulation, recorder, from));
		simulation.observe(this.writer);
	}

	private nextStop(): number {
		const stop = this.writer === undefined ? Math.min(this.from, this.end) : this.end;
		return this.nextChange < this.changes.length ? Math.min(stop, this.changes[this.nextChange].at) : stop;
	}
}
