import {expect, test} from 'vitest';
import {type Cell, type Pair} from '../../source/validation/cell.js';
import {judgePairs, scorePairs} from '../../source/validation/pair-score.js';
import {readCells} from '../../source/validation/read-cells.js';
import {tablePredictions} from '../../source/validation/table-predictor.js';
import {unmeasuredCells} from '../../source/validation/unmeasured-cells.js';
import {validate} from '../../source/validation/validation.js';
import {UserError} from '../../source/errors/user-error.js';
import {cellsText as text, fit, story, testbed} from '../helpers/testbed.js';

test('the given cells are read whole', () => {
	expect(testbed.cells).toHaveLength(97);
	expect(testbed.pairs).toHaveLength(90);
	const [first] = testbed.cells;
	expect(first.id).toBe('A/flood1/p0');
	expect(first.clients[0].loop[0].commands).toEqual(['RESOURCE_CREATE_2D', 'RESOURCE_ATTACH_BACKING']);
	expect(first.measured['throughput.completed'].median).toBe(27_677.55);
});

test('every given cell is known to have been in view of the fit, and no other', () => {
	expect(testbed.cells.filter(({id}) => !fit.cells.includes(id))).toEqual([]);
	const unmeasured = unmeasuredCells(testbed, story);
	expect(unmeasured.map(({cell}) => cell.id)).toContain('PK/xfer1/p2');
	expect(unmeasured.filter(({cell}) => fit.cells.includes(cell.id))).toEqual([]);
	expect(unmeasured).toHaveLength(36);
});

test('a perfect predictor has every score at its best', () => {
	const {summary} = validate(
		testbed,
		testbed.cells.map(({measured}) =>
			Object.fromEntries(Object.entries(measured).map(([path, figure]) => [path, figure.median])),
		),
	);
	expect(summary.inBand).toBe(1);
	expect(summary.zerosRight).toBe(1);
	expect(summary.pairs).toEqual({
		decided: 49,
		decidedRight: 49,
		decidedInRange: 49,
		undecided: 41,
		undecidedInRange: 41,
		ratioFactor: summary.pairs.ratioFactor,
	});
	// The ratios of the file are rounded to four digits.
	expect(summary.pairs.ratioFactor?.median).toBeCloseTo(1, 2);
	expect(summary.pairs.ratioFactor?.p90).toBeCloseTo(1, 2);
	expect(Object.values(summary.byMetric).every(({factor}) => factor === 1)).toBe(true);
});

test('the predictor without a model scores on the given cells as it was published: three quarters in band', () => {
	const {summary} = validate(
		testbed,
		testbed.cells.map(() => ({})),
	);
	expect(summary.table.inBand).toBeCloseTo(0.75, 2);
	expect(summary.byMetric['throughput.completed'].tableFactor).toBeCloseTo(1.24, 2);
	expect(summary.inBand).toBe(0);
});

test('the predictor without a model leaves the cell out and knows only its own workload and policy', () => {
	const cell = (id: string, policy: string, value: number): Cell => ({
		id,
		parameters: {'driver.lockPolicy': policy},
		clients: [],
		measured: {x: {median: value, min: value, max: value}},
	});
	const cells = [
		cell('A/w/p0', 'a', 1),
		cell('B/w/p0', 'a', 3),
		cell('C/w/p0', 'a', 7),
		cell('A/w/p1', 'b', 100),
		cell('A/v/p0', 'a', 50),
	];
	expect(tablePredictions(cells)).toEqual([{x: 5}, {x: 4}, {x: 2}, {}, {}]);
});

