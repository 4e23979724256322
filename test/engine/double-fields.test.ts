import {expect, test} from 'vitest';
import {holdDoubles} from '../../source/engine/double-fields.js';

test('the values of the fields stay what they are', () => {
	const object = {since: 0, left: -1, share: 0.25, name: 'worker'};
	holdDoubles(object, 'since', 'left', 'share');
	expect(object).toEqual({since: 0, left: -1, share: 0.25, name: 'worker'});
	expect(Object.keys(object)).toEqual(['since', 'left', 'share', 'name']);
});

test('a field that there is not, or that holds no number, is a mistake', () => {
	const object = {since: 0, name: 'worker'};
	expect(() => {
		holdDoubles(object, 'sinc');
	}).toThrow('sinc holds no number');
	expect(() => {
		holdDoubles(object, 'name');
	}).toThrow('name holds no number');
	expect(object).toEqual({since: 0, name: 'worker'});
});
