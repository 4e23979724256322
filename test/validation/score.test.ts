import {expect, test} from 'vitest';
import {type Cell} from '../../source/validation/cell.js';
import {median, spearman} from '../../source/validation/rank.js';
import {figuresOf, isInBand, medianPrediction, scoreMetric, shareRight} from '../../source/validation/score.js';

function cell(id: string, measured: Cell['measured']): Cell {
	return {
		id,
		parameters: {},
		clients: [],
		measured,
	};
}

function figure(value: number) {
	return {median: value, min: value, max: value};
}

test('in band: within the range widened by a tenth, or within 15 % of the median', () => {
	const measured = {median: 100, min: 98, max: 200};
	expect(isInBand(98 / 1.1, measured)).toBe(true);
	expect(isInBand(220, measured)).toBe(true);
	expect(isInBand(220.1, measured)).toBe(false);
	// 85 is below 98/1.1, but within 15 % of the median.
	expect(isInBand(85, measured)).toBe(true);
	expect(isInBand(84.9, measured)).toBe(false);
});

test('zeros: lock and ring figures below a hundredth of the largest median, of no other metric', () => {
	const cells = [
		cell('A/x/p0', {'lock.spin.worker': figure(1000), 'throughput.completed': figure(1000)}),
		cell('A/x/p1', {'lock.spin.worker': figure(9), 'throughput.completed': figure(9)}),
	];
	const right = figuresOf(cells, [{}, {'lock.spin.worker': 9.9, 'throughput.completed': 9}]);
	expect(right.map(({zero}) => zero)).toEqual([false, false, true, false]);
	expect(right.map(({inBand}) => inBand)).toEqual([false, false, true, true]);
	// The limit is 10: what is predicted at it is no zero.
	expect(figuresOf(cells, [{}, {'lock.spin.worker': 10}])[2].inBand).toBe(false);
});

test('the factor is the geometric mean of the errors, the bias keeps their sign', () => {
	const cells = ['a', 'b'].map(name => cell(`A/${name}/p0`, {'throughput.completed': figure(100)}));
	const figures = figuresOf(cells, [{'throughput.completed': 200}, {'throughput.completed': 50}]);
	const score = scoreMetric(figures, 100);
	expect(score.factor).toBeCloseTo(2, 12);
	expect(score.bias).toBeCloseTo(1, 12);
	expect(score.inBand).toBe(0);
	expect(shareRight([])).toBeNull();
});

test('a prediction of nothing counts as a thousandth of the largest figure', () => {
	const figures = figuresOf([cell('A/x/p0', {'throughput.completed': figure(100)})], [{'throughput.completed': 0}]);
	expect(scoreMetric(figures, 100).factor).toBeCloseTo(1000, 9);
});

test('what is not predicted is out of band and has no factor', () => {
	const score = scoreMetric(figuresOf([cell('A/x/p0', {'throughput.completed': figure(100)})], [{}]), 100);
	expect(score).toEqual({
		inBand: 0,
		factor: null,
		bias: null,
		spearman: null,
	});
});

test('the median of an even number is between the middle two; ranks with ties', () => {
	expect(median([4, 1, 3, 2])).toBe(2.5);
	expect(median([5, 1, 3])).toBe(3);
	expect(spearman([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1, 12);
	expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
	// Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
	expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(Math.sqrt(0.9), 12);
	expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
	expect(spearman([1, 2], [1, 2])).toBeNull();
});

test('the prediction of several runs is their median, metric by metric', () => {
	expect(medianPrediction([{a: 1, b: 5}, {a: 3}, {a: 2, b: 7}])).toEqual({a: 2, b: 6});
});
