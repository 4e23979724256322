import {expect, test} from 'vitest';
import {runPublishedPair} from '../../source/selfcheck/pair-check.js';
import {counts, type PublishedPair} from '../../source/selfcheck/published-pair.js';
import {publishedPairs} from '../../source/selfcheck/published-pairs.js';
import {unrepresented} from '../../source/selfcheck/unrepresented.js';
import {loadPreset} from '../../source/presets/load-preset.js';

const counted = publishedPairs.filter(pair => counts(pair));

function pairOf(id: string): PublishedPair {
	const found = publishedPairs.find(pair => pair.id === id);
	if (found === undefined) {
		throw new Error(`no pair ${id}`);
	}

	return found;
}

test('eight pairs count, each id stands once', () => {
	expect(counted.map(({id}) => id)).toEqual(['A5', 'A7', 'C1', 'D1 120 Hz', 'D1 latency', 'D2', 'E1 depth 64', 'F1']);
	const ids = [...publishedPairs, ...unrepresented].map(({id}) => id);
	expect(new Set(ids).size).toBe(ids.length);
});

test('what later collections of published pairs hold is counted or said to be missing', () => {
	const named = [
		...publishedPairs.map(({preset}) => loadPreset(preset).source),
		...unrepresented.map(({source}) => source),
	];
	for (const source of [
		'firecracker #5872',
		'firecracker #2934',
		'alioth #26',
		'firecracker #2658',
		'ampere kernel #57',
		'arehnman viogpu3d #12',
	]) {
		expect(
			named.filter(text => text.startsWith(source)),
			source,
		).not.toEqual([]);
	}
});

test('a published ratio lies in its own band and is that of its figures', () => {
	for (const {
		published: {before, after},
		ratio,
		band,
	} of publishedPairs) {
		expect(ratio).toBeGreaterThanOrEqual(band[0]);
		expect(ratio).toBeLessThanOrEqual(band[1]);
		if (before !== null && after !== null) {
			expect(ratio).toBeCloseTo(after / before, 9);
		}
	}
});

test.each(counted)('$id is in its band, its control is not', pair => {
	const {verdict, predicted, control} = runPublishedPair(pair, loadPreset(pair.preset));
	expect(verdict, `ratio ${predicted.ratio}, control ${control}`).toBe('in band');
});

test('a change that changes nothing falls out of the band', () => {
	const pair = pairOf('D2');
	const {verdict, predicted} = runPublishedPair({...pair, change: {}}, loadPreset(pair.preset));
	expect(predicted.ratio).toBe(1);
	expect(verdict).toBe('out of band');
});

test('a model that misses what it was fitted on is told so', () => {
	const pair = pairOf('D2');
	const {verdict} = runPublishedPair({...pair, published: {before: 80, after: 0.33}}, loadPreset(pair.preset));
	expect(verdict).toBe('misses what it was fitted on');
});

test('a pair whose band contains 1 does not count', () => {
	const pair = pairOf('D1 60 Hz');
	expect(runPublishedPair(pair, loadPreset(pair.preset))).toMatchObject({counted: false, verdict: 'in band'});
});

test('a control inside the band spoils a pair', () => {
	const pair = pairOf('D2');
	const figures = [10, 20, 20];
	let run = 0;
	const {verdict} = runPublishedPair(
		{
			...pair,
			published: {before: null, after: null},
			band: [1.5, 2.5],
			duration: 1_000_000,
			figure: () => figures[run++],
		},
		loadPreset(pair.preset),
	);
	expect(verdict).toBe('control in band');
});
