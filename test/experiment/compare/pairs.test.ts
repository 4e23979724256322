import {expect, test} from 'vitest';
import {type Figures, type Pair, type PairTask, replicate} from '../../../source/experiment/compare/figures.js';
import {lengthFor} from '../../../source/experiment/compare/length.js';
import {makePairs, rowsOf} from '../../../source/experiment/compare/pairs.js';
import {renamed, withFirstNames} from '../../../source/experiment/compare/planted.js';
import {intervalRule, type StoppingRule} from '../../../source/experiment/compare/stopping.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';

const seedPreset = configurationOf(loadPreset('seed-2019-kick-under-lock'));
const length = {warmup: 1_000_000, duration: 20_000_000};
const rule: StoppingRule = {
	precision: null,
	runs: 8,
	watched: ['latency.mean'],
	confidence: 0.95,
	margins: new Map(),
};

/** Noise that differs from seed to seed, and b beside a by 1 of 100. */
function fakePair({seed}: PairTask): Pair {
	const run = (figures: Figures) => ({
		figures,
		eventHash: '',
		events: 1,
		stall: null,
		whole: true,
	});
	const noise = ((seed * 7) % 5) / 10;
	return {seed, sides: [run({'latency.mean': 100 + noise}), run({'latency.mean': 101 + noise + (seed % 3) / 10})]};
}

async function made(asked: StoppingRule, round: number, seed = 3) {
	const tasks: PairTask[] = [];
	const pairs = await makePairs(
		async given => {
			tasks.push(...given);
			return given.map(task => fakePair(task));
		},
		{
			configurations: [seedPreset, seedPreset],
			seed,
			length,
			budget: 1e6,
			rule: asked,
			round,
		},
	);
	return {pairs, tasks};
}

test('each pair has a seed of its own, from the first one on', async () => {
	const {pairs, tasks} = await made(rule, 2);
	expect(tasks.map(({seed}) => seed)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
	expect(pairs).toMatchObject({seeds: [3, 4, 5, 6, 7, 8, 9, 10], stopped: 'runs'});
});

test('where a precision stops it does not depend on how many runs are made at once', async () => {
	const watched = {...rule, precision: 0.005, runs: 100};
	const [one, four, many] = await Promise.all([made(watched, 1), made(watched, 4), made(watched, 17)]);
	expect(one.pairs.stopped).toBe('precision');
	expect(one.pairs.seeds.length).toBeLessThan(30);
	expect(four.pairs).toEqual(one.pairs);
	expect(many.pairs).toEqual(one.pairs);
});

test('a stop that depends on the values has the wider intervals', async () => {
	expect(intervalRule(rule)).toBe('fixed');
	expect(intervalRule({...rule, precision: 0.01})).toBe('anytime');
	const {pairs} = await made(rule, 8);
	const width = (asked: StoppingRule): number => {
		const [{low, high}] = rowsOf(pairs, asked);
		return (high ?? 0) - (low ?? 0);
	};

	expect(width({...rule, precision: 0.01})).toBeGreaterThan(1.3 * width(rule));
});

test('a run that was stopped ends the pairs, and those before it stay', async () => {
	const pairs = await makePairs(async tasks => tasks.map(task => (task.seed < 5 ? fakePair(task) : undefined)), {
		configurations: [seedPreset, seedPreset],
		seed: 3,
		length,
		budget: 1e6,
		rule,
		round: 8,
	});
	expect(pairs).toMatchObject({seeds: [3, 4], stopped: 'interrupted'});
});

test('renamed clients draw other random numbers, and their figures have their first names', () => {
	const preset = configurationOf(loadPreset('compositor-60hz'));
	const plan = {seed: 1, length: {warmup: 1_000_000, duration: 60_000_000}, budget: 1e7};
	const [own, other] = [replicate(preset, plan), replicate(renamed(preset), plan)];
	expect(other.eventHash).not.toBe(own.eventHash);
	expect(Object.keys(other.figures)).not.toEqual(Object.keys(own.figures));
	expect(Object.keys(withFirstNames(other.figures))).toEqual(Object.keys(own.figures));
});

test('the length is for thousands of commands of the slower side, and what is given stays', () => {
	const chosen = lengthFor([seedPreset], {});
	expect(chosen.words).toContain('MSER-5');
	// Some 32,000 commands a second.
	expect(chosen.duration).toBeGreaterThanOrEqual(150_000_000);
	expect(chosen.duration).toBeLessThanOrEqual(200_000_000);
	expect(lengthFor([seedPreset], {duration: 30_000_000}).duration).toBe(30_000_000);
	expect(lengthFor([seedPreset], {warmup: 7_000_000})).toMatchObject({warmup: 7_000_000, duration: chosen.duration});
	const slow = configurationOf(loadPreset('compositor-60hz'));
	expect(lengthFor([seedPreset, slow], {}).duration).toBe(slow.parameters.duration);
});

test('faults come at their times: their presets keep the length that they have', () => {
	const preset = configurationOf(loadPreset('lost-irq'));
	expect(preset.faults.length).toBeGreaterThan(0);
	const chosen = lengthFor([preset], {});
	expect(chosen).toMatchObject({warmup: preset.parameters.warmup, duration: preset.parameters.duration});
	expect(chosen.words).toContain('faults come at their times');
});

test('a start that takes its time is left out', () => {
	// The time for which KVM polls grows from wake-up to wake-up.
	expect(lengthFor([configurationOf(loadPreset('halt-polling'))], {}).warmup).toBeGreaterThan(10_000_000);
});
