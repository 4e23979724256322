import {expect, test} from 'vitest';
import {accrueCpu} from '../../source/cpu/load-average.js';
import {ms, us, Workbench} from './workbench.js';

test.each([
	["to its previous CPU when that is idle, though its waker's is busy", false, [0, 1], 1, 2],
	["to an idle CPU when its own and its waker's are busy", false, [2, 1], 1, 0],
	['to an idle CPU when a timer wakes it and its own is busy', false, [2, 1], -1, 0],
	['where it is pinned', true, [2, 2], 1, 2],
] as const)('a waking thread goes %s', (_, pinned, busy, waker, expected) => {
	const bench = new Workbench({cpus: 3, threads: [{cpu: busy[0]}, {cpu: busy[1]}, {cpu: 2, pinned}]});
	bench.wake(0);
	bench.wake(1);
	bench.set.reschedule();
	bench.wake(2, us, waker);
	expect(bench.thread(2).cpu).toBe(expected);
});

test.each([
	["to its waker's CPU when that is idle and the previous one is not", 2, 0, 1],
	["to its waker's CPU when both have been as busy and it weighs nothing itself", 1, 0, 1],
	["to its waker's CPU when its own load is less than the bias", 1, 0.07, 1],
	['to its previous CPU when its own load is more than that', 1, 0.09, 2],
])('a waking thread goes %s', (_, elsewhere, load, expected) => {
	const bench = new Workbench({
		cpus: 3,
		threads: [{cpu: 2, pinned: true}, {cpu: elsewhere, pinned: true}, {cpu: 2}, {cpu: 0, pinned: true}],
	});
	for (const id of [0, 1, 3]) {
		bench.next[id] = thread => {
			bench.run(thread, ms);
		};

		bench.wake(id, ms);
	}

	bench.runUntil(200 * ms);
	Object.assign(bench.thread(2), {load, loadAt: bench.loop.now});
	// Its own load comes on top of what the CPU has had up to now.
	accrueCpu(bench.set.cpus[2], bench.loop.now);
	bench.set.cpus[2].load += load;
	bench.wake(2, us, 1);
	expect(bench.thread(2).cpu).toBe(expected);
});

test.each([
	['finds an idle CPU among few that are busy', 1, 3],
	['finds none behind those that are worth a look', 2, 0],
	['finds none behind the only one that is worth a look', 3, 0],
])('a search %s', (_, busy, expected) => {
	// CPUs 0 to busy - 1 have been busy for long, the last one idles; with two busy CPUs it looks
	// at two, with three at one.
	const bench = new Workbench({
		cpus: 4,
		threads: [
			...[0, 1, 2].map(cpu => ({cpu, pinned: true})),
			{cpu: 0},
			...(busy === 3 ? [] : [2, 1]).map(cpu => ({cpu, pinned: true})),
		],
	});
	for (let id = 0; id < 3; id++) {
		bench.next[id] = thread => {
			bench.run(thread, ms);
		};

		if (id < busy) {
			bench.wake(id, ms);
		}
	}

	bench.runUntil(200 * ms);
	// The others have only just got something to do.
	for (let id = busy; id < 3; id++) {
		bench.wake(id, ms);
	}

	bench.set.reschedule();
	bench.wake(3, us);
	expect(bench.thread(3).cpu).toBe(expected);
});

test.each([
	['is found while CPUs are less busy', 6, 1],
	['is not looked for from 85 % on', 7, 0],
])('the idle CPU next to a busy one %s', (_, busy, expected) => {
	const threads = Array.from({length: busy}, (_value, id) => ({cpu: id === 0 ? 0 : 8 - id, pinned: true}));
	const bench = new Workbench({cpus: 8, threads: [...threads, {cpu: 0}]});
	for (const id of threads.keys()) {
		bench.next[id] = thread => {
			bench.run(thread, ms);
		};

		bench.wake(id, ms);
	}

	bench.runUntil(200 * ms);
	bench.wake(busy, us);
	expect(bench.thread(busy).cpu).toBe(expected);
});

test('a thread goes back to where it was of late when that is idle, before any search', () => {
	const bench = new Workbench({cpus: 8, threads: [{cpu: 0, pinned: true}, {cpu: 0}]});
	bench.wake(0);
	bench.set.reschedule();
	bench.thread(1).recentCpu = 5;
	bench.wake(1, us);
	expect([bench.thread(1).cpu, bench.thread(1).recentCpu]).toEqual([5, 0]);
});
