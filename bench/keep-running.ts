import process from 'node:process';
import {DeskScreen} from '../source/dashboard/screen.js';
import {Recorder} from '../source/metrics/recorder.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {registryOf} from '../source/session/commands.js';
import {Controller} from '../source/session/controller.js';
import {RunSubject} from '../source/session/run-subject.js';
import {Session} from '../source/session/session.js';
import {SnapshotMaker} from '../source/session/snapshot-maker.js';
import {Simulation} from '../source/simulation/simulation.js';
import {views} from '../source/views/list.js';

/**
A run of the section `memory`, in a process of its own with `--expose-gc`: simulates so many minutes
of a preset, alone or in the dashboard, and prints what lives (bytes) after each.

	keep-running PRESET MINUTES headless|dashboard

In the dashboard a frame is made every four simulated seconds; the wall clock is that of the
simulation, so that all that has its time on the wall comes and goes as it would.
*/
const [name = '', minutes = '', what = ''] = process.argv.slice(2);
const minute = 60e9;
const frame = 4e9;

function live(): number {
	if (globalThis.gc === undefined) {
		throw new Error('node --expose-gc');
	}

	// Twice: what is freed by a finalizer is garbage only after the first.
	globalThis.gc();
	globalThis.gc();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

function headless(): (time: number) => void {
	const simulation = new Simulation(configurationOf(loadPreset(name)), 1);
	simulation.observe(new Recorder(simulation, 1_000_000));
	return time => {
		simulation.runUntil(time, Infinity);
	};
}

function nobody(): never {
	throw new Error('nobody asks for it here');
}

function dashboard(): (time: number) => void {
	const preset = loadPreset(name);
	let now = 0;
	const clock = (): number => now;
	const session = new Session({
		preset: {...preset, reference: name, configuration: configurationOf(preset)},
		clock,
	});
	const subject = new RunSubject(
		{session, shelf: {list: () => [], load: nobody, save: nobody}, files: {refuse: nobody, write: nobody}},
		new SnapshotMaker(session, {clock, columns: 1}),
	);
	const controller = new Controller(subject, {quit: nobody, suspend: nobody, redraw: nobody}, registryOf(views));
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: true, color: '16'},
		clock,
		size: {columns: 120, rows: 40},
	});
	return time => {
		while (session.now < time) {
			session.advanceTo(Math.min(time, session.now + frame));
			now = session.now / 1e6;
			screen.refresh();
		}
	};
}

const runTo = what === 'dashboard' ? dashboard() : headless();
const after: number[] = [];
for (let i = 1; i <= Number(minutes); i++) {
	runTo(i * minute);
	after.push(live());
}

console.log(JSON.stringify({after, peak: process.resourceUsage().maxRSS * 1024}));
