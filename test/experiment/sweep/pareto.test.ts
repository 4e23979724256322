import fc from 'fast-check';
import {expect, test} from 'vitest';
import {paretoFront, parseGoal} from '../../../source/experiment/sweep/pareto.js';

const goals = [{wanted: 'max'}, {wanted: 'min'}] as const;

test('a point is of the front unless another one is as good in all and better in one', () => {
	expect(
		paretoFront(
			[
				[10, 5],
				[10, 4],
				[8, 4],
				[7, 3],
				[12, 9],
				[null, 1],
				[10, 4],
			],
			goals,
		),
	).toEqual([1, 3, 4, 6]);
});

test('nobody outside beats the front, and whoever is not of it is beaten by it', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.integer({min: 0, max: 9}), fc.integer({min: 0, max: 9})), {minLength: 1}),
			points => {
				const front = paretoFront(points, goals);
				const beats = (left: readonly number[], right: readonly number[]): boolean =>
					left[0] >= right[0] && left[1] <= right[1] && (left[0] > right[0] || left[1] < right[1]);
				expect(front.length).toBeGreaterThan(0);
				for (const [place, point] of points.entries()) {
					expect(front.some(index => beats(points[index], point))).toBe(!front.includes(place));
				}
			},
		),
	);
});

test('goals', () => {
	expect(parseGoal('max throughput.completed')).toEqual({path: 'throughput.completed', wanted: 'max'});
	expect(() => parseGoal('throughput.completed')).toThrow('is not max PATH or min PATH');
	expect(() => parseGoal('min latency.p98')).toThrow('there is no such metric');
});
