import {expect, test} from 'vitest';
import {type YieldRule} from '../../source/cpu/scheduler-settings.js';
import {yieldTo} from '../../source/cpu/yield-to.js';
import {ms, us, Workbench} from './workbench.js';

/**
Thread 0 yields to thread 1 every 100 us that it has run; thread 2 waits too, and comes first by
its deadline. Runs for `time`.
*/
function yielder(rule: YieldRule, time: number): Workbench {
	const bench = new Workbench({threads: [{}, {}, {}], yieldRule: rule});
	bench.next[0] = thread => {
		bench.run(thread, 100 * us);
		yieldTo(bench.set, thread, bench.thread(1));
	};

	bench.wake(0, 100 * us);
	bench.wake(2);
	bench.wake(1);
	bench.runUntil(time);
	return bench;
}

test('linux-6.18: who yields forfeits the rest of its slice once, and has its share again', () => {
	const {used} = yielder('linux-6.18', 300 * ms);
	// The yielder pays a slice of 3 ms for each 100 us, while the others advance by as much.
	expect(used[0]).toBeGreaterThan(2 * ms);
	expect(used[0] / 300 / ms).toBeLessThan(0.1);
});

test('linux-6.6: the deadline of who yields again and again runs away, that of 6.18 stays within two slices', () => {
	const ahead = (rule: YieldRule): number => {
		const bench = yielder(rule, 300 * ms);
		return bench.thread(0).deadline - bench.thread(0).vruntime;
	};

	expect(ahead('linux-6.6')).toBeGreaterThan(1000 * ms);
	expect(ahead('linux-6.18')).toBeLessThanOrEqual(6 * ms);
});

test('linux-6.18: the target runs next, before one with an earlier deadline', () => {
	for (const [rule, next] of [
		['linux-6.18', 1],
		['linux-6.6', 2],
	] as const) {
		const bench = new Workbench({threads: [{}, {}, {}], yieldRule: rule});
		bench.next[0] = thread => {
			bench.run(thread, 100 * us);
			yieldTo(bench.set, thread, bench.thread(1));
		};

		bench.wake(0, 100 * us);
		bench.set.reschedule();
		bench.wake(2);
		bench.wake(1);
		bench.thread(2).deadline -= us;
		bench.runUntil(150 * us);
		expect(bench.switches[1]).toBe(`100000:0>${next}`);
	}
});

test('who is not eligible forfeits nothing', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.wake(0, ms);
	bench.set.reschedule();
	bench.wake(1);
	bench.runUntil(500 * us);
	const [thread, target] = [bench.thread(0), bench.thread(1)];
	bench.set.account(thread);
	const {vruntime, deadline} = thread;
	yieldTo(bench.set, thread, target);
	expect([thread.vruntime, thread.deadline]).toEqual([vruntime, deadline]);
	bench.set.reschedule();
	expect(bench.set.cpus[0].current).toBe(1);
});

test('alone on its CPU a thread that yields to one elsewhere loses nothing', () => {
	const bench = new Workbench({cpus: 2, threads: [{}, {cpu: 1, pinned: true}, {cpu: 1, pinned: true}]});
	for (const id of [0, 1, 2]) {
		bench.wake(id);
	}

	bench.runUntil(100 * us);
	const {deadline} = bench.thread(0);
	yieldTo(bench.set, bench.thread(0), bench.thread(2));
	expect(bench.thread(0).deadline).toBe(deadline);
	bench.set.reschedule();
	expect(bench.set.cpus[1].current).toBe(2);
});
