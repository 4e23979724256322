import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {type Pair} from '../source/experiment/validation/cell.js';
import {fittedKeys, unfittedPreset} from '../source/experiment/validation/fitted-constants.js';
import {checkMedians} from '../source/experiment/validation/median-checks.js';
import {readCells} from '../source/experiment/validation/read-cells.js';
import {validate, type Validation} from '../source/experiment/validation/validation.js';
import {type ParameterValue} from '../source/parameters/configuration.js';
import {parameter} from '../source/parameters/table.js';
import {formatValue} from '../source/parameters/value.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {type Preset} from '../source/presets/preset.js';
import {root} from './bundle.js';
import {FitPool} from './fit-pool.js';
import {gaussNewtonStep} from './gauss-newton.js';
import {lossOf, residuals} from './fit-loss.js';

/**
Fits the constants of the testbed preset over all given cells: Gauss-Newton with damping on
the logarithms of predicted over measured, each in units of its band, with a loss that does
not run away with what cannot be met. Derivatives come from an orthogonal design in which all
constants move at once: one run is far too noisy to be compared with another. One value for all cells, never one a cell. Prints where
each constant started and ended and writes them with `--output`; the preset is edited by hand,
so that somebody looks at the numbers.
*/
const {values} = parseArgs({
	options: {
		cells: {type: 'string', default: path.join(root, 'test/fixtures/testbed/cells.json')},
		preset: {type: 'string', default: path.join(root, 'presets/testbed.json')},
		only: {type: 'string', default: '.'},
		keys: {type: 'string', default: fittedKeys.join(',')},
		rounds: {type: 'string', default: '6'},
		milliseconds: {type: 'string', default: '300'},
		step: {type: 'string', default: '0.2'},
		seeds: {type: 'string', default: '1,2'},
		output: {type: 'string', default: ''},
		fresh: {type: 'boolean', default: false},
	},
});

/** The value with its times, all of them, longer or shorter by a factor. */
function scaled(value: ParameterValue, factor: number): ParameterValue {
	const times = (time: number): number => Math.max(1, Math.round(time * factor));
	if (typeof value === 'number') {
		return times(value);
	}

	if (typeof value !== 'object') {
		return value;
	}

	switch (value.kind) {
		case 'const': {
			return {...value, value: times(value.value)};
		}

		case 'exp': {
			return {...value, mean: times(value.mean)};
		}

		case 'uniform': {
			return {...value, low: times(value.low), high: times(value.high)};
		}

		case 'lognormal': {
			return {...value, median: times(value.median)};
		}

		case 'quantiles': {
			return {...value, points: value.points.map(([probability, time]): readonly [number, number] => [probability, times(time)])};
		}
	}
}

const {cells: all, pairs: allPairs} = readCells(readFileSync(values.cells, 'utf8'), values.cells);
const only = new RegExp(values.only, 'v');
const cells = all.filter(({id}) => only.test(id));
const pairs: readonly Pair[] = allPairs.filter(({before, after}) => [before, after].every(id => cells.some(cell => cell.id === id)));
const shipped = loadPreset(values.preset);
const start: Preset = values.fresh ? unfittedPreset(shipped) : shipped;
// Counts move by hand: a derivative by a whole number says nothing.
const keys = values.keys.split(',').filter(key => parameter(key).type !== 'integer');
const finalSeeds = values.seeds.split(',').map(Number);
const run = {warmup: 100_000_000, duration: Number(values.milliseconds) * 1_000_000};
const pool = new FitPool(cells, start, run);

/** The preset with each constant longer or shorter by the exponential of its coordinate. */
function at(coordinates: readonly number[]): Preset {
	const given = {...start.given};
	for (const [index, key] of keys.entries()) {
		given[key] = scaled(given[key] ?? parameter(key).default, Math.exp(coordinates[index]));
	}

	return {...start, given};
}

type Evaluation = {readonly validation: Validation; readonly residuals: readonly number[]};

