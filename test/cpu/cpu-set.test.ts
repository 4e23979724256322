import {expect, test} from 'vitest';
import {threadState} from '../../source/cpu/thread.js';
import {ms, us, Workbench} from './workbench.js';

test('a waking thread that is owed time preempts at once, if wake-ups may', () => {
	for (const wakeupPreemption of [true, false]) {
		const bench = new Workbench({threads: [{}, {}], wakeupPreemption});
		bench.thread(1).lag = 500 * us;
		bench.wake(0);
		bench.at(2500 * us, () => {
			bench.wake(1, 50 * us);
		});
		bench.runUntil(20 * ms);
		const switchedAt = bench.switches.find(line => line.endsWith('>1'));
		// Without preemption it waits for the tick after the running thread's slice.
		expect(switchedAt).toBe(wakeupPreemption ? '2500000:0>1' : '3000000:0>1');
	}
});

test('a waking thread without lag waits for the running one, whose deadline is earlier', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.wake(0);
	bench.at(500 * us, () => {
		bench.wake(1, 50 * us);
	});
	bench.runUntil(20 * ms);
	expect(bench.switches[1]).toBe('3000000:0>1');
});

test('with NEXT_BUDDY who wakes often and briefly takes the CPU each time, else after the waits that make it owed time', () => {
	const waits = (nextBuddy: boolean): readonly number[] => {
		const bench = new Workbench({threads: [{}, {}], nextBuddy});
		const all: number[] = [];
		let woken = 0;
		bench.next[1] = thread => {
			all.push(bench.loop.now - woken - 2 * us);
			bench.set.sleep(thread);
		};

		const wake = (): void => {
			woken = bench.loop.now;
			bench.wake(1, 2 * us);
		};

		bench.wake(0);
		for (let time = 200 * us; time < 20 * ms; time += 200 * us) {
			bench.at(time, wake);
		}

		bench.runUntil(20 * ms);
		return all;
	};

	const taken = waits(true);
	expect(taken.length).toBe(99);
	expect(taken.every(wait => wait === 0)).toBe(true);
	// By deadlines it first waits for a slice, and is still waiting when it is to be woken again.
	expect(waits(false).length).toBeLessThan(90);
});

test('lag survives a sleep: who had less than its share preempts when it wakes, who had more does not', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.next[1] = thread => {
		bench.set.sleep(thread);
	};

	bench.wake(0);
	bench.wake(1, 10 * us);
	// Thread 1 waits 3 ms for its first 10 us, then leaves with what it is owed.
	bench.runUntil(3500 * us);
	expect(bench.used[1]).toBe(10 * us);
	expect(bench.thread(1).lag).toBe(1_495_000);
	bench.wake(1, 100 * us);
	bench.runUntil(3501 * us);
	expect(bench.set.cpus[0].current).toBe(1);
});

test('a sleeper with negative lag stays queued until it is eligible, and then leaves', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.next[1] = thread => {
		bench.set.sleep(thread);
	};

	// Thread 1 has the CPU for 2 ms while thread 0 waits: it owes 1 ms when it goes to sleep.
	bench.wake(1, 2 * ms);
	bench.set.reschedule();
	bench.wake(0);
	bench.runUntil(2500 * us);
	const thread = bench.thread(1);
	expect([thread.state, thread.delayed, bench.set.cpus[0].queued]).toEqual([threadState.sleeping, true, 1]);
	expect(thread.lag).toBe(-ms);
	// Thread 0 gets the CPU until the lag is gone; the next choice lets the sleeper go.
	bench.runUntil(20 * ms);
	expect([thread.delayed, bench.set.cpus[0].queued, thread.lag]).toEqual([false, 0, 0]);
	expect(bench.used[0]).toBeGreaterThan(17 * ms);
});

test('a delayed sleeper that wakes keeps its place and its CPU', () => {
	const bench = new Workbench({cpus: 2, threads: [{pinned: true}, {}, {cpu: 1}]});
	bench.next[1] = thread => {
		bench.set.sleep(thread);
	};

	bench.wake(1, 2 * ms);
	bench.set.reschedule();
	bench.wake(0);
	bench.runUntil(2 * ms);
	bench.runThrough(2 * ms);
	const thread = bench.thread(1);
	expect(thread.delayed).toBe(true);
	const {vruntime, deadline} = thread;
	// CPU 1 is idle and the waker runs there: a thread that had left would go to it.
	bench.wake(1, us, 1);
	expect([thread.cpu, thread.delayed, thread.vruntime, thread.deadline]).toEqual([0, false, vruntime, deadline]);
	expect(thread.state).toBe(threadState.queued);
});

test('alone on its CPU a sleeper with negative lag leaves at once', () => {
	const bench = new Workbench({threads: [{}]});
	bench.next[0] = thread => {
		bench.set.sleep(thread);
	};

	bench.wake(0, ms);
	bench.runUntil(2 * ms);
	expect([bench.thread(0).delayed, bench.set.cpus[0].queued]).toEqual([false, 0]);
});

/** Threads 0 and 1 begin on CPU 0, where an idle CPU beside it has not been looked for. */
function stack(bench: Workbench): void {
	bench.wake(0);
	bench.thread(1).pinned = 0;
	bench.wake(1);
	bench.thread(1).pinned = -1;
}

test('an idle CPU does not pull a thread whose caches are still warm', () => {
	const bench = new Workbench({cpus: 2, threads: [{}, {}]});
	bench.at(900 * us, () => {
		stack(bench);
		// It ran until just now.
		bench.thread(1).offSince = 800 * us;
	});
	bench.runThrough(ms);
	expect(bench.set.cpus[1].current).toBe(-1);
	bench.runThrough(2 * ms);
	expect(bench.set.cpus[1].current).toBe(1);
});

