import {expect, test} from 'vitest';
import {Cpu} from '../../source/cpu/cpu.js';
import {accrueCpu, accrueThread, decay, moveLoad} from '../../source/cpu/load-average.js';
import {Thread, threadState} from '../../source/cpu/thread.js';

const period = 1_048_576;

test('what is old weighs half after 32 periods, and falls in straight lines within a period', () => {
	expect(decay(0)).toBe(1);
	expect(decay(32 * period)).toBeCloseTo(0.5, 9);
	expect(decay(64 * period)).toBeCloseTo(0.25, 9);
	expect(decay(period / 2)).toBeCloseTo((1 + decay(period)) / 2, 12);
	expect(decay(400 * period)).toBe(0);
});

test('a thread that is awake from now on has half a load after 32 periods, and loses it as slowly', () => {
	const thread = new Thread(0, 0, -1);
	thread.state = threadState.running;
	accrueThread(thread, 32 * period);
	expect(thread.load).toBeCloseTo(0.5, 9);
	thread.state = threadState.sleeping;
	accrueThread(thread, 64 * period);
	expect(thread.load).toBeCloseTo(0.25, 9);
});

test("a CPU has the sum of its threads' loads, also when one goes to another CPU", () => {
	const [from, to] = [0, 1].map(id => new Cpu(id, 0, 0, 2, false));
	const threads = [new Thread(0, 0, -1), new Thread(1, 0, -1)];
	for (const thread of threads) {
		thread.state = threadState.running;
	}

	from.runnable = 2;
	accrueCpu(from, 10 * period);
	for (const thread of threads) {
		accrueThread(thread, 10 * period);
	}

	expect(from.load).toBeCloseTo(threads[0].load + threads[1].load, 9);
	moveLoad(threads[1], from, to, 20 * period);
	accrueThread(threads[0], 20 * period);
	expect([from.runnable, to.runnable]).toEqual([1, 1]);
	expect(from.load).toBeCloseTo(threads[0].load, 9);
	expect(to.load).toBeCloseTo(threads[1].load, 9);
});
