import process from 'node:process';
import {Recorder} from '../source/metrics/recorder.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {Simulation} from '../source/simulation/simulation.js';

/**
One run of a bench, in a process of its own: simulates so many events of a preset and prints what
they took of user CPU time (ns an event), the commands that were answered by then, what was
allocated (bytes an event; only right where nothing was collected) and their fingerprint.

	run-events PRESET EVENTS bare|metrics
*/
const [preset = '', count = '', what = ''] = process.argv.slice(2);
/** Events before those that are measured, for the compiler. */
const warmUp = 400_000;

const simulation = new Simulation(configurationOf(loadPreset(preset)), 1);
const recorder = new Recorder(simulation, 1_000_000);
if (what === 'metrics') {
	simulation.observe(recorder);
}

simulation.runUntil(Infinity, warmUp);
const commands = recorder.answered;
const {heapUsed} = process.memoryUsage();
const before = process.cpuUsage();
simulation.runUntil(Infinity, Number(count));
const {user} = process.cpuUsage(before);
console.log(
	JSON.stringify({
		time: (user * 1000) / Number(count),
		commands: recorder.answered - commands,
		bytes: (process.memoryUsage().heapUsed - heapUsed) / Number(count),
		hash: simulation.eventHash(),
	}),
);
