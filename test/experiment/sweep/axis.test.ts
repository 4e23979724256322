import {expect, test} from 'vitest';
import {UserError} from '../../../source/errors/user-error.js';
import {parseAxis, splitValues} from '../../../source/experiment/sweep/axis.js';

test.each([
	['queue.size=16,64,1024', [16, 64, 1024]],
	['queue.size=16..1024*2', [16, 32, 64, 128, 256, 512, 1024]],
	['queue.size=16..100*2', [16, 32, 64]],
	['queue.size=16,64..256*2', [16, 64, 128, 256]],
	['guest.vcpus=1..4', [1, 2, 3, 4]],
	['guest.vcpus=1..8+3', [1, 4, 7]],
	['device.fencePoll=10us..90us+20us', [10_000, 30_000, 50_000, 70_000, 90_000]],
	['device.fencePoll=1ms..9ms*3', [1e6, 3e6, 9e6]],
	['clients.game.hz=59.7..60+0.1', [59.7, 59.8, 59.9, 60]],
	['clients.my game.rate=1000..4000*2', [1000, 2000, 4000]],
	['queue.eventIdx=all', [false, true]],
	['driver.lockPolicy=kick-batched,kick-under-lock', ['kick-batched', 'kick-under-lock']],
] as const)('%s', (text, values) => {
	expect(parseAxis(text).values).toEqual(values);
});

test('costs are distributions: commas inside them part no values, and a row of them is of constants', () => {
	expect(parseAxis('host.cost.exitUser=5us,lognormal(5us,0.6),exp(3us)').values).toEqual([
		{kind: 'const', value: 5000},
		{kind: 'lognormal', median: 5000, sigma: 0.6},
		{kind: 'exp', mean: 3000},
	]);
	expect(parseAxis('host.cost.exitUser=2us..8us*2').values).toEqual(
		[2000, 4000, 8000].map(value => ({kind: 'const', value})),
	);
	expect(splitValues('a(b,c),d,(e,(f,g))')).toEqual(['a(b,c)', 'd', '(e,(f,g))']);
});

test('all is every value of a choice, and no mistake where the model refuses one', () => {
	const axis = parseAxis('driver.lockPolicy=all');
	expect(axis.values).toContain('kick-after-unlock');
	expect(axis.values.length).toBeGreaterThan(2);
	expect(axis.isAll).toBe(true);
	expect(parseAxis('driver.lockPolicy=kick-batched').isAll).toBe(false);
});

test.each([
	['queue.size', 'has no values'],
	['=3', 'has no values'],
	['queue.size=', 'a value is empty'],
	['queue.size=16,,32', 'a value is empty'],
	['queue.siz=16', 'did you mean queue.size?'],
	['queue.size=abc', 'queue.size: "abc" is not right here'],
	['queue.size=1', 'out of range'],
	['queue.size=16,64,16', '16 comes twice'],
	['device.fencePoll=1000us,1ms', '1ms comes twice'],
	['queue.size=64..16*2', 'is empty: its low end is above its high one'],
	['queue.size=64..64*2', 'is empty: both ends are the same'],
	['queue.size=16..1024*1', 'a factor is above 1'],
	['queue.size=16..1024*x', 'a factor is above 1'],
	['queue.size=16..1024+0', 'a step is above 0'],
	['device.fencePoll=1ms..9ms+1', 'has no unit'],
	['host.load=0..4*2', 'a row of factors does not begin at 0'],
	['clients.game.hz=1..2+0.00001', 'more than 10000 values'],
	['clients.game.hz=1..2,3', 'needs a step'],
	['queue.size=all', 'only a choice has all its values'],
	['host.cost.exitUser=exp(3us)..5us*2', 'host.cost.exitUser'],
	['seed=1,2', 'give --runs N for N seeds a point'],
	['duration=1s,2s', 'all points of a sweep have the same duration'],
])('%s is refused in one line', (text, words) => {
	expect(() => parseAxis(text)).toThrow(UserError);
	expect(() => parseAxis(text)).toThrow(words);
});
