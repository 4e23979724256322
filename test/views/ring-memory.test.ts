import {expect, test} from 'vitest';
import {createVirtqueue} from '../../source/virtqueue/create-virtqueue.js';
import {ringPicture} from '../../source/virtqueue/ring-picture.js';
import {memoryPanel} from '../../source/views/ring/memory.js';
import {runDesk, sessionOf, shippedPreset} from '../session/small-run.js';
import {drawn} from './paused-desk.js';

const place = {x: 0, y: 0, width: 118, height: 15};

function ringOf(layout: 'split' | 'packed', indirect: boolean) {
	return createVirtqueue({layout, size: 8, eventIdx: true, indirect, callback: true});
}

test('a split queue: heads in both rings, chains in the ring, then the free list in its order', () => {
	const ring = ringOf('split', false);
	ring.add(2, 1, 5);
	ring.add(1, 1, 6);
	expect(ring.pop()).toBe(5);
	ring.push(5, 24);
	ring.publish(1);
	const text = memoryPanel(ring, ringPicture(ring), place).lines.join('\n');
	expect(text).toContain('in the ring, then the free list (3)');
	// Both rings begin with head 0, of 24 bytes; the avail ring goes on with head 3.
	expect(text).toMatch(/^│ {2}0 +0 +0 +24 /mv);
	expect(text).toMatch(/^│ {2}1 +3 +0 +0 /mv);
	const table = [...text.matchAll(/ (?<at>\d) +(?<flag>N?W?|free|-) +(?<segments>1|-) +(?<next>\d)(?= |│)/gv)];
	expect(table.map(({groups}) => `${groups?.at} ${groups?.flag} ${groups?.next}`)).toEqual([
		'0 N 1',
		'1 N 2',
		'2 W 3',
		'3 N 4',
		'4 W 5',
		'5 free 6',
		'6 free 7',
	]);
	expect(ring.freeList(8)).toEqual([5, 6, 7]);
});

test('an indirect buffer has one descriptor, with the segments of its table', () => {
	const ring = ringOf('split', true);
	ring.add(2, 1, 5);
	expect(memoryPanel(ring, ringPicture(ring), place).lines.join('\n')).toMatch(/ 0 +I +2\+1 +1 /v);
});

test('a packed queue: the one ring, with the flags of both sides', () => {
	const ring = ringOf('packed', true);
	ring.add(2, 1, 5);
	ring.add(1, 1, 6);
	ring.pop();
	ring.push(5, 24);
	ring.publish(1);
	const text = memoryPanel(ring, ringPicture(ring), place).lines.join('\n');
	expect(text).toMatch(/ 0 +AU +0 +24 /v);
	expect(text).toMatch(/ 1 +IA +1 /v);
});

test('view 2 has it at 200x60, with the free slots of the last moments', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(5_000_000);
	session.togglePause();
	const {controller} = runDesk(session);
	controller.press('2');
	const large = drawn(controller, 200, 60).join('\n');
	expect(large).toContain('╭ Memory ─');
	expect(large).toMatch(/╭ num_free ─+ now \d+ of 64 {3}the last 200 us ╮/v);
	expect(drawn(controller, 120, 36).join('\n')).not.toContain('Memory');
});
