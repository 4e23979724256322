import {expect, test} from 'vitest';
import {captureState, restoreState} from '../../source/engine/state-image.js';
import {lockRole} from '../../source/tracepoints/tracepoints.js';
import {LockHolders} from '../../source/tracking/lock-holders.js';
import {teller} from '../helpers/teller.js';

const sizes = {
	threads: 4,
	vcpus: 2,
	queues: 2,
	locks: 6,
};
const control = 0;
const cursor = 1;

const waits = (locks: LockHolders): string[] => [0, 1, 2, 3].map(thread => locks.waitedFor(thread));

test('a waiter waits for what the holder was in when its first try failed, and is asked until its next spin_lock', () => {
	const locks = new LockHolders(sizes);
	const tell = teller(locks);
	tell('lockContended', 1, 3, control);
	expect(locks.waitedFor(3)).toBe('none');
	tell('lockAcquired', 2, 0, control, lockRole.submit);
	tell('lockContended', 3, 1, control);
	tell('doorbellStarted', 4, 0, control);
	tell('lockContended', 5, 2, control);
	tell('doorbellReturned', 6, 0, control);
	tell('lockContended', 7, 3, control);
	expect(waits(locks)).toEqual(['', 'submit', 'in_notify', 'submit']);
	tell('lockReleased', 8, 0, control);
	tell('lockAcquired', 9, 1, control, lockRole.worker);
	expect([locks.waitedFor(1), locks.contendedAt[1]]).toEqual(['submit', 3]);
	tell('lockCalled', 10, 0, control);
	tell('lockContended', 10, 0, control);
	tell('lockCalled', 11, 1, cursor);
	tell('lockContended', 12, 3, cursor);
	expect(waits(locks)).toEqual(['worker', '', 'in_notify', 'none']);
	expect([...locks.contendedAt]).toEqual([10, -1, 5, 12]);
});

test('a doorbell is under the lock only when the holder of that lock rings it', () => {
	const locks = new LockHolders(sizes);
	const tell = teller(locks);
	tell('lockAcquired', 1, 0, control, lockRole.notify);
	tell('doorbellStarted', 2, 1, control);
	expect(locks.ringing[control]).toBe(-1);
	tell('doorbellReturned', 3, 1, control);
	tell('doorbellStarted', 4, 0, cursor);
	expect(locks.ringing[cursor]).toBe(-1);
	tell('doorbellStarted', 5, 0, control, 2 + 1);
	expect([locks.ringing[control], ...locks.forced]).toEqual([0, 1, 0]);
	tell('doorbellReturned', 6, 0, control);
	expect([locks.ringing[control], locks.forced[control]]).toEqual([-1, 1]);
	tell('lockReleased', 7, 0, control);
	tell('doorbellStarted', 8, 0, control, 2);
	expect([locks.ringing[control], locks.forced[control]]).toEqual([-1, 0]);
});

test('another goes on from an image as if it had been told all, whatever became of the first', () => {
	const first = new LockHolders(sizes);
	const tell = teller(first);
	tell('lockAcquired', 1, 0, control, lockRole.submit);
	tell('doorbellStarted', 2, 0, control, 1);
	tell('lockContended', 3, 2, control);
	const image = captureState(first);
	tell('doorbellReturned', 4, 0, control);
	tell('lockReleased', 5, 0, control);
	tell('lockAcquired', 6, 2, control, lockRole.worker);

	const second = new LockHolders(sizes);
	const go = teller(second);
	go('lockContended', 1, 1, cursor);
	restoreState(second, image);
	expect(waits(second)).toEqual(['', '', 'in_notify', '']);
	expect([second.holders[control], second.ringing[control], second.forced[control]]).toEqual([0, 0, 1]);
	go('doorbellReturned', 4, 0, control);
	go('lockContended', 5, 3, control);
	expect(second.waitedFor(3)).toBe('submit');
});
