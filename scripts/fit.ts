import {readFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {Interrupt} from '../source/commands/interrupt.js';
import {predictAll} from '../source/commands/validation-pool.js';
import {normalQuantile} from '../source/engine/normal-quantile.js';
import {RandomStream} from '../source/engine/random.js';
import {type Cell, type Pair} from '../source/experiment/validation/cell.js';
import {fittedKeys, unfittedPreset} from '../source/experiment/validation/fitted-constants.js';
import {readCells} from '../source/experiment/validation/read-cells.js';
import {type Figure} from '../source/experiment/validation/score.js';
import {validate, type Validation} from '../source/experiment/validation/validation.js';
import {type ParameterValue} from '../source/parameters/configuration.js';
import {parameter} from '../source/parameters/table.js';
import {formatValue} from '../source/parameters/value.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {type Preset} from '../source/presets/preset.js';
import {root} from './bundle.js';

/**
Fits the constants of the testbed preset over all given cells: a random search that moves a
few of them at a time by a factor, keeps what scores better, and tries once more in a
direction that did. One value for all cells, never one a cell. Prints where each constant
started and ended; the preset is edited by hand, so that somebody looks at the numbers.
*/
const {values} = parseArgs({
	options: {
		cells: {type: 'string', default: path.join(root, 'test/fixtures/testbed/cells.json')},
		only: {type: 'string', default: '.'},
		keys: {type: 'string', default: fittedKeys.join(',')},
		minutes: {type: 'string', default: '10'},
		milliseconds: {type: 'string', default: '200'},
		step: {type: 'string', default: '0.2'},
		seed: {type: 'string', default: '1'},
		fresh: {type: 'boolean', default: false},
	},
});

const directions = new RandomStream(Number(values.seed), 'fit');

/** What is to become small: how far figures are out of band, and wrong pairs. */
function loss({figures, summary: {pairs}}: Validation): number {
	const wrong = (1.5 * (pairs.decided - pairs.decidedRight)) + (0.7 * (pairs.decided - pairs.decidedInRange)) + (0.5 * (pairs.undecided - pairs.undecidedInRange));
	return (figures.reduce((sum, figure) => sum + lossOf(figure), 0) + wrong) / figures.length;
}

/** 0 at the median; a jump at the edge of the band, then more with the distance in logarithms. */
function lossOf({zero, inBand, predicted, measured: {median, min, max}}: Figure): number {
	if (zero) {
		return inBand ? 0 : 0.5;
	}

	const value = Math.max(predicted ?? 0, median * 0.02);
	const low = Math.min(min / 1.1, median * 0.85);
	const high = Math.max(max * 1.1, median * 1.15);
	const outside = Math.max(0, Math.log(low / value), Math.log(value / high));
	return (outside > 0 ? 0.6 + (0.6 * Math.min(outside, 1.5)) : 0) + (0.3 * Math.min(Math.abs(Math.log(value / median)), 2));
}

/** The value with its times, all of them, longer or shorter by a factor. */
function scaled(value: ParameterValue, factor: number, whole: boolean): ParameterValue {
	if (typeof value === 'number') {
		return whole ? Math.max(1, Math.round(value * factor)) : value * factor;
	}

	if (typeof value !== 'object') {
		return value;
	}

	const times = (time: number): number => Math.max(1, Math.round(time * factor));
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
const cells: readonly Cell[] = all.filter(({id}) => only.test(id));
const pairs: readonly Pair[] = allPairs;
const keys = values.keys.split(',');
const shipped = loadPreset(path.join(root, 'presets/testbed.json'));
const start: Preset = values.fresh ? unfittedPreset(shipped) : shipped;
const interrupt = new Interrupt();
interrupt.listen();

/** A factor for each of some constants. */
function somewhere(count: number, width: number): ReadonlyMap<string, number> {
	return new Map(Array.from({length: count}, () => {
		const key = keys[Math.floor(directions.uniform() * keys.length)];
		return [key, Math.exp(normalQuantile(directions.uniform()) * width)];
	}));
}

/** The constants that have moved, with their values. */
function moved(direction: ReadonlyMap<string, number>, given: Preset['given']): string {
	return [...direction.keys()].map(key => `${key}=${formatValue(parameter(key), given[key])}`).join(' ');
}

async function evaluate(preset: Preset): Promise<Validation | undefined> {
	const predictions = await predictAll({
		cells,
		preset,
		warmup: 100_000_000,
		duration: Number(values.milliseconds) * 1_000_000,
		tasks: cells.map((_, cell) => ({cell, seed: 1})),
		onDone() {
			// A round takes seconds; the lines of the search are progress enough.
		},
		interrupt,
	});
	return interrupt.signal === undefined ? validate({cells, pairs: pairs.filter(({before, after}) => [before, after].every(id => cells.some(cell => cell.id === id)))}, predictions.map(prediction => prediction ?? {})) : undefined;
}

function print(name: string, {summary}: Validation, value: number): void {
	console.log(`${name}: loss ${value.toFixed(4)}, in band ${summary.inBand?.toFixed(3)}, zeros right ${summary.zerosRight?.toFixed(3)}, decided pairs ${summary.pairs.decidedRight} of ${summary.pairs.decided}`);
}

const ends = performance.now() + (Number(values.minutes) * 60_000);
let best = start;
const first = await evaluate(best);
let bestLoss = first === undefined ? Infinity : loss(first);
if (first !== undefined) {
	print('start', first, bestLoss);
}

let step = Number(values.step);
let again: ReadonlyMap<string, number> | undefined;
while (performance.now() < ends && interrupt.signal === undefined) {
	const count = 1 + Math.floor(directions.uniform() * 4);
	const direction = again ?? somewhere(count, step);
	const given = {...best.given};
	for (const [key, factor] of direction) {
		const entry = parameter(key);
		given[key] = scaled(given[key] ?? entry.default, factor, entry.type !== 'number');
	}

	const tried = {...best, given};
	const validation = await evaluate(tried); // eslint-disable-line no-await-in-loop -- a search goes from one point to the next
	if (validation === undefined) {
		break;
	}

	const value = loss(validation);
	if (value < bestLoss) {
		bestLoss = value;
		best = tried;
		again = direction;
		step = Math.min(0.5, step * 1.15);
		print(moved(direction, given), validation, value);
	} else {
		again = undefined;
		step = Math.max(0.05, step * 0.985);
	}
}

for (const key of keys) {
	const entry = parameter(key);
	console.log(`${key}: ${formatValue(entry, start.given[key] ?? entry.default)} -> ${formatValue(entry, best.given[key] ?? entry.default)}`);
}
