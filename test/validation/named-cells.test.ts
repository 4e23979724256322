import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {predictCell} from '../../source/validation/predict.js';
import {readCells} from '../../source/validation/read-cells.js';
import {validate} from '../../source/validation/validation.js';
import {loadPreset} from '../../source/presets/load-preset.js';

const file = new URL('../testbed/cells.json', import.meta.url);
const testbed = readCells(readFileSync(file, 'utf8'), 'cells.json');

/** One or two of each machine, workload and policy. */
const names = [
	'A/flood1/p0',
	'A/flood1/p2',
	'A/xfer1/p0',
	'A/xfer1/p2',
	'A/flood2/p0',
	'A/paced/p0',
	'B/flood1/p0',
	'E/flood1/p0',
	'K/flood1/p0',
	'P/flood1/p0',
	'P/flood1/p2',
	'P/xfer1/p0',
];

const cells = names.map(name => {
	const cell = testbed.cells.find(({id}) => id === name);
	if (cell === undefined) {
		throw new Error(`no cell ${name}`);
	}

	return cell;
});

const preset = loadPreset('testbed');
const predictions = cells.map(cell => predictCell(cell, preset, {seed: 1, warmup: 100_000_000, duration: 500_000_000}));
const {figures, pairs, summary} = validate({cells, pairs: testbed.pairs}, predictions);

const figure = (cell: string, metric: string): number =>
	figures.find(entry => entry.cell === cell && entry.metric === metric)?.predicted ?? Number.NaN;

test.each(figures.filter(({metric}) => metric === 'throughput.completed'))(
	'$cell: throughput within a factor of 1.6',
	({predicted, measured: {median}}) => {
		const factor = (predicted ?? 0) / median;
		expect(factor).toBeGreaterThan(1 / 1.6);
		expect(factor).toBeLessThan(1.6);
	},
);

test('most figures are in band', () => {
	expect(summary.inBand).toBeGreaterThan(0.6);
	expect(summary.zerosRight).toBeGreaterThan(0.8);
});

test('decided pairs go the right way', () => {
	expect(pairs.filter(({decided}) => decided).length).toBeGreaterThan(2);
	expect(pairs.filter(({decided, right}) => decided && !right)).toEqual([]);
});

test("on two CPUs the policy moves the worker's spin by an order of magnitude and the throughput not at all", () => {
	for (const workload of ['flood1', 'xfer1']) {
		const ratio =
			figure(`A/${workload}/p2`, 'throughput.completed') / figure(`A/${workload}/p0`, 'throughput.completed');
		expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.3));
		expect(figure(`A/${workload}/p2`, 'lock.waits.workerOnNotify')).toBeGreaterThan(200);
		expect(figure(`A/${workload}/p0`, 'lock.waits.workerOnNotify')).toBe(0);
	}
});

test('on one CPU the policy is worth throughput', () => {
	expect(
		figure('P/flood1/p0', 'throughput.completed') / figure('P/flood1/p2', 'throughput.completed'),
	).toBeGreaterThan(1.1);
});
