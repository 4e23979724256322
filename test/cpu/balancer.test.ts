import {expect, test} from 'vitest';
import {ms, us, Workbench} from './workbench.js';

/**
Thread 0 keeps CPU 0, thread 1 waits beside it (or is alone), and thread 2 leaves CPU
1 with nothing to do at 900 us.
*/
function leave({waiting = true, ran = -ms, newidle = 1, pinned = false, migrationCost = 500 * us} = {}): Workbench {
	const bench = new Workbench({
		cpus: 2,
		newidle,
		migrationCost,
		threads: [{}, {pinned}, {cpu: 1, pinned: true}],
	});
	bench.next[2] = thread => {
		bench.set.sleep(thread);
	};

	bench.at(100 * us, () => {
		bench.wake(0);
		bench.wake(2, 800 * us);
		if (waiting) {
			bench.wake(1);
			bench.thread(1).offSince = ran;
		}
	});
	bench.runThrough(900 * us);
	return bench;
}

test('a CPU that becomes idle takes a thread that waits elsewhere, at once and for good', () => {
	const bench = leave();
	expect(bench.set.cpus.map(cpu => cpu.current)).toEqual([0, 1]);
	bench.runUntil(50 * ms);
	expect(bench.thread(1).cpu).toBe(1);
	expect(bench.used[1]).toBeGreaterThan(49 * ms);
});

test('it belongs to its new CPU from then on', () => {
	const bench = leave();
	expect(bench.set.cpus.map(cpu => cpu.runnable)).toEqual([1, 1]);
	expect(bench.set.cpus.map(cpu => cpu.queued)).toEqual([0, 0]);
});

test.each([
	['ran 499 us ago', {ran: 401 * us}],
	['may not leave its CPU', {pinned: true}],
])('it takes none that %s', (_, options) => {
	expect(leave(options).set.cpus[1].current).toBe(-1);
});

test('it takes one that ran 500 us ago', () => {
	expect(leave({ran: 400 * us}).set.cpus[1].current).toBe(1);
});

test.each([
	[101, 1],
	[100, 1],
	[99, -1],
])('how long a thread stays hot is a setting: 100 us, and one that ran %i us ago', (ago, current) => {
	expect(leave({ran: (900 - ago) * us, migrationCost: 100 * us}).set.cpus[1].current).toBe(current);
});

test('it takes none from a CPU that has a single one, though that waits for its CPU to come back', () => {
	const bench = new Workbench({
		cpus: 2,
		idleExit: 50 * us,
		idlePoll: 10 * ms,
		threads: [{}, {cpu: 1}],
	});
	for (const id of [0, 1]) {
		bench.next[id] = thread => {
			bench.set.sleep(thread);
		};

		bench.wake(id, 10 * us);
	}

	bench.at(2 * ms, () => {
		bench.wake(1, 10 * us);
	});
	bench.at(2 * ms + 40 * us, () => {
		bench.wake(0, 10 * us);
	});
	bench.runUntil(3 * ms);
	expect(bench.switches.filter(line => line.startsWith('2'))).toEqual([
		'2050000:1>1',
		'2060000:1>-1',
		'2090000:0>0',
		'2100000:0>-1',
	]);
});

test('of the chances it takes its share', () => {
	const pulls = (newidle: number): number => {
		const bench = new Workbench({cpus: 2, newidle, threads: [{pinned: true}, {}, {cpu: 1, pinned: true}]});
		bench.next[2] = thread => {
			bench.set.sleep(thread);
		};

		bench.next[1] = thread => {
			bench.set.sleep(thread);
		};

		bench.wake(0);
		const places: number[] = [];
		// A millisecond each: thread 1 waits beside thread 0 while CPU 1 becomes idle.
		for (let n = 0; n < 400; n++) {
			const time = n * ms;
			bench.at(time + 100 * us, () => {
				const thread = bench.thread(1);
				thread.cpu = bench.set.cpus[0].id;
				thread.offSince = time - ms;
				bench.wake(2, 100 * us);
				bench.wake(1, 10 * us);
			});
			bench.at(time + 201 * us, () => {
				places.push(bench.thread(1).cpu);
			});
		}

		bench.runUntil(400 * ms);
		return places.filter(cpu => cpu === 1).length;
	};

	expect(pulls(0)).toBe(0);
	expect(pulls(1)).toBeGreaterThan(100);
	expect(pulls(0.3) / pulls(1)).toBeGreaterThan(0.2);
	expect(pulls(0.3) / pulls(1)).toBeLessThan(0.4);
});
