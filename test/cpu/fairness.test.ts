import fc from 'fast-check';
import {expect, test} from 'vitest';
import {threadState} from '../../source/cpu/thread.js';
import {ms, us, Workbench} from './workbench.js';

test.each([2, 3, 5])('%i busy threads share a CPU: none is ever more than a slice and a tick ahead', count => {
	const bench = new Workbench({threads: Array.from({length: count}, () => ({}))});
	for (let id = 0; id < count; id++) {
		bench.wake(id);
	}

	for (let time = 10 * ms; time <= 600 * ms; time += 10 * ms) {
		bench.runUntil(time);
		expect(Math.max(...bench.used) - Math.min(...bench.used)).toBeLessThanOrEqual(4 * ms);
	}

	const sum = bench.used.reduce((a, b) => a + b, 0);
	expect(sum).toBeGreaterThan(600 * ms - 10 * us * count - 1);
	expect(sum).toBeLessThanOrEqual(600 * ms);
	// Each has had the CPU for slices, not for ticks.
	expect(bench.switches.length).toBeLessThan(600);
	expect(bench.switches.length).toBeGreaterThan(100);
});

test('a thread that comes late starts at V: it catches up nothing', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.wake(0);
	bench.at(100 * ms, () => {
		bench.wake(1);
	});
	bench.runUntil(200 * ms);
	expect(Math.abs(bench.used[1] - 50 * ms)).toBeLessThanOrEqual(4 * ms);
	expect(Math.abs(bench.used[0] - 150 * ms)).toBeLessThanOrEqual(4 * ms);
});

test('a thread that sleeps most of the time waits at most for a slice and a tick when it wakes beside busy ones', () => {
	const bench = new Workbench({threads: [{}, {}, {}]});
	let woken = 0;
	const waits: number[] = [];
	bench.next[2] = thread => {
		waits.push(bench.loop.now - woken - 100 * us);
		bench.set.sleep(thread);
		bench.at(bench.loop.now + 730 * us, () => {
			woken = bench.loop.now;
			bench.wake(2, 100 * us);
		});
	};

	bench.wake(0);
	bench.wake(1);
	bench.wake(2, 100 * us);
	bench.runUntil(400 * ms);
	expect(waits.length).toBeGreaterThan(100);
	expect(Math.max(...waits)).toBeLessThanOrEqual(8 * ms);
	// It asks for less than its third, so it often finds itself owed time and runs at once.
	expect(waits.filter(wait => wait === 0).length).toBeGreaterThan(waits.length / 4);
});

test('more threads than CPUs: CPU seconds never exceed CPUs, nobody starves, whatever sleeps and wakes', () => {
	const plan = fc.record({
		cpus: fc.integer({min: 1, max: 3}),
		threads: fc.array(
			fc.record({
				cpu: fc.nat(2),
				pinned: fc.boolean(),
				work: fc.integer({min: 1, max: 4000}),
				sleep: fc.integer({min: 0, max: 4000}),
			}),
			{minLength: 1, maxLength: 6},
		),
		wakeupPreemption: fc.boolean(),
	});
	fc.assert(
		fc.property(plan, ({cpus, threads, wakeupPreemption}) => {
			const bench = new Workbench({
				cpus,
				threads: threads.map(({cpu, pinned}) => ({cpu: cpu % cpus, pinned})),
				wakeupPreemption,
			});
			for (const [id, {work, sleep}] of threads.entries()) {
				if (sleep > 0) {
					bench.next[id] = thread => {
						bench.set.sleep(thread);
						bench.at(bench.loop.now + sleep * us, () => {
							bench.wake(id, work * us, id % cpus);
						});
					};
				}

				bench.wake(id, work * us);
			}

			const end = 80 * ms;
			for (let time = ms; time <= end; time += ms) {
				bench.runUntil(time);
				const running = bench.set.cpus.flatMap(cpu => (cpu.current < 0 ? [] : [cpu.current]));
				expect(new Set(running).size).toBe(running.length);
				for (const id of running) {
					expect(bench.thread(id).state).toBe(threadState.running);
				}

				expect(bench.used.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(cpus * time);
			}

			for (const [id, {sleep, work}] of threads.entries()) {
				if (sleep === 0) {
					// At worst a fair share of one CPU, less the slices that it may be behind.
					expect(bench.used[id]).toBeGreaterThan(end / threads.length - 12 * ms - work * us);
				}
			}
		}),
		{numRuns: 100},
	);
});