async function evaluate(coordinates: readonly number[], seeds: readonly number[]): Promise<Evaluation> {
	const preset = at(coordinates);
	const predictions = pool.predict(preset, seeds);
	const medians = checkMedians(cells, preset, {...run, seed: seeds[0], runs: seeds.length});
	const validation = validate({cells, pairs}, await predictions);
	return {validation, residuals: residuals(validation, medians)};
}

function print(name: string, {validation: {summary}, residuals: deviations}: Evaluation): void {
	const {inBand, zerosRight, pairs: {decided, decidedRight, decidedInRange}} = summary;
	console.log(`${name}: loss ${lossOf(deviations).toFixed(2)}, in band ${inBand?.toFixed(3)}, zeros right ${zerosRight?.toFixed(3)}, decided pairs ${decidedRight} right and ${decidedInRange} in range of ${decided}`);
}

function write(coordinates: readonly number[]): void {
	const {given} = at(coordinates);
	const lines = keys.map(key => {
		const entry = parameter(key);
		return `${key}=${formatValue(entry, given[key] ?? entry.default)}`;
	});
	if (values.output !== '') {
		writeFileSync(values.output, `${lines.join('\n')}\n`);
	}
}

/** Order of the design: a power of two above the number of constants. */
const order = 2 ** Math.ceil(Math.log2(keys.length + 1));

/** +1 or -1: rows are evaluations, columns constants; any two columns are orthogonal (Sylvester's Hadamard matrix). */
function design(row: number, column: number): number {
	let bits = row & (column + 1);
	let sign = 1;
	for (; bits > 0; bits >>= 1) {
		sign *= (bits & 1) === 1 ? -1 : 1;
	}

	return sign;
}

/** All constants move at once, so that each evaluation says something of each: the noise of a run counts an order-th part. */
function moved(from: readonly number[], row: number, by: number): number[] {
	return from.map((coordinate, column) => coordinate + (by * design(row, column)));
}

/** The residuals in the middle of the design, and their derivatives by each coordinate. */
function effects(rows: readonly number[][], by: number): {readonly centre: number[]; readonly columns: number[][]} {
	const sums = (signOf: (row: number) => number): number[] => rows[0].map((_, index) => rows.reduce((sum, row, at) => sum + (signOf(at) * row[index]), 0) / order);
	return {
		centre: sums(() => 1),
		columns: keys.map((_, column) => sums(row => design(row, column) / by)),
	};
}

let best: number[] = keys.map(() => 0);
const first = await evaluate(best, finalSeeds);
print('start', first);
let width = Number(values.step);
/* eslint-disable no-await-in-loop -- a search goes from one point to the next */
for (let round = 1; round <= Number(values.rounds); round++) {
	const rows: number[][] = [];
	for (let row = 0; row < order; row++) {
		const evaluation = await evaluate(moved(best, row, width), [100 * round + row]);
		rows.push([...evaluation.residuals]);
	}

	const {centre, columns} = effects(rows, width);
	console.log(`round ${round}: mean loss around the last point ${(rows.reduce((sum, row) => sum + lossOf(row), 0) / order).toFixed(2)}`);
	// Two evaluations of the same point differ by more than a step gains: the best of three steps is taken, whatever the last point had.
	let next = best;
	let nextLoss = Infinity;
	for (const damping of [0.05, 0.2, 0.8]) {
		const step = gaussNewtonStep(columns, centre, damping);
		const tried = best.map((coordinate, index) => coordinate + Math.max(-0.5, Math.min(0.5, step[index])));
		const evaluation = await evaluate(tried, finalSeeds);
		const loss = lossOf(evaluation.residuals);
		print(`  damping ${damping}, step ${Math.hypot(...step).toFixed(2)}`, evaluation);
		if (loss < nextLoss) {
			[next, nextLoss] = [tried, loss];
		}
	}

	best = next;
	write(best);
	width = Math.max(0.08, width * 0.85);
}

/* eslint-enable no-await-in-loop */
await pool.close();
write(best);
const end = at(best);
for (const key of keys) {
	const entry = parameter(key);
	console.log(`${key}: ${formatValue(entry, start.given[key] ?? entry.default)} -> ${formatValue(entry, end.given[key] ?? entry.default)}`);
}
