import {expect, test} from 'vitest';
import {UserError} from '../../../source/errors/user-error.js';
import {parseAxis} from '../../../source/experiment/sweep/axis.js';
import {makePlan, type Plan, type PlanOptions} from '../../../source/experiment/sweep/plan.js';
import {loadPreset} from '../../../source/presets/load-preset.js';

const preset = loadPreset('seed-2019-kick-under-lock');

function plan(axes: readonly string[], options: Partial<PlanOptions> = {}): Plan {
	return makePlan({
		preset,
		base: {},
		choice: {kind: 'grid', axes: axes.map(text => parseAxis(text))},
		runs: 1,
		budget: 1e9,
		...options,
	});
}

test('a grid has the last axis fastest', () => {
	const {points} = plan(['queue.size=16,32', 'driver.lockPolicy=kick-batched,kick-under-lock']);
	expect(points.map(({set}) => Object.values(set).join(' '))).toEqual([
		'16 kick-batched',
		'16 kick-under-lock',
		'32 kick-batched',
		'32 kick-under-lock',
	]);
	expect(new Set(points.map(({hash}) => hash)).size).toBe(4);
});

test('the hash moves with all that decides results, and with nothing else', () => {
	const axes = ['queue.size=16,32'];
	const {hash} = plan(axes);
	expect(plan(axes).hash).toBe(hash);
	expect(plan(['queue.size=16..32*2']).hash).toBe(hash);
	const others = [
		plan(['queue.size=32,16']),
		plan(['queue.size=16,64']),
		plan(axes, {runs: 2}),
		plan(axes, {budget: 1e8}),
		plan(axes, {base: {seed: 2}}),
		plan(axes, {base: {duration: 1e9}}),
		plan(axes, {base: {warmup: 1e6}}),
		plan(axes, {base: {'driver.lockPolicy': 'kick-batched'}}),
		plan(axes, {base: {'clients.game.think': {kind: 'const', value: 5000}}}),
		plan(axes, {preset: loadPreset('ring-too-small')}),
		plan(axes, {preset: {...preset, given: {...preset.given, 'guest.vcpus': 3}}}),
	].map(other => other.hash);
	expect(new Set([hash, ...others]).size).toBe(1 + others.length);
});

test('a point that the model refuses is a point with its reason', () => {
	const {points} = plan(['queue.layout=all', 'host.backend=all']);
	const refused = points.filter(point => point.refused !== null);
	expect(refused.length).toBeGreaterThan(0);
	expect(refused.length).toBeLessThan(points.length);
	expect(refused[0]).toMatchObject({hash: null, set: {'queue.layout': 'packed'}});
	expect(refused[0].refused).toContain('split rings only');
});

test.each([
	[['queue.size=16', 'queue.size=32'], {}, 'queue.size comes twice'],
	[['queue.size=16'], {base: {'queue.size': 64}}, 'queue.size is set for all points and varied'],
	[['queue.size=48'], {}, 'the model refuses every point: queue.size: 48 is no power of two'],
	[['queue.size=16,48'], {}, 'no point can have 48'],
	[['clients.nobody.think=1us'], {}, 'no client is called "nobody"'],
	[['clients.game.rate=1..9*2'], {}, 'only kind open'],
	[['device.fencePoll=1ms..9ms'], {}, '1ms..9ms needs a step'],
	[['host.cost.exitUser=2us..9us'], {}, '2us..9us needs a step'],
	[['queue.size=16..1024*2'], {runs: 10_000}, 'are 70000 runs, more than 20000'],
] as const)('%o is refused: %o', (axes, options, words) => {
	expect(() => plan(axes, options)).toThrow(UserError);
	expect(() => plan(axes, options)).toThrow(words);
});

test('a sample is drawn from the seed of the runs', () => {
	const choice = {kind: 'sample', axes: [parseAxis('device.fencePoll=1ms..9ms')], count: 5} as const;
	expect(plan([], {choice}).points).toHaveLength(5);
	expect(plan([], {choice}).hash).toBe(plan([], {choice}).hash);
	expect(plan([], {choice, base: {seed: 2}}).points[0].set).not.toEqual(plan([], {choice}).points[0].set);
});
