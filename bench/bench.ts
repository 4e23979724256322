import process from 'node:process';
import {benchCompare} from './compare.js';
import {benchEngine} from './engine.js';
import {benchModel} from './model.js';
import {benchReading} from './reading.js';
import {benchRing} from './ring.js';
import {benchStart} from './start.js';
import {benchSweep} from './sweep.js';

const sections: Readonly<Record<string, () => void | Promise<void>>> = {
	compare: benchCompare,
	engine: benchEngine,
	model: benchModel,
	reading: benchReading,
	ring: benchRing,
	start: benchStart,
	sweep: benchSweep,
};

// Without names: all sections.
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(sections)) {
	const section = sections[name];
	if (section === undefined) {
		console.error(`bench: no section ${name}: ${Object.keys(sections).join(', ')}`);
		process.exitCode = 2;
	} else {
		await section(); // eslint-disable-line no-await-in-loop -- one after the other, for they share the cores
	}
}
