import {expect, test} from 'vitest';
import {type Cell} from '../../source/validation/cell.js';
import {leftOutPresets} from '../../source/validation/fit-result.js';
import {generalisationOf} from '../../source/validation/generalisation.js';
import {scoreLeftOut} from '../../source/validation/left-out.js';
import {noiseCeiling} from '../../source/validation/noise-ceiling.js';
import {mediansOf} from '../../source/validation/score.js';
import {atSpeed, sessionSpeeds, sessionSpread, twinPredictions} from '../../source/validation/session-speed.js';
import {type ClientSpec} from '../../source/parameters/configuration.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {fit, story, testbed} from '../helpers/testbed.js';

const inert = story.inert.map(({key}) => key);
const [{clients: closed}] = testbed.cells;

function cell(
	id: string,
	throughput: number,
	{
		parameters = {},
		clients = closed,
		runs = 5,
		slack = 1,
	}: {parameters?: Cell['parameters']; clients?: readonly ClientSpec[]; runs?: number; slack?: number} = {},
): Cell {
	return {
		id,
		parameters,
		clients,
		runs,
		measured: {'throughput.completed': {median: throughput, min: throughput / slack, max: throughput * slack}},
	};
}

test('families left out: each scored by its own cells and pairs, and all together', () => {
	const cells = [cell('A/w/p0', 100), cell('A/w/p1', 50), cell('B/w/p0', 100), cell('B/w/p1', 50)];
	const pairs = ['A', 'B'].map(family => ({
		before: `${family}/w/p0`,
		after: `${family}/w/p1`,
		metric: 'throughput.completed',
		ratio: 0.5,
		low: 0.4,
		high: 0.6,
	}));
	const scores = scoreLeftOut(
		{cells, pairs},
		[100, 50, 400, 400].map(value => ({'throughput.completed': value})),
	);
	expect(scores?.families).toEqual({
		A: {
			inBand: 1,
			throughputFactor: 1,
			ratioFactor: {median: 1, p90: 1},
			decided: 1,
			decidedRight: 1,
		},
		B: {
			inBand: 0,
			throughputFactor: expect.closeTo(Math.sqrt(32), 9) as number,
			ratioFactor: {median: expect.closeTo(2, 9) as number, p90: expect.closeTo(2, 9) as number},
			decided: 1,
			decidedRight: 0,
		},
	});
	expect(scores?.all).toMatchObject({inBand: 0.5, decided: 2, decidedRight: 1});
	expect(Object.keys(scoreLeftOut({cells, pairs}, [{}, {}, undefined, undefined])?.families ?? {})).toEqual(['A']);
	expect(scoreLeftOut({cells, pairs}, [undefined, undefined, undefined, undefined])).toBeNull();
});

test('the fit that comes with the cells leaves out each family once', () => {
	expect(Object.keys(fit.leftOut).toSorted()).toEqual([...'ABCEFHKP']);
	const presets = leftOutPresets(fit, loadPreset('testbed'));
	expect(presets.size).toBe(8);
	const texts = Object.values(fit.leftOut).map(constants => JSON.stringify(constants));
	expect(new Set(texts).size).toBe(8);
	for (const constants of Object.values(fit.leftOut)) {
		expect(Object.keys(constants)).toEqual(Object.keys(fit.constants));
	}
});

test('a predictor that knows the true medians: nearly all in band when ranges are wide and runs many, exact when nothing scatters', () => {
	const ceilingOf = (runs: number, slack: number) =>
		noiseCeiling({
			cells: Array.from({length: 40}, (_, index) => cell(`A/${index}/p0`, 100, {runs, slack})),
			pairs: [],
		});
	expect(ceilingOf(5, 1)).toMatchObject({inBand: 1, throughputFactor: 1});
	// Of three runs the true median is outside of the range a quarter of the time; a tenth beyond
	// it counts too, of which a range of a factor of 16 has little.
	expect(ceilingOf(3, 4)?.inBand).toBeGreaterThan(0.7);
	expect(ceilingOf(3, 4)?.inBand).toBeLessThan(0.85);
	expect(ceilingOf(9, 4)?.inBand).toBeGreaterThan(0.98);
	expect(ceilingOf(3, 4)?.throughputFactor).toBeGreaterThan(ceilingOf(9, 4)?.throughputFactor ?? Infinity);
});

