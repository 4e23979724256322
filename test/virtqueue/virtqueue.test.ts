import {expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {createVirtqueue} from '../../source/virtqueue/create-virtqueue.js';
import {ENOSPC} from '../../source/virtqueue/virtqueue.js';
import {type Layout} from '../../source/virtqueue/virtqueue-options.js';

const create = (layout: Layout, size: number, indirect = false) =>
	createVirtqueue({
		layout,
		size,
		eventIdx: true,
		indirect,
		callback: true,
	});
const layouts: Layout[] = ['split', 'packed'];

test('a size is 1 to 32768, and a power of two in a split queue', () => {
	for (const layout of layouts) {
		expect(create(layout, 1).size).toBe(1);
		expect(create(layout, 32_768).numFree).toBe(32_768);
		for (const size of [0, -4, 1.5, 32_769, 65_536, Number.NaN]) {
			expect(() => create(layout, size)).toThrow(UserError);
		}
	}

	expect(create('packed', 12).size).toBe(12);
	expect(() => create('split', 12)).toThrow('queue size 12: a split queue needs a power of two');
});

test.each(layouts)('%s: the largest ring fills, wraps and empties', layout => {
	const ring = create(layout, 32_768);
	const tokens = Array.from({length: ring.size}, (_, token) => token);
	for (let lap = 0; lap < 3; lap++) {
		expect(tokens.filter(token => ring.add(0, 1, token) !== 0)).toEqual([]);
		expect(ring.add(0, 1, ring.size)).toBe(ENOSPC);
		expect(ring.doorbellForced).toBe(false);
		expect(tokens.filter(token => ring.pop() !== token)).toEqual([]);
		expect(ring.pop()).toBe(-1);
		for (const token of tokens) {
			ring.push(token, token);
		}

		ring.publish(ring.size);
		expect(tokens.filter(token => ring.getBuf() !== token || ring.lastLength !== token)).toEqual([]);
		expect(ring.getBuf()).toBe(-1);
		expect(ring.numFree).toBe(ring.size);
	}
});

test('an indirect table takes one descriptor and may be longer than the ring', () => {
	for (const layout of layouts) {
		const ring = create(layout, 4, true);
		expect(ring.slotsNeeded(60, 40)).toBe(1);
		expect(ring.add(60, 40, 0)).toBe(0);
		expect(ring.numFree).toBe(3);
		ring.pop();
		expect([ring.poppedSlots, ring.poppedReadable, ring.poppedWritable]).toEqual([1, 60, 40]);
		expect(create(layout, 4).slotsNeeded(2, 1)).toBe(3);
	}
});

test('the device cannot complete what it has not popped, nor publish what it has not pushed', () => {
	for (const layout of layouts) {
		const ring = create(layout, 4);
		ring.add(1, 0, 2);
		expect(() => {
			ring.push(2, 0);
		}).toThrow(RangeError);
		ring.pop();
		ring.push(2, 0);
		expect(() => {
			ring.push(2, 0);
		}).toThrow(RangeError);
		expect(() => {
			ring.publish(2);
		}).toThrow(RangeError);
	}
});

test('tokens may be larger than the ring, to a limit', () => {
	for (const layout of layouts) {
		const ring = create(layout, 4);
		for (const token of [3, 100, 70_000]) {
			ring.add(1, 0, token);
			expect(ring.pop()).toBe(token);
			ring.push(token, 9);
			ring.publish(1);
			expect(ring.getBuf()).toBe(token);
		}

		ring.add(1, 0, 1 << 22);
		expect(() => ring.pop()).toThrow(RangeError);
	}
});

test('completions published in parts arrive in push order', () => {
	for (const layout of layouts) {
		const ring = create(layout, 5 - Number(layout === 'split'));
		for (const token of [0, 1, 2]) {
			ring.add(1, 0, token);
			ring.pop();
		}

		for (const token of [2, 0, 1]) {
			ring.push(token, token);
		}

		ring.publish(1);
		expect([ring.getBuf(), ring.getBuf()]).toEqual([2, -1]);
		ring.publish(2);
		expect([ring.getBuf(), ring.getBuf(), ring.getBuf()]).toEqual([0, 1, -1]);
	}
});

test('a state is numbers, booleans and typed arrays only', () => {
	for (const layout of layouts) {
		const ring = create(layout, 8);
		const odd = Object.entries(ring).filter(
			([, value]: [string, unknown]) =>
				typeof value !== 'number' && typeof value !== 'boolean' && !ArrayBuffer.isView(value),
		);
		expect(odd).toEqual([]);
		expect(Object.keys(ring)).toContain('headOfToken');
	}
});
