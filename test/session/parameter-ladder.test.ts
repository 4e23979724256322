import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type ParameterValue} from '../../source/parameters/configuration.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';
import {parameter, parameters} from '../../source/simulation/parameters/table.js';
import {checkValue} from '../../source/parameters/value.js';
import {neighbourValue} from '../../source/session/parameter-ladder.js';

function walk(key: string, from: ParameterValue, direction: -1 | 1, steps: number): ParameterValue[] {
	const values: ParameterValue[] = [];
	let value = from;
	for (let i = 0; i < steps; i++) {
		value = neighbourValue(parameter(key), value, direction);
		values.push(value);
	}

	return values;
}

test('ring sizes are powers of two', () => {
	expect(walk('queue.size', 64, 1, 5)).toEqual([128, 256, 512, 1024, 2048]);
	expect(walk('queue.size', 64, -1, 6)).toEqual([32, 16, 8, 4, 2, 2]);
	expect(walk('queue.size', 100, -1, 1)).toEqual([64]);
	expect(walk('queue.size', 32_768, 1, 1)).toEqual([32_768]);
});

test('counts go by one, then double', () => {
	expect(walk('host.load', 0, 1, 3)).toEqual([1, 2, 3]);
	expect(walk('host.load', 8, 1, 2)).toEqual([16, 32]);
	expect(walk('host.load', 16, -1, 3)).toEqual([8, 7, 6]);
	expect(walk('host.load', 0, -1, 1)).toEqual([0]);
});

test('choices and switches go round', () => {
	const entry = parameter('driver.lockPolicy');
	const count = entry.type === 'choice' ? entry.choices.length : 0;
	const round = walk('driver.lockPolicy', 'kick-under-lock', 1, count);
	expect(new Set(round).size).toBe(count);
	expect(round.at(-1)).toBe('kick-under-lock');
	expect(walk('driver.lockPolicy', round[0], -1, 1)).toEqual(['kick-under-lock']);
	expect(walk('queue.eventIdx', true, 1, 2)).toEqual([false, true]);
});

test('durations go 1-2-5 and a distribution keeps its shape', () => {
	const values = (specs: ParameterValue[]) =>
		specs.map(spec => (typeof spec === 'object' && spec.kind === 'const' ? spec.value : spec));
	expect(values(walk('host.cost.loopWake', {kind: 'const', value: 8000}, 1, 4))).toEqual([
		10_000, 20_000, 50_000, 100_000,
	]);
	expect(values(walk('host.cost.loopWake', {kind: 'const', value: 8000}, -1, 4))).toEqual([5000, 2000, 1000, 500]);
	expect(walk('host.cost.loopWake', {kind: 'exp', mean: 8000}, 1, 1)).toEqual([{kind: 'exp', mean: 10_000}]);
	expect(walk('host.cost.loopWake', {kind: 'uniform', low: 2000, high: 8000}, -1, 1)).toEqual([
		{kind: 'uniform', low: 1000, high: 4000},
	]);
	expect(walk('host.cost.loopWake', {kind: 'lognormal', median: 5000, sigma: 0.6}, 1, 1)).toEqual([
		{kind: 'lognormal', median: 10_000, sigma: 0.6},
	]);
});

test('from any default, any walk stays in the range of its parameter', () => {
	const defaults = resolveParameters({'device.kind': 'pmem'});
	const entry = fc.constantFrom(...parameters);
	fc.assert(
		fc.property(entry, fc.array(fc.constantFrom(-1 as const, 1 as const), {maxLength: 40}), (item, directions) => {
			let value: ParameterValue = defaults[item.key];
			for (const direction of directions) {
				value = neighbourValue(item, value, direction);
				expect(checkValue(item, value)).toEqual(value);
			}
		}),
	);
});
