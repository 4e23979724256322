import fc from 'fast-check';
import {expect, test} from 'vitest';
import {commandReader} from '../../../source/trace/reader/gpu-command.js';
import {type Payload} from '../../../source/trace/reader/trace-event.js';

const read = commandReader('virtio_gpu_cmd_queue');

/** `after` is what stands behind the payload in the same chunk. */
function payloadOf(text: string, after = ''): Payload | undefined {
	const bytes = new TextEncoder().encode(text);
	const all = new TextEncoder().encode(`xx${text}${after}`);
	return read(all, 2, 2 + bytes.length);
}

const number = fc.oneof(
	fc.nat().map(String),
	fc.nat(0xff_ff_ff).map(value => `0x${value.toString(16)}`),
	fc.constantFrom('', '0x', '7,', '99999999999999999999', '0xfffffffffffffffff', '1x', '-1', 'a', '281474976710657'),
);

test('the usual order is read as any other order is', () => {
	fc.assert(
		fc.property(fc.tuple(...Array.from({length: 8}, () => number)), values => {
			const [device, queue, type, flags, fence, context, numFree, seqno] = values;
			const head = `vdev=${device} vq=${queue}`;
			const middle = `type=${type} flags=${flags} fence_id=${fence} ctx_id=${context}`;
			const tail = `num_free=${numFree} seqno=${seqno}`;
			const usual = payloadOf(`${head} name=control ${middle} ${tail}`);
			expect(usual).toEqual(payloadOf(`name=control ${tail} ${middle} ${head}`));
		}),
		{examples: [[['0', '0', '0x106', '0x1', '5', '0', '63', '1507']]]},
	);
});

test('what stands behind a payload is none of it', () => {
	const text = 'vdev=0 vq=0 name=control type=0x106 flags=0x0 fence_id=0 ctx_id=12';
	expect(payloadOf(text, ' num_free=1 seqno=2')).toEqual(payloadOf(text));
	expect(payloadOf(text, '\nnum_free=1 seqno=2')).toMatchObject({context: 12, numFree: null, seqno: null});
	expect(payloadOf(`${text} num_free=3 seqno=4`, '567')).toMatchObject({numFree: 3, seqno: 4});
});
