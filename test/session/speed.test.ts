import {expect, test} from 'vitest';
import {defaultSpeed, faster, formatSpeed, fullSpeed, parseSpeed, slower} from '../../source/session/speed.js';

test('the ladder from the slowest to the fastest and back', () => {
	const up: string[] = [];
	for (let speed = 1 / 1_000_000; up.length < 14; speed = faster(speed)) {
		up.push(formatSpeed(speed));
	}

	expect(up).toEqual([
		'1:1000k',
		'1:100k',
		'1:10k',
		'1:1000',
		'1:500',
		'1:200',
		'1:100',
		'1:50',
		'1:20',
		'1:10',
		'1:5',
		'1:2',
		'1:1',
		'max',
	]);
	expect(faster(fullSpeed)).toBe(fullSpeed);
	expect(slower(fullSpeed)).toBe(1);
	expect(slower(1 / 1_000_000)).toBe(1 / 1_000_000);
	expect(formatSpeed(faster(1 / 70))).toBe('1:50');
	expect(formatSpeed(defaultSpeed)).toBe('1:10');
});

test.each(['1:1', '1:100', '1:100k', 'max', '2:1'])('%s is read and written', text => {
	expect(formatSpeed(parseSpeed(text))).toBe(text);
});

test.each(['', '1', '0:1', '1:0', '-1:2', 'fast', '1:1e9', '99999:1', '1:2:3'])('"%s" is no speed', text => {
	expect(() => parseSpeed(text)).toThrow(/^--speed: .* is no speed: write simulated:wall, as in 1:100, or max$/v);
});
