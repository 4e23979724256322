import {expect, test} from 'vitest';
import {queueCounter} from '../../source/metrics/counters.js';
import {LockTracker} from '../../source/metrics/lock-tracker.js';
import {holderPhases, type HolderPhase, waiterRoles, type WaiterRole} from '../../source/metrics/metric-names.js';
import {lockRole} from '../../source/tracepoints/tracepoints.js';

const {submit, worker} = lockRole;

/** A lock that four threads may want, and what its counters have come to. */
function lock() {
	const counters = new Float64Array(200);
	const tracker = new LockTracker(counters, 0, 4);
	const count = (name: keyof typeof queueCounter): number => counters[queueCounter[name]];
	const cell = (holder: HolderPhase, waiter: WaiterRole): number =>
		holderPhases.indexOf(holder) * waiterRoles.length + waiterRoles.indexOf(waiter);
	return {
		tracker,
		count,
		spun: (holder: HolderPhase, waiter: WaiterRole) => counters[queueCounter.matrixSpin + cell(holder, waiter)],
	};
}

test('two waiters spin side by side: contention passes once, spinning for each', () => {
	const {tracker, count} = lock();
	tracker.acquired(100, 0, submit);
	tracker.contended(110, 1, submit);
	tracker.contended(120, 2, worker);
	tracker.released(150);
	tracker.acquired(150, 1, submit);
	tracker.released(160);
	tracker.acquired(160, 2, worker);
	tracker.released(165);
	tracker.settle(200);
	expect([count('contended'), count('acquisitions'), count('contention')]).toEqual([2, 3, 50]);
	expect([count('spinSubmitter'), count('spinWorker'), count('halted')]).toEqual([40, 40, 0]);
	expect([tracker.wait.count, tracker.wait.mean, tracker.hold.mean]).toEqual([2, 40, 65 / 3]);
});

test('a waiter that halts spins no more until it is kicked, and the lock is not contended meanwhile', () => {
	const {tracker, count} = lock();
	tracker.acquired(0, 0, submit);
	tracker.contended(10, 1, submit);
	tracker.halt(30, 1);
	expect(tracker.isContended).toBe(false);
	tracker.resume(70, 1);
	tracker.acquired(75, 1, submit);
	tracker.settle(100);
	expect([count('halted'), count('spinSubmitter'), count('contention')]).toEqual([40, 25, 25]);
	expect(tracker.wait.mean).toBe(65);
});

test('who waits meets the holder in what he is at; a doorbell of another is none of his', () => {
	const {tracker, count, spun} = lock();
	tracker.acquired(0, 0, submit);
	tracker.doorbell(3, false);
	tracker.contended(10, 1, worker);
	tracker.settle(15);
	tracker.doorbell(0, false);
	tracker.contended(15, 2, submit);
	tracker.settle(20);
	tracker.doorbellReturned(0);
	tracker.contended(20, 3, submit);
	tracker.settle(30);
	expect([spun('submit', 'worker'), spun('doorbell', 'submit'), spun('submit', 'submit')]).toEqual([20, 15, 10]);
	expect([count('workerOther'), count('submitterOnNotify'), count('submitterOther')]).toEqual([1, 1, 1]);
});
