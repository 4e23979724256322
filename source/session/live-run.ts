import {LifeGroups} from '../metrics/life-groups.js';
import {LifeHeat} from '../metrics/life-heat.js';
import {type Recorder} from '../metrics/recorder.js';
import {type Act} from '../run/acts.js';
import {recorderKit} from '../run/recorder-kit.js';
import {Timeline} from '../run/timeline.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Simulation} from '../simulation/simulation.js';
import {LastEvents} from '../tracking/last-events.js';
import {UnderWay} from '../tracking/under-way.js';

/** What measures a live run, and what an export of its past has to know. */
export type LiveKit = {
	readonly recorder: Recorder;
	readonly underWay: UnderWay;
	readonly lastEvents: LastEvents;
	readonly groups: LifeGroups;
	readonly heat: LifeHeat;
};

/** A run that can go back and fork, with its simulation and the recorder that watches it. */
export type LiveRun = {
	readonly timeline: Timeline<LiveKit>;
	/** To be looked at; the timeline runs it. */
	readonly simulation: Simulation;
	readonly recorder: Recorder;
	readonly lastEvents: LastEvents;
	readonly groups: LifeGroups;
	readonly heat: LifeHeat;
};

/**
Moments of a run: no time of its first minute is more than 0.125 s of simulation from one, and after
it there are no more of them.
*/
const moments = {spacing: 125_000_000, most: 480, even: true} as const;

/** Begins a run that is measured in windows of so many ns; `acts` are what will be done to it. */
export function startRun(
	configuration: Configuration,
	seed: number,
	window: number,
	acts: readonly Act[] = [],
): LiveRun {
	return liveRun(
		new Timeline(
			{configuration, seed, acts},
			simulation => {
				const kit = recorderKit(window)(simulation);
				const underWay = new UnderWay(simulation);
				simulation.observe(underWay);
				const lastEvents = new LastEvents();
				simulation.observe(lastEvents);
				const groups = new LifeGroups(simulation, kit.recorder);
				simulation.observe(groups);
				const heat = new LifeHeat(simulation, kit.recorder);
				simulation.observe(heat);
				return {...kit, underWay, lastEvents, groups, heat};
			},
			moments,
		),
	);
}

/** A timeline with what is looked at of it. */
export function liveRun(timeline: Timeline<LiveKit>): LiveRun {
	const {recorder, lastEvents, groups, heat} = timeline.instruments;
	return {timeline, simulation: timeline.simulation, recorder, lastEvents, groups, heat};
}
