import {expect, test} from 'vitest';
import {threadState} from '../../source/cpu/thread.js';
import {ms, us, Workbench} from './workbench.js';

test('on a frozen CPU a segment stands still and goes on where it was', () => {
	const bench = new Workbench({threads: [{}]});
	const ended: number[] = [];
	bench.next[0] = thread => {
		ended.push(bench.loop.now);
		bench.set.sleep(thread);
	};

	bench.wake(0, 100 * us);
	bench.at(40 * us, () => {
		bench.set.freeze(bench.set.cpus[0]);
	});
	bench.at(500 * us, () => {
		expect(bench.set.isActive(bench.thread(0))).toBe(false);
		bench.set.thaw(bench.set.cpus[0]);
	});
	bench.runUntil(ms);
	expect(ended).toEqual([560 * us]);
	expect(bench.resumptions).toEqual([
		[0, 0],
		[500 * us, 0],
	]);
});

test('whoever is queued on a frozen idle CPU makes it ask to run, and runs once it may', () => {
	const bench = new Workbench({threads: [{}, {}], frozen: true});
	bench.wake(0);
	bench.set.reschedule();
	expect(bench.wanted).toEqual([0]);
	expect(bench.set.cpus[0].current).toBe(-1);
	bench.at(100 * us, () => {
		bench.set.thaw(bench.set.cpus[0]);
	});
	bench.runUntil(200 * us);
	expect(bench.set.cpus[0].current).toBe(0);
	expect(bench.used[0]).toBe(90 * us);
});

test('a segment given to the thread of a frozen CPU begins when it thaws', () => {
	const bench = new Workbench({threads: [{}]});
	const ended: number[] = [];
	bench.next[0] = thread => {
		ended.push(bench.loop.now);
		bench.set.sleep(thread);
	};

	bench.wake(0, Infinity);
	bench.at(40 * us, () => {
		bench.set.freeze(bench.set.cpus[0]);
	});
	// As a lock that is handed to a waiter whose vCPU is preempted.
	bench.at(50 * us, () => {
		bench.run(bench.thread(0), us);
	});
	bench.at(500 * us, () => {
		bench.set.thaw(bench.set.cpus[0]);
	});
	bench.runUntil(ms);
	expect(ended).toEqual([501 * us]);
});

test('a segment that ends on a frozen CPU is a fault', () => {
	const bench = new Workbench({threads: [{}]});
	bench.wake(0, 10 * us);
	bench.runUntil(us);
	bench.set.cpus[0].frozen = true;
	expect(() => {
		bench.runUntil(ms);
	}).toThrow(/frozen/v);
});

test('a CPU counts the work on it, not what a thread only spins or polls', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.wake(0, 100 * us);
	bench.at(30 * us, () => {
		bench.set.setQuiet(bench.thread(0), true);
	});
	bench.at(80 * us, () => {
		bench.set.setQuiet(bench.thread(0), false);
	});
	bench.next[0] = thread => {
		bench.set.sleep(thread);
	};

	bench.next[1] = bench.next[0];
	bench.runUntil(ms);
	expect([bench.set.cpus[0].worked, bench.set.workedSince(bench.thread(0))]).toEqual([50 * us, 0]);
	bench.wake(1, 20 * us);
	bench.runUntil(2 * ms);
	expect([bench.set.workedSince(bench.thread(0)), bench.set.workedSince(bench.thread(1))]).toEqual([20 * us, 0]);
	bench.thread(0).leftCpu = 1;
	expect(bench.set.workedSince(bench.thread(0))).toBe(Infinity);
});

test('the states of a thread are told as they change: woken, on its CPU, preempted, asleep', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.next[1] = thread => {
		bench.set.sleep(thread);
	};

	bench.thread(1).lag = ms;
	bench.wake(0);
	bench.at(30 * us, () => {
		bench.wake(1, 5 * us);
	});
	bench.runUntil(50 * us);
	const {sleeping, queued, running} = threadState;
	expect(bench.states).toEqual([
		`0:0=${queued}`,
		`0:0=${running}`,
		`30000:1=${queued}`,
		`30000:0=${queued}`,
		`30000:1=${running}`,
		`35000:1=${sleeping}`,
		`35000:0=${running}`,
	]);
});

test('where the tick is an interrupt it comes frozen or not, and not again before it is programmed', () => {
	const bench = new Workbench({threads: [{}], tickInterrupts: true});
	const [cpu] = bench.set.cpus;
	const ticks: number[] = [];
	bench.ticked = () => {
		ticks.push(bench.loop.now);
		cpu.tickPending = true;
	};

	bench.wake(0, 10 * ms);
	bench.at(500 * us, () => {
		bench.set.freeze(cpu);
	});
	bench.at(3500 * us, () => {
		bench.set.thaw(cpu);
		bench.set.ticks.restart(cpu, bench.set.ticks.next());
	});
	bench.runUntil(4500 * us);
	expect(ticks).toEqual([ms, 4 * ms]);
});
