import {expect, test} from 'vitest';
import {integerAt, keyOf, PayloadFields} from '../../../source/trace/reader/payload-fields.js';

function fieldsOf(text: string): PayloadFields {
	const bytes = new TextEncoder().encode(text);
	const fields = new PayloadFields();
	fields.open(bytes, 0, bytes.length);
	return fields;
}

test.each([
	['vdev=0 vq=1 type=0x102', 'vq', 1],
	['vdev=0 vq=1 type=0x102', 'type', 0x1_02],
	['vdev=0 vq=0x1 (1) type=0x102', 'vq', 1],
	['xvq=1', 'vq', Number.NaN],
	['x vq=', 'vq', Number.NaN],
	['vq=1x', 'vq', Number.NaN],
	['vq=7,', 'vq', 7],
	['vqs=3 vq=4', 'vq', 4],
	['seqno=9007199254740993', 'seqno', Number.NaN],
	['seqno=0xfffffffffffff', 'seqno', 0xf_ff_ff_ff_ff_ff_ff],
	['seqno=4294967295', 'seqno', 4_294_967_295],
	['', 'vq', Number.NaN],
])('%s: %s is %d', (text, key, value) => {
	expect(fieldsOf(text).integer(keyOf(key))).toBe(value);
});

test('keys are found in any order, one after the other', () => {
	const fields = fieldsOf('a=1 b=2 c=3');
	expect(['c', 'a', 'b', 'd', 'a'].map(key => fields.integer(keyOf(key)))).toEqual([3, 1, 2, Number.NaN, 1]);
});

test('a number ends with the payload, whatever bytes follow it', () => {
	const bytes = new TextEncoder().encode('12345');
	expect(integerAt(bytes, 0, 3)).toBe(123);
});
