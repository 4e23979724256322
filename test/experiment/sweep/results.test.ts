import {expect, test} from 'vitest';
import {UserError} from '../../../source/errors/user-error.js';
import {parseAxis} from '../../../source/experiment/sweep/axis.js';
import {makePlan, type Plan} from '../../../source/experiment/sweep/plan.js';
import {
	headerOf,
	joined,
	missingPoints,
	readResults,
	refusedResult,
	type Results,
	type SweepHeader,
	type SweepResult,
} from '../../../source/experiment/sweep/results.js';
import {loadPreset} from '../../../source/presets/load-preset.js';

function planOf(axis: string, runs = 2): Plan {
	return makePlan({
		preset: loadPreset('seed-2019-kick-under-lock'),
		base: {},
		choice: {kind: 'grid', axes: [parseAxis(axis)]},
		runs,
		budget: 1e9,
	});
}

const plan = planOf('queue.size=16,32,64');
const header = headerOf(plan, null, 'vqlab sweep');
const line = (value: object): string => JSON.stringify(value);

function result(point: number, run: number, spin = 1): SweepResult {
	return {
		point,
		hash: plan.points[point].hash,
		run,
		seed: 1 + run,
		set: plan.points[point].set,
		metrics: {'lock.spin.worker': spin, cursor: null},
		eventHash: '0',
		events: 1,
		end: 'duration',
		stall: null,
		refused: null,
	};
}

function part(
	name: string,
	results: readonly SweepResult[],
	head: SweepHeader = header,
): {name: string; results: Results} {
	const read = readResults([line(head), ...results.map(entry => line(entry))], name);
	if (read === undefined) {
		throw new Error('no header');
	}

	return {name, results: read};
}

test('what is written is read, in the order of points and runs', () => {
	const {results} = part('a', [result(2, 1), result(0, 1), result(0, 0)]);
	expect(results.header).toEqual(header);
	expect(results.results).toEqual([result(0, 0), result(0, 1), result(2, 1)]);
	expect(readResults([], 'a')).toBeUndefined();
});

test('files that were put behind each other are one', () => {
	const read = readResults(
		[line(header), line(result(0, 0)), line(header), line(result(1, 0)), line(result(0, 0))],
		'a',
	);
	expect(read?.results).toEqual([result(0, 0), result(1, 0)]);
});

test('a point is missing while one of its runs is, unless it is refused', () => {
	const all = [0, 1, 2].flatMap(point => [result(point, 0), result(point, 1)]);
	expect(missingPoints(part('a', all).results)).toEqual([]);
	expect(missingPoints(part('a', all.slice(1, 5)).results)).toEqual([0, 2]);
	const refused = refusedResult({...plan.points[0], refused: 'no'}, 1);
	expect(missingPoints(part('a', [refused, ...all.slice(2)]).results)).toEqual([]);
});

test('parts are joined, what is in two of them once', () => {
	const whole = joined([part('a', [result(0, 0), result(1, 0)]), part('b', [result(1, 0), result(2, 0)])]);
	expect(whole.results).toEqual([result(0, 0), result(1, 0), result(2, 0)]);
});

test.each([
	['another axis', planOf('queue.size=16,32,128'), 'axes'],
	['other runs', planOf('queue.size=16,32,64', 3), 'runs 3, not 2'],
])('parts of %s are refused', (_, other, words) => {
	const second = part('b', [], headerOf(other, null, 'vqlab sweep'));
	expect(() => joined([part('a', []), second])).toThrow(UserError);
	expect(() => joined([part('a', []), second])).toThrow(`b holds another plan than a: ${words}`);
});

test('two results of a run that differ are refused', () => {
	expect(() => joined([part('a', [result(0, 0)]), part('b', [result(0, 0, 2)])])).toThrow(
		'run 0 of point 0 is there twice with other figures',
	);
});

test.each([
	[['text'], 'a, line 1 holds no results'],
	[['{"a":1}'], 'a holds no results'],
	[[line(result(0, 0))], 'a holds no results'],
	[[line(header), '{"point":0}'], 'a, line 2 holds no results'],
	[[line(header), line({...result(0, 0), metrics: {x: 'y'}})], 'a, line 2 holds no results'],
	[[line(header), line({...result(0, 0), point: 3})], 'there is no run 0 of point 3'],
	[[line(header), line({...result(0, 0), run: 2})], 'there is no run 2 of point 0'],
	[[line({...header, points: 4})], 'a, line 1 holds no results'],
	[[line({...header, schema: 1})], 'results of schema 1'],
])('%j is no results file', (lines, words) => {
	expect(() => readResults(lines, 'a')).toThrow(UserError);
	expect(() => readResults(lines, 'a')).toThrow(words);
});
