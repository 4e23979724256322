import {captureState, restoreState, type StateImage} from '../engine/state-image.js';
import {type CommandTracker} from '../metrics/command-tracker.js';
import {type Recorder} from '../metrics/recorder.js';
import {type Checkpoint, type Simulation} from '../simulation/simulation.js';
import {UnderWay} from '../tracking/under-way.js';

/** A moment of a run from which it can be made again, exporters included. */
export type Moment = {
	/** ns. */
	readonly time: number;
	readonly simulation: Checkpoint;
	readonly underWay: StateImage;
	readonly commands: StateImage;
	/** Changes that had acted. */
	readonly changes: number;
};

/** Simulated time between two moments, and how far back they reach, ns. */
const spacing = 100_000_000;
const reach = 2_000_000_000;

/** Sums over all commands say nothing about those under way. */
const sums = ({latency, traced, stagesByBucket}: CommandTracker): readonly object[] => [latency, traced, stagesByBucket];

export function commandImage(commands: CommandTracker): StateImage {
	return captureState(commands, sums(commands));
}

export function restoreCommands(commands: CommandTracker, image: StateImage): void {
	restoreState(commands, image, sums(commands));
}

/**
Moments of the last seconds of a run, and its start: where an export begins to run again.
Their number is fixed. Create it at time 0, behind the recorder.
*/
export class RunPast {
	private readonly simulation: Simulation;
	private readonly recorder: Recorder;
	private readonly underWay: UnderWay;
	private readonly moments: Moment[] = [];

	constructor(simulation: Simulation, recorder: Recorder) {
		this.simulation = simulation;
		this.recorder = recorder;
		this.underWay = new UnderWay(simulation);
		simulation.observe(this.underWay);
	}

	/** Remembers this moment, after so many changes, when it is time to. Call it where the run stands between two slices. */
	keep(changes: number): void {
		const {now} = this.simulation;
		if (now - (this.moments.at(-1)?.time ?? 0) < spacing) {
			return;
		}

		this.moments.push({
			time: now, simulation: this.simulation.checkpoint(), underWay: this.underWay.image(), commands: commandImage(this.recorder.commands), changes,
		});
		while (this.moments.length > 1 && this.moments[1].time <= now - reach) {
			this.moments.shift();
		}
	}

	/** The last moment before `time` (ns); undefined: run from the start. */
	before(time: number): Moment | undefined {
		return this.moments.findLast(moment => moment.time < time);
	}
}
