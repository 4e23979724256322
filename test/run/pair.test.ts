import {expect, test} from 'vitest';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {Pair, type SidePlan} from '../../source/run/pair.js';
import {recorderKit} from '../../source/run/recorder-kit.js';
import {Timeline} from '../../source/run/timeline.js';

const ms = 1_000_000;
const options = {seed: 3, build: recorderKit(ms)};
const plan = (set: Readonly<Record<string, string | number>> = {}, preset = 'seed-2019-kick-under-lock'): SidePlan => ({
	configuration: configurationOf(loadPreset(preset), set),
});

test('without a difference both are one run', () => {
	const pair = Pair.start(plan(), plan(), options);
	expect(pair.advance(10 * ms)).toBe(true);
	expect(pair.a.eventHash()).toBe(pair.b.eventHash());
	expect(pair.b.instruments.recorder.metrics()).toEqual(pair.a.instruments.recorder.metrics());
});

test('both go to the same times, each as it would alone', () => {
	const pair = Pair.start(
		plan(),
		{...plan({'driver.lockPolicy': 'kick-after-unlock'}), changes: [{at: 4 * ms, set: {'queue.size': 256}}]},
		options,
	);
	let turns = 0;
	while (!pair.advance(10 * ms, 500)) {
		turns++;
		expect(Math.abs(pair.a.now - pair.b.now)).toBeLessThanOrEqual(ms);
	}

	expect(turns).toBeGreaterThan(5);
	expect([pair.a.now, pair.b.now]).toEqual([10 * ms, 10 * ms]);
	const alone = new Timeline(
		{
			...plan({'driver.lockPolicy': 'kick-after-unlock'}),
			seed: 3,
			changes: [{at: 4 * ms, set: {'queue.size': 256}}],
		},
		options.build,
	);
	alone.advance(10 * ms);
	expect(pair.b.eventHash()).toBe(alone.eventHash());
	expect(pair.b.eventHash()).not.toBe(pair.a.eventHash());
});

test('on common random numbers a difference scatters less than between two seeds', () => {
	const throughput = ({a, b}: Pair<ReturnType<typeof options.build>>): readonly number[] =>
		[a, b].map(({instruments: {recorder}}) => recorder.metrics().throughput.completed);
	const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
	const seeds = [1, 2, 3, 4, 5, 6];
	const found = seeds.map(seed => {
		const pair = Pair.start(plan(), plan({'driver.lockPolicy': 'kick-after-unlock'}), {...options, seed});
		pair.advance(40 * ms);
		return throughput(pair);
	});
	const paired = found.map(([a, b]) => b - a);
	const crossed = found.map(([a], index) => (found[(index + 1) % found.length][1] ?? 0) - a);
	expect(spread(paired)).toBeLessThan(spread(crossed));
});

test('a fork of a run is one side, and both go back to where they were one', () => {
	const run = new Timeline({...plan(), seed: 3}, options.build, {spacing: ms});
	run.advance(5 * ms);
	const pair = Pair.fork(run, {'driver.lockPolicy': 'kick-after-unlock'});
	pair.advance(12 * ms);
	const hashes = [pair.a.eventHash(), pair.b.eventHash()];
	expect(hashes[0]).not.toBe(hashes[1]);
	const twin = pair.fork();
	pair.seek(4 * ms);
	expect(pair.a.eventHash()).toBe(pair.b.eventHash());
	pair.seek(12 * ms);
	expect([pair.a.eventHash(), pair.b.eventHash()]).toEqual(hashes);
	twin.apply('a', {'driver.lockPolicy': 'kick-after-unlock'});
	twin.cut();
	twin.advance(14 * ms);
	expect(twin.a.instruments.recorder.since).toBe(12 * ms);
	expect(pair.now).toBe(12 * ms);
});

test('two seeds or two times are no pair', () => {
	const a = new Timeline({...plan(), seed: 1}, options.build);
	const b = new Timeline({...plan(), seed: 2}, options.build);
	expect(() => new Pair(a, b)).toThrow('a pair has one seed and one time');
	const c = a.fork();
	c.advance(ms);
	expect(() => new Pair(a, c)).toThrow('a pair has one seed and one time');
});
