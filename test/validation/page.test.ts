import {expect, test} from 'vitest';
import {placedConstants, sizeOf, startOf, unfittedPreset} from '../../source/validation/evidence.js';
import {generalisationOf} from '../../source/validation/generalisation.js';
import {checkMedians, primitivesOf} from '../../source/validation/median-checks.js';
import {mediansOf} from '../../source/validation/score.js';
import {unmeasuredCells} from '../../source/validation/unmeasured-cells.js';
import {validate} from '../../source/validation/validation.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {cellKind} from '../../source/work/kinds/cell.js';
import {validationMarkdown} from '../../source/report/validation-markdown.js';
import {fit, story, testbed} from '../helpers/testbed.js';

const preset = loadPreset('testbed');

const medians = testbed.cells.map(({measured}) => mediansOf(measured));
const validation = validate(
	testbed,
	medians.map(prediction =>
		Object.fromEntries(
			Object.entries(prediction).map(([path, value], index) => [path, index % 3 === 0 ? value * 10 : value]),
		),
	),
);

const told = {
	...story,
	unfitted: validation.summary,
	placed: placedConstants(story.constants, preset),
	checks: [],
	predicted: unmeasuredCells(testbed, story).map(entry => ({...entry, prediction: {'throughput.completed': 1234}})),
};

const page = validationMarkdown({
	validation,
	generalisation: generalisationOf(
		testbed,
		medians,
		story.inert.map(({key}) => key),
	),
	preset: 'testbed',
	again: 'vqlab validate cells.json',
	fit,
	story: told,
});

function section(text: string, title: string): string[] {
	const from = text.indexOf(`## ${title}\n`);
	return text
		.slice(from, text.indexOf('\n## ', from + 1))
		.split('\n')
		.filter(line => line.startsWith('| ') && !/^\| (?:cell|key|family) \|/v.test(line));
}

test('the page has a row for each figure out of band, with a mechanism and where it is known from', () => {
	const missed = validation.figures.filter(({inBand}) => !inBand);
	expect(missed.length).toBeGreaterThan(100);
	const rows = section(page, 'Out of band, and what it would need');
	expect(rows).toHaveLength(missed.length);
	expect(rows.filter(row => row.includes('| - |'))).toEqual([]);
	expect(section(page, 'Fitted constants')).toHaveLength(story.constants.length + story.held.length);
	expect(section(page, 'Predicted before anyone measures them')).toHaveLength(36);
});

test('the families left out come before the scores in view of the fit, each with its row', () => {
	const rows = section(page, 'Families left out of the fit');
	expect(rows.map(row => row.split(' ', 2)[1])).toEqual([
		'A',
		'B',
		'K',
		'H',
		'P',
		'C',
		'F',
		'E',
		'all',
		'noise',
		'the',
	]);
	expect(page.indexOf('## Families left out of the fit')).toBeLessThan(page.indexOf('## Scores in view of the fit'));
	expect(page.indexOf('## Families left out of the fit')).toBeGreaterThan(0);
});

test("somebody else's cells give figures and nothing of this machine", () => {
	const bare = validationMarkdown({
		validation,
		generalisation: generalisationOf(
			testbed,
			medians.map(() => undefined),
			[],
		),
		preset: 'testbed',
		again: 'vqlab validate cells.json',
		fit: undefined,
		story: undefined,
	});
	expect(bare.match(/^## .*$/gmv)).toEqual(['## Sessions of measuring', '## Scores', '## Every figure']);
	expect(bare).not.toContain('undefined');
	expect(bare).not.toMatch(/TCG|Linux|QEMU/v);
});

test('before the fit every fitted constant is where it started, and nothing else has moved', () => {
	const start = unfittedPreset(preset, story.constants);
	const moved = Object.keys(start.given).filter(
		key => JSON.stringify(start.given[key]) !== JSON.stringify(preset.given[key]),
	);
	expect(moved.filter(key => !story.constants.some(constant => constant.key === key))).toEqual([]);
	expect(start.given['guest.cost.getBuf']).toEqual({kind: 'lognormal', median: 330, sigma: 0.45});
	expect(placedConstants(story.constants, start).filter(({inRange}) => !inRange)).toEqual([]);
});

test('a constant that has left the range of its source is marked', () => {
	const moved = placedConstants(story.constants, {
		...preset,
		given: {...preset.given, 'host.cost.notify': {kind: 'const', value: 2000}},
	});
	expect(moved.find(({key}) => key === 'host.cost.notify')).toMatchObject({inRange: false, end: '2us'});
});

test('what left the fit is where its source has it', () => {
	for (const constant of story.held) {
		expect([constant.key, sizeOf(preset.given[constant.key])]).toEqual([constant.key, startOf(constant)]);
		expect(story.constants.map(({key}) => key)).not.toContain(constant.key);
	}
});

test('the medians are asked of the cells that they were measured in', async () => {
	const answer = await cellKind.load();
	const runs = await Promise.all(
		testbed.cells
			.filter(({id}) => primitivesOf(story.medians, id).length > 0)
			.map(async cell => {
				const {medians: found} = await answer(
					{
						cell,
						preset,
						seed: 1,
						warmup: 20_000_000,
						duration: 60_000_000,
						primitives: primitivesOf(story.medians, cell.id),
					},
					async () => false,
				);
				return [cell.id, [found]] as const;
			}),
	);
	const checks = checkMedians(story.medians, id => new Map(runs).get(id));
	expect(checks.map(({cell, primitive}) => `${cell} ${primitive}`)).toEqual(
		story.medians.map(({cell, primitive}) => `${cell} ${primitive}`),
	);
	for (const {predicted} of checks) {
		expect(predicted).toBeGreaterThan(0);
	}

	expect(checkMedians(story.medians, () => undefined)).toEqual([]);
});
