import {expect, test} from 'vitest';
import {editText, longest, pasteText} from '../../source/session/text-field.js';

test('a paste is put behind what is there, its line ends as spaces and none around it', () => {
	expect(pasteText('a', '  12\r\n34\t5 \n')).toEqual({field: 'a12 34 5', leftOut: 0});
	expect(pasteText('', '\n')).toEqual({field: '', leftOut: 0});
});

test('what a field does not take is left out, and counted', () => {
	expect(pasteText('', 'né\u0007😀e')).toEqual({field: 'ne', leftOut: 3});
	expect(pasteText('ab', 'x'.repeat(longest))).toEqual({field: `ab${'x'.repeat(longest - 2)}`, leftOut: 2});
	expect(pasteText('x'.repeat(longest), 'y')).toEqual({field: 'x'.repeat(longest), leftOut: 1});
	expect(editText('x'.repeat(longest), 'y')).toBeUndefined();
});

test('keys that are no character mean nothing to a field', () => {
	for (const key of ['C-f1', 'A-x', 'S-tab', 'pgup', 'f5', 'é', 'C-\\']) {
		expect(editText('a', key)).toBeUndefined();
	}
});
