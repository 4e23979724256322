import {expect, test} from 'vitest';
import {KeyDecoder} from '../../../source/terminal/keys/key-decoder.js';
import {pointerReport} from '../../../source/terminal/keys/pointer-report.js';

test('a press and the wheel are read, a cell counted from 0', () => {
	expect(pointerReport('<0;1;1', 'M')).toEqual({kind: 'mouse', what: 'press', x: 0, y: 0});
	expect(pointerReport('<64;120;36', 'M')).toEqual({kind: 'mouse', what: 'wheelUp', x: 119, y: 35});
	expect(pointerReport('<65;300;7', 'M')).toEqual({kind: 'mouse', what: 'wheelDown', x: 299, y: 6});
});

test.each(['<0;1;1m', '<1;1;1M', '<32;1;1M', '<16;1;1M', '<66;1;1M', '0;1;1M', '<0;1M', '<;1;1M', '<0;1;1;1M'])(
	'%s means nothing',
	report => {
		expect(pointerReport(report.slice(0, -1), report.slice(-1))).toBeUndefined();
	},
);

test('a press between keys is one input, however it is cut', () => {
	const bytes = new TextEncoder().encode('a\u001B[<0;12;7Mb');
	for (let cut = 0; cut <= bytes.length; cut++) {
		const decoder = new KeyDecoder();
		const inputs = [...decoder.push(bytes.subarray(0, cut)), ...decoder.push(bytes.subarray(cut))];
		expect(inputs).toEqual([
			{kind: 'key', name: 'a'},
			{kind: 'mouse', what: 'press', x: 11, y: 6},
			{kind: 'key', name: 'b'},
		]);
	}
});
