import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {fittedConstants, fittedKeys, unfittedPreset} from '../../../source/experiment/validation/fitted-constants.js';
import {missingMechanism} from '../../../source/experiment/validation/missing-mechanisms.js';
import {checkMedians, measuredMedians} from '../../../source/experiment/validation/median-checks.js';
import {readCells} from '../../../source/experiment/validation/read-cells.js';
import {unmeasuredCells} from '../../../source/experiment/validation/unmeasured-cells.js';
import {validate} from '../../../source/experiment/validation/validation.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {validationMarkdown} from '../../../source/report/validation-markdown.js';

const testbed = readCells(readFileSync(new URL('../../fixtures/testbed/cells.json', import.meta.url), 'utf8'), 'cells.json');
const preset = loadPreset('testbed');

function section(page: string, title: string): string[] {
	const from = page.indexOf(`## ${title}\n`);
	return page.slice(from, page.indexOf('\n## ', from + 1)).split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| cell |') && !line.startsWith('| key |'));
}

test('the page has a row for each figure out of band, with a mechanism and where it is known from', () => {
	const validation = validate(testbed, testbed.cells.map(({measured}) => Object.fromEntries(Object.entries(measured).map(([path, {median}], index) => [path, index % 3 === 0 ? median * 10 : median]))));
	const page = validationMarkdown({
		validation,
		unfitted: validation.summary,
		fitted: fittedConstants(preset),
		medians: [],
		unmeasured: unmeasuredCells(testbed).map(entry => ({...entry, prediction: {'throughput.completed': 1234}})),
		again: 'vqlab validate cells.json',
	});
	const missed = validation.figures.filter(({inBand}) => !inBand);
	expect(missed.length).toBeGreaterThan(100);
	expect(section(page, 'Out of band, and what it would need')).toHaveLength(missed.length);
	expect(section(page, 'Fitted constants')).toHaveLength(fittedKeys.length);
	expect(section(page, 'Predicted before anyone measures them')).toHaveLength(36);
});

test('every figure has a mechanism and a source', () => {
	for (const {id, measured} of testbed.cells) {
		for (const metric of Object.keys(measured)) {
			const {mechanism, source} = missingMechanism({cell: id, metric});
			expect(mechanism.length).toBeGreaterThan(20);
			expect(source.length).toBeGreaterThan(10);
		}
	}
});

test('before the fit every fitted constant is where it started, and nothing else has moved', () => {
	const start = unfittedPreset(preset);
	const moved = Object.keys(start.given).filter(key => JSON.stringify(start.given[key]) !== JSON.stringify(preset.given[key]));
	expect(moved.filter(key => !fittedKeys.includes(key))).toEqual([]);
	expect(start.given['guest.cost.drain']).toEqual({kind: 'const', value: 1400});
});

test('the medians are asked of the cells that they were measured in', () => {
	const checks = checkMedians(testbed.cells, preset, {
		seed: 1, runs: 1, warmup: 20_000_000, duration: 60_000_000,
	});
	expect(checks.map(({cell, primitive}) => `${cell} ${primitive}`)).toEqual(measuredMedians.map(({cell, primitive}) => `${cell} ${primitive}`));
	for (const {predicted} of checks) {
		expect(predicted).toBeGreaterThan(0);
	}

	expect(checkMedians([], preset, {
		seed: 1, runs: 1, warmup: 0, duration: 1,
	})).toEqual([]);
});
