import {RunPast} from '../export/run-past.js';
import {Recorder} from '../metrics/recorder.js';
import {ResetCut} from '../metrics/reset-cut.js';
import {type Configuration} from '../simulation/configuration.js';
import {Simulation} from '../simulation/simulation.js';

/** A simulation with the recorder that watches it, and the moments of its past. */
export type LiveRun = {
	readonly simulation: Simulation;
	readonly recorder: Recorder;
	readonly past: RunPast;
};

/** Begins a run that is measured in windows of so many ns. */
export function startRun(configuration: Configuration, seed: number, window: number): LiveRun {
	const simulation = new Simulation(configuration, seed);
	const recorder = new Recorder(simulation, window);
	simulation.observe(recorder);
	simulation.observe(new ResetCut(recorder));
	return {simulation, recorder, past: new RunPast(simulation, recorder)};
}
