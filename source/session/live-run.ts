import {type Recorder} from '../metrics/recorder.js';
import {recorderKit} from '../run/recorder-kit.js';
import {Timeline} from '../run/timeline.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Simulation} from '../simulation/simulation.js';
import {LastEvents} from '../tracking/last-events.js';
import {UnderWay} from '../tracking/under-way.js';

/** What measures a live run, and what an export of its past has to know. */
export type LiveKit = {readonly recorder: Recorder; readonly underWay: UnderWay; readonly lastEvents: LastEvents};

/** A run that can go back and fork, with its simulation and the recorder that watches it. */
export type LiveRun = {
	readonly timeline: Timeline<LiveKit>;
	/** To be looked at; the timeline runs it. */
	readonly simulation: Simulation;
	readonly recorder: Recorder;
	readonly lastEvents: LastEvents;
};

/** Begins a run that is measured in windows of so many ns. */
export function startRun(configuration: Configuration, seed: number, window: number): LiveRun {
	const timeline = new Timeline({configuration, seed}, simulation => {
		const kit = recorderKit(window)(simulation);
		const underWay = new UnderWay(simulation);
		simulation.observe(underWay);
		const lastEvents = new LastEvents();
		simulation.observe(lastEvents);
		return {...kit, underWay, lastEvents};
	});
	const {recorder, lastEvents} = timeline.instruments;
	return {timeline, simulation: timeline.simulation, recorder, lastEvents};
}
