import {readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {benchCompare} from './compare.js';
import {benchDashboard} from './dashboard.js';
import {benchDraw} from './draw.js';
import {benchEngine} from './engine.js';
import {type Figure, figureLine, moved, type Sections} from './figure.js';
import {benchMemory} from './memory.js';
import {benchMetrics} from './metrics.js';
import {benchModel} from './model.js';
import {benchReading} from './reading.js';
import {benchRewind} from './rewind.js';
import {benchRing} from './ring.js';
import {benchStart} from './start.js';
import {benchSweep} from './sweep.js';

type Section = () => readonly Figure[] | void | Promise<readonly Figure[] | void>;

/** Without names: all of them, in this order. A section that returns nothing prints for itself. */
const sections: Readonly<Record<string, Section>> = {
	engine: benchEngine,
	draw: benchDraw,
	model: benchModel,
	metrics: benchMetrics,
	rewind: benchRewind,
	ring: benchRing,
	dashboard: benchDashboard,
	start: benchStart,
	sweep: benchSweep,
	trace: benchReading,
	memory: benchMemory,
	compare: benchCompare,
};

/**
Prints what the program costs, each figure beside a reference of the same run and its goal. Build
first.

	tsx bench/bench.ts [SECTION …] [--json] [--save FILE] [--against FILE]

`--save` keeps the figures, `--against` prints what moved since those of a file beyond the noise.
*/
const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {json: {type: 'boolean', default: false}, save: {type: 'string'}, against: {type: 'string'}},
});
const names = positionals.length > 0 ? positionals : Object.keys(sections);
const unknown = names.filter(name => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
	console.error(`bench: no section ${unknown.join(', ')}: ${Object.keys(sections).join(', ')}`);
	process.exit(2);
}

const say = (text: string): void => {
	process[values.json ? 'stderr' : 'stdout'].write(`${text}\n`);
};

if (values.json) {
	console.log = say;
}

const taken: Record<string, readonly Figure[]> = {};
for (const name of names) {
	// eslint-disable-next-line no-await-in-loop -- one after the other, for they share the cores
	const figures = await sections[name]();
	if (figures !== undefined) {
		taken[name] = figures;
		say(`\n${name}`);
		for (const figure of figures) {
			say(`  ${figureLine(figure)}`);
		}
	}
}

const machine = {
	processor: os.cpus().at(0)?.model ?? 'unknown',
	cores: os.availableParallelism(),
	node: process.versions.node,
	load: os.loadavg()[0],
};
const report = `${JSON.stringify({machine, sections: taken}, undefined, '\t')}\n`;
if (values.json) {
	process.stdout.write(report);
}

if (values.against !== undefined) {
	const {sections: before} = JSON.parse(readFileSync(values.against, 'utf8')) as {sections: Sections};
	const lines = moved(before, taken);
	say(`\nmoved since ${values.against}`);
	say(lines.length === 0 ? '  nothing beyond the noise' : lines.map(line => `  ${line}`).join('\n'));
}

if (values.save !== undefined) {
	writeFileSync(values.save, report);
}
