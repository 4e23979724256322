import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {Coordinates} from '../../scripts/fit/coordinates.js';
import {effectsOf, screeningDesign} from '../../scripts/fit/design.js';
import {inverseDiagonal, solve} from '../../scripts/fit/linear.js';
import {Memory, TimeUp} from '../../scripts/fit/memory.js';
import {type Evaluation} from '../../scripts/fit/evaluator.js';
import {type Linear, Surrogate} from '../../scripts/fit/surrogate.js';
import {loadPreset} from '../../source/presets/load-preset.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-fit-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const preset = loadPreset('testbed');
const constants = ['guest.cost.getBuf', 'host.cost.msi', 'host.cost.notify'].map(key => ({
	key,
	start: '1us',
	low: '500ns',
	high: '2us',
	source: '-',
}));
const coordinates = new Coordinates(preset, [
	...constants,
	{
		key: 'host.bql.perHalt',
		start: '1',
		low: '1',
		high: '4',
		source: '-',
	},
]);

test.each([1, 3, 8, 19, 38, 40])('a design of %i columns is balanced and orthogonal', columns => {
	const design = screeningDesign(columns);
	expect(design.length % 4).toBe(0);
	expect(design[0].length).toBe(columns);
	for (let a = 0; a < columns; a++) {
		expect(design.reduce((sum, row) => sum + row[a], 0)).toBe(0);
		for (let b = 0; b < a; b++) {
			expect(design.reduce((sum, row) => sum + row[a] * row[b], 0)).toBe(0);
		}
	}
});

test('a design finds the middle and the slopes of straight lines', () => {
	const design = screeningDesign(3);
	const rows = design.map(([a, b, c]) => [5 + 2 * 0.1 * a, 1 + 3 * 0.1 * b - 0.1 * c]);
	const {middle, columns} = effectsOf(design, rows, 0.1);
	const rounded = (values: readonly number[]) => values.map(value => Math.round(value * 1e9) / 1e9 + 0);
	expect(rounded(middle)).toEqual([5, 1]);
	expect(columns.map(column => rounded(column))).toEqual([
		[2, 0],
		[0, 3],
		[0, -1],
	]);
});

test('linear equations, with pivots, and the diagonal of an inverse', () => {
	expect(
		solve(
			[
				[0, 2],
				[1, 1],
			],
			[4, 3],
		),
	).toEqual([1, 2]);
	expect(
		inverseDiagonal([
			[2, 1],
			[1, 1],
		]).map(value => Math.round(value * 1e9) / 1e9),
	).toEqual([1, 2]);
});

test('coordinates: 0 is the start, a step scales all times, counts stay', () => {
	expect(coordinates.axes.map(({key}) => key)).toEqual(constants.map(({key}) => key));
	expect(coordinates.textsAt([0, Math.log(2), Math.log(0.5)])).toEqual({
		'guest.cost.getBuf': 'lognormal(1us,0.45)',
		'host.cost.msi': 'lognormal(2us,0.45)',
		'host.cost.notify': 'lognormal(500ns,0.45)',
	});
	const there = new Coordinates(coordinates.presetAt([0.25, -0.5, 0]), constants).shipped;
	// Costs are whole nanoseconds.
	expect(there[0]).toBeCloseTo(0.25, 2);
	expect(there[1]).toBeCloseTo(-0.5, 2);
});

test('a constant that leaves the range of its source pays, one inside hardly', () => {
	expect(coordinates.penalty([0, 0, 0])).toBe(0);
	expect(coordinates.penalty([0.69, 0, 0])).toBeLessThan(0.3);
	expect(coordinates.penalty([0.69 + 0.6, 0, 0])).toBeGreaterThan(10);
	expect(coordinates.penalty([-1.3, 0, 0])).toBeCloseTo(coordinates.penalty([1.3, 0, 0]), 9);
});

/**
Two families: of A the figures say x = (0.3, 0, 0), of B x = (-0.3, 0, 0) and
a machine that is 10 % faster.
*/
const linear: Linear = {
	centre: [0, 0, 0],
	families: ['A', 'B'],
	family: [...Array.from({length: 40}, () => 'A'), ...Array.from({length: 40}, () => 'B')],
	middle: [...Array.from({length: 40}, () => -0.6), ...Array.from({length: 40}, () => 0.6)],
	columns: [Array.from({length: 80}, () => 2), Array.from({length: 80}, () => 0), Array.from({length: 80}, () => 0)],
	speeds: [
		[...Array.from({length: 40}, () => 1), ...Array.from({length: 40}, () => 0)],
		[...Array.from({length: 40}, () => 0), ...Array.from({length: 40}, () => 1)],
	],
};

function fitted(seen: (family: string) => boolean, {spread = 0, held = new Set<number>()} = {}) {
	return new Surrogate({
		linear,
		coordinates,
		seen,
		spread,
		held,
	});
}

const origin = {constants: [0, 0, 0], speeds: [0, 0]};

