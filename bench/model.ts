import {Recorder} from '../source/metrics/recorder.js';
import {loadPreset, presetNames} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {Simulation} from '../source/simulation/simulation.js';

/** Runs a preset for a while and returns events and commands per second of wall time. */
function rate(preset: string, measured: boolean): {events: number; commands: number} {
	const simulation = new Simulation(configurationOf(loadPreset(preset)), 1);
	const recorder = new Recorder(simulation, 1_000_000);
	if (measured) {
		simulation.observe(recorder);
	}

	simulation.runUntil(200e6, 300_000);
	const {events, now} = simulation;
	const start = performance.now();
	simulation.runUntil(Infinity, 1_000_000);
	const seconds = (performance.now() - start) / 1000;
	const done = measured ? (recorder.metrics().throughput.completed * now) / 1e9 : 0;
	const perEvent = done / Math.max(1, events);
	return {
		events: (simulation.events - events) / seconds,
		commands: (perEvent * (simulation.events - events)) / seconds,
	};
}

/** Prints how fast the whole model runs, with and without its metrics. */
export function benchModel(): void {
	console.log('\nmodel: one million events of each preset');
	console.log('preset                          M events/s   with metrics   k commands/s');
	for (const preset of presetNames()) {
		const bare = rate(preset, false);
		const full = rate(preset, true);
		console.log(
			`${preset.padEnd(30)} ${(bare.events / 1e6).toFixed(2).padStart(11)} ` +
				`${(full.events / 1e6).toFixed(2).padStart(14)} ${(full.commands / 1e3).toFixed(0).padStart(14)}`,
		);
	}
}
