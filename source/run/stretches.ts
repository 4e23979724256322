import {type Metrics} from '../metrics/metrics.js';
import {Recorder} from '../metrics/recorder.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Simulation} from '../simulation/simulation.js';

/** Commands that figures must rest on to be judged. */
export const settledCommands = 200;

/** The part of a run in which one setting was in force. Times in ns. */
export type Stretch = {
	readonly from: number;
	readonly to: number;
	/** What was changed at its beginning; of the first one: in the warm-up. */
	readonly set: Readonly<Record<string, ParameterValue>>;
	readonly configuration: Configuration;
	readonly metrics: Metrics;
	/** Commands answered in it. */
	readonly commands: number;
	/** Too few commands to be judged. */
	readonly settling: boolean;
};

/**
Cuts a run into stretches at its changes. A change at its next use begins a stretch when it is
made; a device reset begins one when the new rings are in place, and the drain before that is
in no stretch. Changes at the same time, or during a drain, begin one stretch. Create it at time 0.
*/
export class StretchCutter {
	private readonly simulation: Simulation;
	private readonly recorder: Recorder;
	private readonly finished: Stretch[] = [];
	private set: Record<string, ParameterValue> = {};
	/** Start of the stretch under way; null before the first one and during a drain. */
	private from: number | null = null;
	private measuring = false;

	constructor(simulation: Simulation) {
		this.simulation = simulation;
		// No window of it is ever looked at.
		this.recorder = new Recorder(simulation, Infinity, 1);
		simulation.observe(this.recorder);
		simulation.observe({
			reset: (_time, _actor, _subject, begins) => {
				if (begins === 0) {
					this.begin();
				}
			},
		});
	}

	/** The warm-up is over. */
	measure(): void {
		this.measuring = true;
		this.open();
	}

	/** Makes a change of parameters. Throws `UserError` when the simulation refuses it. */
	apply(set: Readonly<Record<string, ParameterValue>>): void {
		this.close();
		this.simulation.apply(set);
		this.set = {...this.set, ...set};
		this.open();
	}

	/** The stretches so far, the last of them up to now. */
	stretches(): Stretch[] {
		if (!this.measuring) {
			return [];
		}

		if (this.from === null) {
			this.recorder.restart();
		}

		return [...this.finished, this.current(this.from ?? this.simulation.now)];
	}

	/** Begins a stretch unless rings are being drained for it. */
	private open(): void {
		if (!this.simulation.isResetting) {
			this.begin();
		}
	}

	private begin(): void {
		if (this.measuring && this.from === null) {
			this.from = this.simulation.now;
			this.recorder.restart();
		}
	}

	/** Ends the stretch under way, if any time has passed in it. */
	private close(): void {
		if (this.from !== null && this.from < this.simulation.now) {
			this.finished.push(this.current(this.from));
			this.set = {};
		}

		this.from = null;
	}

	private current(from: number): Stretch {
		const {simulation, recorder, set} = this;
		const commands = recorder.answered;
		return {
			from,
			to: simulation.now,
			set,
			configuration: simulation.configuration,
			metrics: recorder.metrics(),
			commands,
			settling: commands < settledCommands,
		};
	}
}