test.each([
	['polls', 50 * us, 5 * us],
	['has halted', 150 * us, 70 * us],
])('an idle CPU that %s comes back after its time', (_, idle, expected) => {
	const bench = new Workbench({
		threads: [{}],
		idlePoll: 100 * us,
		idleExit: 5 * us,
		idleHalted: 70 * us,
	});
	bench.next[0] = thread => {
		bench.set.sleep(thread);
	};

	bench.wake(0, 10 * us);
	bench.runUntil(ms);
	const asleep = bench.set.cpus[0].idleSince;
	bench.at(ms, () => {
		bench.set.cpus[0].idleSince = ms - idle;
		bench.wake(0, 10 * us);
	});
	bench.runUntil(2 * ms);
	expect(asleep).toBeLessThan(ms);
	expect(bench.switches).toContain(`${ms + expected}:0>0`);
});

test.each([
	['another CPU that is polled for', 1, 50 * us, true],
	['another CPU that has halted', 1, 150 * us, true],
	['its own', 0, 50 * us, false],
])('a thread woken on %s: told by an interrupt', (_, waker, idle, expected) => {
	const bench = new Workbench({
		cpus: 2,
		threads: [{cpu: 0, pinned: true}],
		idlePoll: 100 * us,
		idleExit: 5 * us,
		idleHalted: 70 * us,
	});
	bench.runUntil(ms);
	let told: boolean | undefined;
	bench.at(ms, () => {
		bench.set.cpus[0].idleSince = ms - idle;
		told = bench.wake(0, 10 * us, waker);
	});
	bench.runUntil(2 * ms);
	expect(told).toBe(expected);
});

test('an idle CPU pulls a waiting thread at the tick of the busy one, not before', () => {
	const bench = new Workbench({cpus: 2, threads: [{}, {}]});
	bench.at(300 * us, () => {
		stack(bench);
	});
	bench.runUntil(ms);
	expect(bench.set.cpus[1].current).toBe(-1);
	bench.runThrough(ms);
	expect(bench.set.cpus.map(cpu => cpu.current)).toEqual([0, 1]);
	bench.runUntil(50 * ms);
	expect(bench.used[1]).toBeGreaterThan(48.9 * ms);
});

test('a pinned thread is not pulled', () => {
	const bench = new Workbench({cpus: 2, threads: [{pinned: true}, {pinned: true}]});
	bench.wake(0);
	bench.wake(1);
	bench.runUntil(50 * ms);
	expect(bench.set.cpus[1].current).toBe(-1);
	expect(bench.used[0] + bench.used[1]).toBeLessThanOrEqual(50 * ms);
});

test('an interrupt handler runs on top of the thread, at its cost but not on its account', () => {
	const bench = new Workbench({threads: [{}]});
	const ended: number[] = [];
	bench.next[0] = thread => {
		ended.push(bench.loop.now);
		bench.set.sleep(thread);
	};

	bench.wake(0, 100 * us);
	bench.at(30 * us, () => {
		bench.set.interrupt(bench.set.cpus[0], 7 * us);
		expect(bench.set.isActive(bench.thread(0))).toBe(false);
	});
	bench.runUntil(ms);
	expect(bench.handlers).toEqual([0]);
	expect(ended).toEqual([107 * us]);
	expect(bench.thread(0).vruntime).toBe(100 * us);
});

test('who wakes during a handler preempts when it ends', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.thread(1).lag = ms;
	bench.wake(0);
	bench.at(30 * us, () => {
		bench.set.interrupt(bench.set.cpus[0], 7 * us);
	});
	bench.at(32 * us, () => {
		bench.wake(1);
	});
	bench.runUntil(100 * us);
	expect(bench.switches[1]).toBe('37000:0>1');
});

test('a handler stands still on a frozen CPU too, and an idle CPU can have one', () => {
	const bench = new Workbench({threads: [{}]});
	bench.set.interrupt(bench.set.cpus[0], 10 * us);
	bench.at(4 * us, () => {
		bench.set.freeze(bench.set.cpus[0]);
	});
	bench.at(50 * us, () => {
		bench.set.thaw(bench.set.cpus[0]);
	});
	bench.runUntil(56 * us);
	expect(bench.handlers).toEqual([]);
	bench.runThrough(56 * us);
	expect(bench.handlers).toEqual([0]);
});

test('a thread that holds a spinlock is preempted when it has given it up', () => {
	const bench = new Workbench({threads: [{}, {}]});
	bench.thread(1).lag = ms;
	bench.wake(0, 100 * us);
	bench.thread(0).preemptCount = 1;
	bench.at(10 * us, () => {
		bench.wake(1);
	});
	bench.next[0] = thread => {
		bench.run(thread, 100 * us);
		bench.set.allowPreemption(thread);
	};

	bench.runUntil(200 * us);
	expect(bench.switches.slice(0, 2)).toEqual(['0:0>0', '100000:0>1']);
});

test('steps that take no time follow one another within one event', () => {
	const bench = new Workbench({threads: [{}]});
	let steps = 0;
	bench.next[0] = thread => {
		steps++;
		bench.run(thread, steps < 5 ? 0 : ms);
	};

	bench.wake(0, us);
	bench.runUntil(2 * us);
	expect([steps, bench.loop.events]).toEqual([5, 1]);
});

test('waking a thread that is awake does nothing', () => {
	const bench = new Workbench({threads: [{}]});
	bench.wake(0);
	bench.runUntil(25 * us);
	const {vruntime} = bench.thread(0);
	bench.set.wake(bench.thread(0), -1);
	expect([bench.set.cpus[0].queued, bench.thread(0).vruntime]).toEqual([0, vruntime]);
});