test('the noise ceiling of the given cells: the same each time, above what the model reaches, below perfection', () => {
	const ceiling = noiseCeiling(testbed);
	expect(noiseCeiling(testbed)).toEqual(ceiling);
	expect(ceiling?.inBand).toBeGreaterThan(0.9);
	expect(ceiling?.inBand).toBeLessThan(1);
	expect(ceiling?.throughputFactor).toBeGreaterThan(1.02);
	expect(ceiling?.pairs.decidedRight).toBeGreaterThan(0.95);
	expect(ceiling?.pairs.ratioFactor.median).toBeGreaterThan(1.1);
	expect(Object.keys(ceiling?.byMetric ?? {})).toHaveLength(19);
	expect(noiseCeiling({...testbed, cells: testbed.cells.map(({runs: _, ...rest}) => rest)})).toBeNull();
});

test('sessions: cells that agree but for inert keys tell the speed of a family', () => {
	const cells = [
		cell('A/v/p0', 100, {parameters: {'host.ioeventfd': false}}),
		cell('A/w/p0', 100, {parameters: {'host.ioeventfd': false, 'host.cpus': 1}}),
		cell('C/v/p0', 200, {parameters: {'host.ioeventfd': true}}),
		cell('C/w/p0', 50, {parameters: {'host.ioeventfd': true, 'host.cpus': 1}}),
		cell('D/v/p0', 900, {parameters: {'host.ioeventfd': false, 'host.cpus': 3}}),
	];
	const [one, ...others] = sessionSpeeds(cells, ['host.ioeventfd']);
	expect(others).toEqual([]);
	expect(one).toMatchObject({families: ['A', 'C'], cells: 2});
	expect(one.factor).toBeCloseTo(1, 12);
	expect(one.scatter).toBeCloseTo(Math.exp(Math.sqrt(2) * Math.log(2)), 9);
	expect(sessionSpeeds(cells, [])).toEqual([]);
	expect(sessionSpread([])).toBe(0);
	expect(sessionSpread([{...one, factor: 1.1}])).toBeCloseTo(Math.log(1.1) / Math.sqrt(2), 12);
	expect(twinPredictions(cells, ['host.ioeventfd']).map(prediction => prediction?.['throughput.completed'])).toEqual([
		200,
		50,
		100,
		100,
		undefined,
	]);
});

test('the given sessions differ by a few percent, and a session predicts another one hardly better than a model has to', () => {
	const {sessions} = generalisationOf(testbed, [], inert);
	expect(sessions.compared.map(({families}) => families.join(''))).toEqual(['AH', 'AC', 'HC']);
	expect(sessions.spread).toBeGreaterThan(0.01);
	expect(sessions.spread).toBeLessThan(0.1);
	expect(sessions.twins?.inBand).toBeGreaterThan(0.75);
	expect(sessions.twins?.inBand).toBeLessThan(0.95);
});

test('a faster machine: rates grow, counts per command and shares do not, paced clients do the same', () => {
	const prediction = {
		'throughput.completed': 100,
		'kicks.perCommand': 0.5,
		'cpu.mainLoop': 0.3,
		'lock.spin.worker': 4,
	};
	expect(atSpeed({clients: closed}, prediction, 2)).toEqual({...prediction, 'throughput.completed': 200});
	const paced = testbed.cells.find(({id}) => id === 'A/paced/p0');
	expect(atSpeed({clients: paced?.clients ?? []}, prediction, 2)).toEqual(prediction);
	expect(mediansOf({a: {median: 2, min: 1, max: 3}})).toEqual({a: 2});
});
