import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {familiesOf} from '../source/validation/cell.js';
import {companionPath} from '../source/validation/companion.js';
import {type FitResult, readFit} from '../source/validation/fit-result.js';
import {readCells} from '../source/validation/read-cells.js';
import {sessionSpeeds, sessionSpread} from '../source/validation/session-speed.js';
import {readStory} from '../source/validation/story.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {root} from './places.js';
import {Coordinates} from './fit/coordinates.js';
import {CrossValidation, fullFit} from './fit/cross-validation.js';
import {Evaluator} from './fit/evaluator.js';
import {Memory, TimeUp} from './fit/memory.js';
import {reduce} from './fit/reduction.js';

/**
Fits the constants of a preset to a file of measured cells, and to all but each family of
them. Gauss-Newton with damping on the logarithms of predicted over measured, each in units
of its band, with a loss that does not run away with what cannot be met and a price for
constants that leave the range of their source. Derivatives come from an orthogonal design in
which all constants move at once, since one run is far too noisy to be compared with another;
one design serves all fits. One value for all cells, never one a cell. docs/decisions/fit.md.
*/
const {values} = parseArgs({
	options: {
		cells: {type: 'string', default: path.join(root, 'test/testbed/cells.json')},
		preset: {type: 'string', default: path.join(root, 'presets/testbed.json')},
		/**
		From where: what the sources say, or what the preset has (which has seen all families).
		*/
		start: {type: 'string', default: 'evidence'},
		rounds: {type: 'string', default: '2'},
		/** A family, each, or none. */
		'leave-out': {type: 'string', default: 'each'},
		/** Minutes after which nothing new starts. The same command goes on. */
		'time-limit': {type: 'string', default: '60'},
		/** Evaluations of earlier runs. */
		state: {type: 'string', default: path.join(root, 'fit-state.ndjson')},
		/** Forgets them. */
		fresh: {type: 'boolean', default: false},
		/** Afterwards: removes up to so many constants and prints what each costs. */
		reduce: {type: 'string', default: '0'},
		/** Writes the constants into the preset. */
		apply: {type: 'boolean', default: false},
		milliseconds: {type: 'string', default: '300'},
		width: {type: 'string', default: '0.3'},
		seeds: {type: 'string', default: '1,2'},
	},
});

const print = (line: string): void => {
	process.stdout.write(`${line}\n`);
};

const testbed = readCells(readFileSync(values.cells, 'utf8'), values.cells);
const storyFile = companionPath(values.cells, 'story');
const story = readStory(readFileSync(storyFile, 'utf8'), storyFile, testbed);
const preset = loadPreset(values.preset);
const coordinates = new Coordinates(preset, story.constants);
const left = values['leave-out'];
const families = familiesOf(testbed.cells).filter(family => left === 'each' || left === family);
if (families.length === 0 && left !== 'none') {
	throw new Error(`--leave-out ${left}: a family of the cells, each or none`);
}

if (values.fresh) {
	rmSync(values.state, {force: true});
}

const began = Date.now();
const evaluator = new Evaluator({
	cells: testbed.cells,
	story,
	warmup: 50_000_000,
	duration: Number(values.milliseconds) * 1_000_000,
});
const memory = new Memory(evaluator, values.state, began + Number(values['time-limit']) * 60_000);
const validation = new CrossValidation({
	testbed,
	coordinates,
	memory,
	spread: sessionSpread(
		sessionSpeeds(
			testbed.cells,
			story.inert.map(({key}) => key),
		),
	),
	start: values.start === 'preset' ? coordinates.shipped : coordinates.axes.map(() => 0),
	names: [fullFit, ...families],
	width: Number(values.width),
	seeds: values.seeds.split(',').map(Number),
	print(line) {
		print(
			`${line} [${Math.round((Date.now() - began) / 1000)} s, ${memory.simulated} evaluations of ` +
				`${(memory.milliseconds / 1000 / Math.max(1, memory.simulated)).toFixed(1)} s]`,
		);
	},
});

/** Keeps what an earlier fit says of families that this one does not leave out. */
function write(): void {
	const file = companionPath(values.cells, 'fit');
	const point = validation.pointOf(fullFit);
	if (point === undefined) {
		return;
	}

	const earlier = existsSync(file) ? readFit(readFileSync(file, 'utf8'), file).leftOut : {};
	const fresh = families.flatMap(family => {
		const constants = validation.pointOf(family)?.constants;
		return constants === undefined ? [] : [[family, coordinates.textsAt(constants)] as const];
	});
	const result: FitResult = {
		schema: 1,
		preset: preset.name,
		again:
			`npm run fit -- --start ${values.start} --rounds ${values.rounds} --leave-out ${left} --width ` +
			`${values.width} --milliseconds ${values.milliseconds} --seeds ${values.seeds}`,
		cells: testbed.cells.map(({id}) => id),
		constants: coordinates.textsAt(point.constants),
		sessions: Object.fromEntries(
			Object.entries(validation.speedsOf(point)).map(([family, speed]) => [family, Number(speed.toFixed(4))]),
		),
		leftOut: {...earlier, ...Object.fromEntries(fresh)},
	};
	writeFileSync(file, `${JSON.stringify(result, undefined, '\t')}\n`);
}

/**
Only the values of the constants change, so that the rest of the preset stays as it was written.
*/
function apply(): void {
	const point = validation.pointOf(fullFit);
	if (point === undefined) {
		return;
	}

	const json = JSON.parse(readFileSync(values.preset, 'utf8')) as {parameters: Record<string, unknown>};
	const texts = coordinates.textsAt(point.constants);
	for (const [key, text] of Object.entries(texts)) {
		json.parameters[key] = typeof json.parameters[key] === 'number' ? Number(text) : text;
	}

	writeFileSync(values.preset, `${JSON.stringify(json, undefined, '\t')}\n`);
}

try {
	for (let round = 1; round <= Number(values.rounds); round++) {
		await validation.round(round); // eslint-disable-line no-await-in-loop -- a round starts where the last one ended
		write();
	}

	for (const line of validation.leftOutLines()) {
		print(line);
	}

	if (values.apply) {
		apply();
	}

	const point = validation.pointOf(fullFit);
	for (const [index, {key, low, high}] of coordinates.axes.entries()) {
		const coordinate = point?.constants[index] ?? 0;
		const text = coordinates.textsAt(point?.constants ?? [])[key];
		print(
			`${key}: ${text}, ${Math.exp(coordinate).toFixed(2)} of its ` +
				`start${coordinate < low || coordinate > high ? ', OUT of its range' : ''}`,
		);
	}

	if (Number(values.reduce) > 0 && validation.linear !== undefined) {
		await reduce({
			validation,
			linear: validation.linear,
			coordinates,
			most: Number(values.reduce),
			print,
		});
	}
} catch (error) {
	if (!(error instanceof TimeUp)) {
		throw error;
	}

	print(`Time is up after ${memory.simulated} evaluations. The same command goes on from here.`);
} finally {
	await evaluator.close();
}
