import {expect, test} from 'vitest';
import {Mutex} from '../../source/cpu/mutex.js';
import {Spinlock, spinlockKinds, type SpinlockKind} from '../../source/cpu/spinlock.js';
import {RandomStream} from '../../source/engine/random.js';

/** A lock with threads 0 to 7, of which those in `off` do not execute. */
function lockOf(kind: SpinlockKind): {readonly lock: Spinlock; readonly off: Set<number>} {
	const off = new Set<number>();
	const lock = new Spinlock(kind, 8, {isExecuting: thread => !off.has(thread)}, new RandomStream(1, 'place/lock/0'));
	return {lock, off};
}

/** Thread 0 holds the lock, the others wait, in this order. */
function held(kind: SpinlockKind, ...waiters: readonly number[]): ReturnType<typeof lockOf> {
	const made = lockOf(kind);
	made.lock.tryLock(0);
	for (const thread of waiters) {
		made.lock.enqueue(thread);
	}

	return made;
}

test.each(spinlockKinds)('%s: a free lock is had at the first try, a held one is not', kind => {
	const {lock} = lockOf(kind);
	expect([lock.tryLock(3), lock.owner, lock.tryLock(4), lock.owner]).toEqual([true, 3, false, 3]);
	expect([lock.release(1), lock.owner, lock.lastCpu]).toEqual([-1, -1, 1]);
	expect(lock.tryLock(4)).toBe(true);
});

test.each(['qspinlock', 'pv-qspinlock'] as const)('%s: executing waiters get it first in, first out', kind => {
	const {lock} = held(kind, 5, 2, 7, 1);
	const order: number[] = [];
	for (let next = lock.release(0); next >= 0; next = lock.release(0)) {
		expect(lock.owner).toBe(next);
		order.push(next);
	}

	expect(order).toEqual([5, 2, 7, 1]);
	expect(lock.waiterCount).toBe(0);
});

test('qspinlock: the first waiter has it even while it does not execute, and nobody passes it', () => {
	const {lock, off} = held('qspinlock', 5, 2);
	off.add(5);
	expect([lock.release(0), lock.owner]).toEqual([5, 5]);
	expect(lock.tryLock(3)).toBe(false);
	expect(lock.retry(2)).toBe(false);
});

test('pv-qspinlock: a lock whose first waiter does not execute stays free, and a newcomer may steal it', () => {
	const {lock, off} = held('pv-qspinlock', 5, 2);
	off.add(5);
	expect([lock.release(0), lock.owner, lock.first]).toEqual([-1, -1, 5]);
	// The second in line executes, but it is not its turn.
	expect(lock.retry(2)).toBe(false);
	expect(lock.tryLock(3)).toBe(true);
	off.delete(5);
	expect(lock.retry(5)).toBe(false);
	expect(lock.release(0)).toBe(5);
});

test('pv-qspinlock: nobody steals from a first waiter that executes; it takes the free lock when it looks', () => {
	const {lock, off} = held('pv-qspinlock', 5);
	off.add(5);
	lock.release(0);
	off.delete(5);
	expect(lock.tryLock(3)).toBe(false);
	expect([lock.retry(5), lock.owner, lock.waiterCount]).toEqual([true, 5, 0]);
});

test('test-and-set: only who executes can have it', () => {
	const {lock, off} = held('test-and-set', 5, 2, 7);
	off.add(5).add(7);
	expect(lock.release(0)).toBe(2);
	off.add(2);
	expect([lock.release(0), lock.owner]).toEqual([-1, -1]);
	expect(lock.retry(7)).toBe(true);
	expect([lock.waiterCount, lock.owner]).toEqual([1, 7]);
});

test('test-and-set: a newcomer may pass those who wait', () => {
	const {lock, off} = held('test-and-set', 5);
	off.add(5);
	lock.release(0);
	off.delete(5);
	expect(lock.tryLock(3)).toBe(true);
	expect(lock.retry(5)).toBe(false);
});

test('test-and-set: each executing waiter is as likely to be the one', () => {
	const {lock} = lockOf('test-and-set');
	const wins = [0, 0, 0, 0];
	for (let i = 0; i < 4000; i++) {
		lock.tryLock(0);
		for (const thread of [1, 2, 3]) {
			lock.enqueue(thread);
		}

		wins[lock.release(0)]++;
		while (lock.release(0) >= 0) {
			// The others have it once each.
		}
	}

	expect(wins[0]).toBe(0);
	for (const count of wins.slice(1)) {
		// Four standard deviations of a binomial.
		expect(Math.abs(count - 4000 / 3)).toBeLessThan(4 * Math.sqrt((4000 * 2) / 9));
	}
});

test('a mutex is not first in, first out: who tries first has it, and a woken one that is late goes to the end', () => {
	const mutex = new Mutex(8);
	expect([mutex.tryLock(0), mutex.tryLock(1)]).toEqual([true, false]);
	mutex.enqueue(1);
	mutex.enqueue(2);
	// The longest sleeper is woken and the mutex is free meanwhile.
	expect([mutex.unlock(), mutex.owner]).toEqual([1, -1]);
	expect(mutex.tryLock(3)).toBe(true);
	expect(mutex.tryLock(1)).toBe(false);
	mutex.enqueue(1);
	expect(mutex.sleeperCount).toBe(2);
	expect([mutex.unlock(), mutex.tryLock(2)]).toEqual([2, true]);
	expect([mutex.unlock(), mutex.unlock()]).toEqual([1, -1]);
});
