import {expect, test} from 'vitest';
import {neighboursOf, parseOver, settingsAt, sizeOf} from '../../../source/experiment/tune/space.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';

const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'));

test('reads keys, values, ranges and commas inside parentheses', () => {
	const space = parseOver(
		[
			'queue.size=16..128,driver.lockPolicy',
			'host.haltPoll=50us,100us,host.cost.exitUser=lognormal(3us,0.3),exp(2us)',
		],
		configuration,
	);
	expect(space.map(({key, values}) => [key, values.length])).toEqual([
		['queue.size', 4],
		['driver.lockPolicy', 4],
		['host.haltPoll', 2],
		['host.cost.exitUser', 2],
	]);
	expect(sizeOf(space)).toBe(64);
	expect(settingsAt(space, [3, 1, 0, 0])).toMatchObject({'queue.size': 128, 'host.haltPoll': 50_000});
});

test('without any it takes what a user of a real machine can change', () => {
	const keys = parseOver([], configuration).map(({key}) => key);
	expect(keys).toContain('driver.lockPolicy');
	expect(keys).toContain('queue.size');
	expect(
		keys.filter(
			key => key.includes('.cost.') || key === 'seed' || key === 'driver.waitBug' || key === 'device.kind',
		),
	).toEqual(['driver.waitBug'].filter(key => keys.includes(key)));
});

test.each([
	['queue.sizes=16', /queue\.sizes/v],
	['queue.size=64..16', /empty/v],
	['queue.size=1..99999999', /queue\.size/v],
	['seed=1..4', /belongs to the run/v],
	['clients.nobody.rate=1,2', /nobody|no clients/v],
	['driver.lockPolicy=a..b', /lockPolicy/v],
	['queue.size,queue.size', /twice/v],
	['queue.size=64', /nothing varies; write queue\.size=low\.\.high/v],
	['queue.size=', /queue\.size/v],
])('refuses %s with a line', (text, message) => {
	expect(() => parseOver([text], configuration)).toThrow(message);
});

test('neighbours are a step away in numbers, and any other value of what has no order', () => {
	const space = parseOver(['queue.size=16..1024,driver.lockPolicy'], configuration);
	expect(neighboursOf(space, [0, 0])).toEqual([
		[1, 0],
		[0, 1],
		[0, 2],
		[0, 3],
	]);
});
