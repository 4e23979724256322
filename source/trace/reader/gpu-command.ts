import {ascii, skipDigits} from './characters.js';
import {integerAt, keyOf, PayloadFields} from './payload-fields.js';
import {type PayloadReader} from './payload-reader.js';
import {PayloadWords} from './payload-words.js';
import {type GpuCommandPayload, type Payload} from './trace-event.js';

const words = new PayloadWords();
const fields = new PayloadFields();

const key = {
	vdev: keyOf('vdev'),
	dev: keyOf('dev'),
	vq: keyOf('vq'),
	type: keyOf('type'),
	flags: keyOf('flags'),
	fence: keyOf('fence_id'),
	context: keyOf('ctx_id'),
	numFree: keyOf('num_free'),
	seqno: keyOf('seqno'),
} as const;

/**
Reads the events of virtgpu_trace.h. Old: vdev vq name type flags fence_id ctx_id; Linux 6.3 and
later also num_free and seqno. Raw fields say `dev`.
*/
export function commandReader(name: GpuCommandPayload['name']): PayloadReader {
	return (bytes, start, end) => commandInOrder(name, bytes, start, end) ?? commandByFields(name, bytes, start, end);
}

const inOrder = {
	device: keyOf('vdev='),
	queue: keyOf('vq='),
	name: keyOf('name='),
	type: keyOf('type='),
	flags: keyOf('flags='),
	fence: keyOf('fence_id='),
	context: keyOf('ctx_id='),
	numFree: keyOf('num_free='),
	seqno: keyOf('seqno='),
} as const;

/**
The usual text, in one pass; undefined for any other, which `commandByFields` has the last word on.
It reads the same text in the same way.
*/
function commandInOrder(
	name: GpuCommandPayload['name'],
	bytes: Uint8Array,
	start: number,
	end: number,
): Payload | undefined {
	words.open(bytes, start, end);
	const device = words.number(inOrder.device);
	const queue = words.number(inOrder.queue);
	words.skip(inOrder.name);
	const type = words.number(inOrder.type);
	const flags = words.number(inOrder.flags);
	const fence = words.number(inOrder.fence);
	const context = words.number(inOrder.context);
	const numFree = words.number(inOrder.numFree);
	const seqno = words.number(inOrder.seqno);
	return words.isRead
		? {
				name,
				device,
				queue,
				type,
				flags,
				context,
				fence,
				numFree,
				seqno,
			}
		: undefined;
}

function commandByFields(
	name: GpuCommandPayload['name'],
	bytes: Uint8Array,
	start: number,
	end: number,
): Payload | undefined {
	fields.open(bytes, start, end);
	let device = fields.integer(key.vdev);
	if (Number.isNaN(device)) {
		device = fields.integer(key.dev);
	}

	const queue = fields.integer(key.vq);
	const type = fields.integer(key.type);
	const flags = fields.integer(key.flags);
	const fenceAt = fields.seek(key.fence);
	const fence = fenceAt < 0 ? Number.NaN : fenceOf(bytes, fenceAt, fields.wordEnd(fenceAt));
	const context = fields.integer(key.context);
	const freeAt = fields.seek(key.numFree);
	const isOld = freeAt < 0;
	const numFree = isOld ? 0 : integerAt(bytes, freeAt, end);
	const seqno = isOld ? 0 : fields.integer(key.seqno);
	return Number.isNaN(queue + type + flags + context + numFree + seqno + fence)
		? undefined
		: {
				name,
				device: Number.isNaN(device) ? 0 : device,
				queue,
				type,
				flags,
				context,
				fence,
				numFree: isOld ? null : numFree,
				seqno: isOld ? null : seqno,
			};
}

/**
Fence numbers have 64 bits: beyond 2^53 the nearest that a float holds stands for one, which
tells neighbours apart no more.
*/
function fenceOf(bytes: Uint8Array, start: number, end: number): number {
	if (bytes[start] === ascii.zero && end > start + 1) {
		return integerAt(bytes, start, end);
	}

	let value = 0;
	const last = skipDigits(bytes, start, Math.min(end, start + 20));
	for (let at = start; at < last; at++) {
		value = value * 10 + bytes[at] - ascii.zero;
	}

	return last === end && end > start ? value : Number.NaN;
}
