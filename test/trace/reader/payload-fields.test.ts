import {expect, test} from 'vitest';
import {integerAfter, wordAfter} from '../../../source/trace/reader/payload-fields.js';

test.each([
	['vq=0 type=0x101', 'vq', 0],
	['vq=0 type=0x101', 'type', 0x1_01],
	['type=0XaF09, flags=3', 'type', 0xAF_09],
	['type=0x1f, flags=3', 'flags', 3],
	['a=999999999999999', 'a', 999_999_999_999_999],
	['a=0x1fffffffffffff', 'a', Number.NaN],
	['a=0xfffffffffffff', 'a', 0xF_FF_FF_FF_FF_FF_FF],
	['a=1000000000000000', 'a', Number.NaN],
	['a= b=1', 'a', Number.NaN],
	['a=0x b=1', 'a', Number.NaN],
	['a=12z', 'a', Number.NaN],
	['a=-1', 'a', Number.NaN],
	['a=0x1g', 'a', Number.NaN],
	['b=1', 'a', Number.NaN],
])('the number in %j after %s is %d', (text, key, value) => {
	expect(integerAfter(text, key)).toBe(value);
});

test('a key begins the text or follows a space, and has its sign behind it', () => {
	const text = 'old_vq=1 vq:2 vq vq=3 vq=4 name=vq';
	expect(integerAfter(text, 'vq')).toBe(3);
	expect(wordAfter(text, 'name')).toBe('vq');
	expect(wordAfter('vdev=0 driver=virtio_gpu timeline=', 'timeline')).toBe('');
	expect(wordAfter('vdev=0 driver=virtio_gpu timeline=a b', 'timeline')).toBe('a');
});