test('pairs: direction and the widened range when decided, the bare range when not', () => {
	const cells = ['A/w/p0', 'A/w/p1'].map((id): Cell => ({
		id,
		parameters: {},
		clients: [],
		measured: {},
	}));
	const pair = (low: number, ratio: number, high: number): Pair => ({
		before: 'A/w/p0',
		after: 'A/w/p1',
		metric: 'x',
		ratio,
		low,
		high,
	});
	const judge = (predicted: number, one: Pair) => judgePairs([one], cells, [{x: 1}, {x: predicted}])[0];
	expect(judge(2.4, pair(1.5, 1.8, 2))).toMatchObject({decided: true, right: true, inRange: true});
	expect(judge(2.6, pair(1.5, 1.8, 2))).toMatchObject({decided: true, right: true, inRange: false});
	expect(judge(0.9, pair(1.5, 1.8, 2))).toMatchObject({decided: true, right: false, inRange: false});
	// No effect is not the effect, whichever direction that has.
	expect(judge(1, pair(1.5, 1.8, 2))).toMatchObject({decided: true, right: false});
	expect(judge(1, pair(0.5, 0.6, 0.8))).toMatchObject({decided: true, right: false});
	expect(judge(2.1, pair(0.5, 1.8, 2))).toMatchObject({decided: false, inRange: false});
	expect(judge(1.9, pair(0.5, 1.8, 2))).toMatchObject({decided: false, inRange: true});
	expect(judgePairs([pair(0.5, 1, 2)], cells, [{x: 0}, {x: 1}])[0].predicted).toBeNull();
	expect(scorePairs([judge(2.4, pair(1.5, 1.8, 2)), judge(1.9, pair(0.5, 1.8, 2))])).toMatchObject({
		decided: 1,
		decidedRight: 1,
		decidedInRange: 1,
		undecided: 1,
		undecidedInRange: 1,
	});
});

test('the size of an effect: the factor between predicted and measured ratio, whichever is larger, over decided pairs', () => {
	const cells = ['A/w/p0', 'A/w/p1'].map((id): Cell => ({
		id,
		parameters: {},
		clients: [],
		measured: {},
	}));
	const judge = (predicted: number | null, ratio: number, decided = true) =>
		judgePairs(
			[
				{
					before: 'A/w/p0',
					after: 'A/w/p1',
					metric: 'x',
					ratio,
					low: decided ? ratio : 0,
					high: decided ? ratio : 9,
				},
			],
			cells,
			[predicted === null ? {} : {x: 1}, predicted === null ? {} : {x: predicted}],
		)[0];
	const factorOf = (...pairs: ReadonlyArray<ReturnType<typeof judge>>) => scorePairs(pairs).ratioFactor;
	expect(factorOf()).toBeNull();
	expect(factorOf(judge(2, 3, false))).toBeNull();
	expect(factorOf(judge(2, 4))?.median).toBeCloseTo(2, 12);
	expect(factorOf(judge(4, 2))?.median).toBeCloseTo(2, 12);
	// Too low by 2 and too high by 2 do not cancel; the largest of ten is
	// the 90th percentile of none.
	expect(factorOf(judge(2, 4), judge(8, 4), judge(4, 4))?.median).toBeCloseTo(2, 12);
	expect(factorOf(...Array.from({length: 9}, () => judge(4, 4)), judge(400, 4))).toEqual({median: 1, p90: 1});
	// An effect that was not predicted at all, and one of nothing, are
	// wrong by what can be told apart.
	expect(factorOf(judge(null, 4))?.median).toBe(1000);
	expect(factorOf(judge(0, 4))?.median).toBeCloseTo(4000, 6);
	expect(factorOf(judge(0, 0))?.median).toBe(1);
});

test.each([
	['{', /not JSON/v],
	['{"schema": 2, "cells": [], "pairs": []}', /schema/v],
	['{"schema": 1, "cells": [], "pairs": []}', /cells/v],
	[text.replace('"A/flood1/p0"', '"A flood1"'), /cells\.0\.id.*A\/flood1\/p0/v],
	[text.replace('"kick-batched"', '"kick-bached"'), /driver\.lockPolicy/v],
	[
		text
			.replace('"before": "A/flood1/p2"', '"before": "A/flood9/p2"')
			.replace('"before":"A/flood1/p2"', '"before":"A/flood9/p2"'),
		/no cell A\/flood9\/p2/v,
	],
])('a broken file is refused in one line (%#)', (broken, words) => {
	expect(() => readCells(broken, 'cells.json')).toThrow(UserError);
	expect(() => readCells(broken, 'cells.json')).toThrow(words);
});