test('a family that is left out has no say, from one and the same design', () => {
	expect(fitted(family => family === 'A').step(origin, {damping: 0}).constants[0]).toBeCloseTo(0.3, 2);
	expect(fitted(family => family === 'B').step(origin, {damping: 0}).constants[0]).toBeCloseTo(-0.3, 2);
	expect(fitted(() => true).step(origin, {damping: 0}).constants[0]).toBeCloseTo(0, 6);
});

test('what the figures say nothing of stays at its start', () => {
	const {constants: point} = fitted(family => family === 'A').step(
		{constants: [0, 0.4, -0.4], speeds: [0, 0]},
		{damping: 0},
	);
	expect(point[1]).toBeCloseTo(0, 6);
	expect(point[2]).toBeCloseTo(0, 6);
});

test('a step goes no further than its bound and the brake holds it back', () => {
	const far = new Surrogate({
		linear: {...linear, middle: linear.middle.map(() => -4)},
		coordinates,
		seen: () => true,
		spread: 0,
	});
	expect(far.step(origin, {damping: 0}).constants[0]).toBeLessThanOrEqual(0.7);
	const braked = fitted(family => family === 'A').step(origin, {damping: 5}).constants[0];
	expect(braked).toBeGreaterThan(0);
	expect(braked).toBeLessThan(0.25);
});

test('a step ends at the edge of a range that is dear to leave, and leads down from anywhere', () => {
	const dear = new Surrogate({
		linear: {...linear, middle: linear.middle.map(() => -3)},
		coordinates,
		seen: () => true,
		spread: 0,
	});
	for (const x of [-2, -0.7, 0, 0.5, 2]) {
		const from = {constants: [x, -x, x / 2], speeds: [0, 0]};
		const to = dear.step(from, {damping: 0});
		expect(dear.loss(to)).toBeLessThan(dear.loss(from));
	}

	const once = dear.step(origin, {damping: 2});
	expect(dear.step(origin, {damping: 2, length: 2}).constants[0]).toBeCloseTo(
		Math.min(0.7, 2 * once.constants[0]),
		9,
	);
});

test('sessions take what they may: a speed each, in units of their spread, none for a family out of view', () => {
	const {speeds} = fitted(() => true, {spread: 1}).step(origin, {damping: 0});
	expect(speeds[0]).toBeGreaterThan(0.3);
	expect(speeds[1]).toBeLessThan(-0.3);
	expect(fitted(() => true, {spread: 0}).step(origin, {damping: 0}).speeds).toEqual([0, 0]);
	expect(fitted(family => family === 'A', {spread: 1}).step(origin, {damping: 0}).speeds[1]).toBe(0);
	expect(Math.abs(fitted(() => true, {spread: 0.01}).step(origin, {damping: 0}).speeds[0])).toBeLessThan(0.05);
});

test('what it costs to hold a constant at its start: much for one that the figures need, nothing for one at its start', () => {
	const surrogate = fitted(family => family === 'A');
	const point = surrogate.step(origin, {damping: 0});
	const costs = surrogate.removalCosts(point);
	expect(costs.get(0)).toBeGreaterThan(5);
	expect(costs.get(1)).toBeCloseTo(0, 6);
	expect(surrogate.without(point, 0).constants[0]).toBe(0);
	expect(
		surrogate
			.without({constants: [0.3, 0.2, 0], speeds: [0, 0]}, 1)
			.constants.map(value => Math.round(value * 1e6) / 1e6),
	).toEqual([0.3, 0, 0]);
	const without = fitted(family => family === 'A', {held: new Set([0])});
	expect(without.step(point, {damping: 0}).constants[0]).toBe(0);
	expect(without.loss(without.step(point, {damping: 0}))).toBeGreaterThan(surrogate.loss(point) + 5);
	expect([...without.removalCosts(point).keys()]).toEqual([1, 2]);
});

test('a fit that was stopped goes on from what it knows', async () => {
	const file = path.join(folder, 'state.ndjson');
	const asked: number[] = [];
	const pool = (fingerprint: string) => ({
		fingerprint,
		async evaluate(_preset: unknown, [seed]: readonly number[]): Promise<Evaluation> {
			asked.push(seed);
			return {predictions: [{x: seed / 3}], medians: []};
		},
	});
	const first = new Memory(pool('a'), file, Infinity);
	const known = await first.evaluate(preset, [1]);
	await first.evaluate(preset, [2]);
	// The process ended in the middle of a line.
	writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20));
	const second = new Memory(pool('a'), file, -Infinity);
	expect(await second.evaluate(preset, [1])).toEqual(known);
	await expect(second.evaluate(preset, [2])).rejects.toThrow(TimeUp);
	await expect(second.evaluate({...preset, given: {}}, [1])).rejects.toThrow(TimeUp);
	// Another model knows nothing.
	await expect(new Memory(pool('b'), file, -Infinity).evaluate(preset, [1])).rejects.toThrow(TimeUp);
	expect(asked).toEqual([1, 2]);
});
