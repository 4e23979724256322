import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Axis} from '../../source/charts/axis.js';
import {type Block} from '../../source/charts/block.js';
import {denseChart} from '../../source/charts/dense-chart.js';
import {type ChartMark} from '../../source/charts/chart-marks.js';
import {lineChart} from '../../source/charts/line-chart.js';

const axis: Axis = {low: 0, high: 6, step: 2};

function expectExactSize(block: Block, width: number, height: number): void {
	expect(block.lines).toHaveLength(height);
	for (const line of block.lines) {
		expect(line).toHaveLength(width);
	}

	for (const span of block.spans) {
		expect(span.row).toBeLessThan(height);
		expect(span.to).toBeLessThanOrEqual(width);
		expect(span.from).toBeLessThan(span.to);
	}
}

test('a line with its axis, oldest left, newest right', () => {
	const chart = lineChart([{values: [0, 0, 2, 4, 6, 6], role: 'a'}], {
		width: 12,
		height: 4,
		axis,
		column: 1e7,
	});
	expect(chart.lines).toEqual(['  6.00┤   ╭─', '  4.00┤  ╭╯ ', '  2.00┤ ╭╯  ', '  0.00┤─╯   ']);
});

test('gaps hold the last value and the time before the first one is blank', () => {
	const chart = lineChart([{values: [null, 2, null, Number.NaN, 4], role: 'a'}], {
		width: 13,
		height: 4,
		axis,
		column: 1e7,
	});
	expect(chart.lines).toEqual(['  6.00┤      ', '  4.00┤     ╭', '  2.00┤   ──╯', '  0.00┤      ']);
});

test('the time row, and the mark of a change in it and through the plot', () => {
	const plain = lineChart([{values: [], role: 'a'}], {
		width: 41,
		height: 8,
		axis: {low: 0, high: 12, step: 2},
		column: 1e7,
		timeRow: true,
	});
	expect(plain.lines.at(-1)).toBe('       -340 ms        -170            now');
	const marked = lineChart([{values: Array.from({length: 35}, () => 3), role: 'a'}], {
		width: 41,
		height: 5,
		axis,
		column: 1e7,
		timeRow: true,
		marks: [{age: 16, at: 3.31e9}],
	});
	expect(marked.lines).toEqual([
		'  6.00┤                 ┆                ',
		'  4.00┤──────────────────────────────────',
		'  2.00┤                 ┆                ',
		'  0.00┤                 ┆                ',
		'                        ▲ 3.310       now',
	]);
	expect(marked.spans).toContainEqual({
		row: 4,
		from: 24,
		to: 25,
		role: 'mark',
	});
});

const anyValue = fc.oneof(fc.double({min: -10, max: 1e9}), fc.constant(null), fc.constant(Infinity), fc.constant(0));
const anySize = {width: fc.integer({min: 9, max: 120}), height: fc.integer({min: 3, max: 30})};

test('any data give exactly the asked size, in both densities', () => {
	const anyAges = fc.array(fc.integer({min: -3, max: 130}), {maxLength: 4});
	fc.assert(
		fc.property(
			anySize.width,
			anySize.height,
			fc.array(anyValue, {maxLength: 250}),
			fc.boolean(),
			anyAges,
			(width, height, values, timeRow, ages) => {
				const marks: ChartMark[] = ages.map(age => ({age, at: 1e9}));
				const options = {
					width,
					height,
					axis,
					column: 1e6,
					timeRow,
					marks,
				};
				expectExactSize(
					lineChart(
						[
							{values, role: 'a'},
							{values: values.slice(3), role: 'b'},
						],
						options,
					),
					width,
					height,
				);
				expectExactSize(denseChart([{values, role: 'a'}], options), width, height);
			},
		),
	);
});

test('the dense chart puts a value at the row of its label', () => {
	const chart = denseChart([{values: [0, 0, 0, 0, 6, 6, 6, 6], role: 'a'}], {
		width: 11,
		height: 4,
		axis,
		column: 1e7,
	});
	expect(chart.lines.map(line => line.slice(0, 7))).toEqual(['  6.00┤', '  4.00┤', '  2.00┤', '  0.00┤']);
	expect(chart.lines[3].slice(7, 9)).toMatch(/^[\u2801-\u28FF]{2}$/v);
	expect(chart.lines[0].slice(9, 11)).toMatch(/^[\u2801-\u28FF]{2}$/v);
	expect(chart.lines[0].slice(7, 9)).toBe('  ');
});
