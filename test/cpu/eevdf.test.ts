import {expect, test} from 'vitest';
import {Cpu} from '../../source/cpu/cpu.js';
import {
	averageVruntime,
	keepLag,
	pickThread,
	pickWithBuddy,
	placeThread,
	requeueDelayed,
} from '../../source/cpu/eevdf.js';
import {Thread, threadState} from '../../source/cpu/thread.js';

/** A CPU with the first thread running and the others queued, at these vruntimes and deadlines. */
function queueOf(...rows: ReadonlyArray<readonly [vruntime: number, deadline: number]>): {
	readonly cpu: Cpu;
	readonly threads: Thread[];
} {
	const cpu = new Cpu(0, 0, 1, rows.length + 2, false);
	const threads = Array.from({length: rows.length + 2}, (_, id) => new Thread(id, 0, -1));
	for (const [id, [vruntime, deadline]] of rows.entries()) {
		Object.assign(threads[id], {vruntime, deadline, state: id === 0 ? threadState.running : threadState.queued});
		if (id === 0) {
			cpu.current = 0;
		} else {
			cpu.enqueue(id);
		}
	}

	return {cpu, threads};
}

test('V is the mean vruntime of all that are on the queue', () => {
	const {cpu, threads} = queueOf([100, 0], [200, 0], [600, 0]);
	expect(averageVruntime(cpu, threads, -1)).toBe(300);
	expect(averageVruntime(cpu, threads, 2)).toBe(150);
	expect(averageVruntime(new Cpu(0, 0, 1, 1, false), [], -1)).toBe(0);
});

test('V stays exact when vruntimes are large', () => {
	const hour = 3.6e12 * 1000;
	const {cpu, threads} = queueOf([hour, 0], [hour + 1, 0], [hour + 2, 0]);
	expect(averageVruntime(cpu, threads, -1)).toBe(hour + 1);
});

test('of the eligible ones the earliest deadline runs', () => {
	// V = 200: thread 3 has the earliest deadline and is not eligible.
	const {cpu, threads} = queueOf([150, 900], [190, 800], [200, 700], [260, 100]);
	expect(pickThread(cpu, threads, false)).toBe(2);
});

test('the running thread goes on when its deadline is no later', () => {
	const {cpu, threads} = queueOf([200, 700], [200, 700]);
	expect(pickThread(cpu, threads, false)).toBe(0);
	threads[1].deadline = 699;
	expect(pickThread(cpu, threads, false)).toBe(1);
});

test('with run to parity the running thread goes on while it is eligible and has not had its slice', () => {
	const {cpu, threads} = queueOf([200, 700], [200, 100]);
	threads[0].deadlineAtPick = 700;
	expect([pickThread(cpu, threads, false), pickThread(cpu, threads, true)]).toEqual([1, 0]);
	// A new slice.
	threads[0].deadlineAtPick = 600;
	expect(pickThread(cpu, threads, true)).toBe(1);
	// No longer eligible.
	threads[0].deadlineAtPick = 700;
	threads[0].vruntime = 201;
	expect(pickThread(cpu, threads, true)).toBe(1);
});

test('the next buddy comes before an earlier deadline and before parity, if it is eligible', () => {
	// V = 200.
	const {cpu, threads} = queueOf([150, 500], [190, 600], [260, 400]);
	threads[0].deadlineAtPick = 500;
	const picked = (buddy: number): readonly number[] => {
		cpu.buddy = buddy;
		return [pickWithBuddy(cpu, threads, false), pickWithBuddy(cpu, threads, true)];
	};

	expect(picked(-1)).toEqual([0, 0]);
	expect(picked(1)).toEqual([1, 1]);
	// Ahead of its share.
	expect(picked(2)).toEqual([0, 0]);
	// Not on this queue.
	threads[1].state = threadState.sleeping;
	expect(picked(1)).toEqual([0, 0]);
});

test('a delayed sleeper that wakes keeps its negative lag, or begins anew when it has become positive', () => {
	const {cpu, threads} = queueOf([100, 900], [300, 800]);
	requeueDelayed(cpu, threads, threads[1], 3000);
	expect([threads[1].vruntime, threads[1].deadline]).toEqual([300, 800]);
	threads[0].vruntime = 500;
	threads[1].lag = 77;
	requeueDelayed(cpu, threads, threads[1], 3000);
	expect([threads[1].vruntime, threads[1].deadline, threads[1].lag]).toEqual([500, 3500, 0]);
});

test('nobody is picked from an empty queue', () => {
	const {cpu, threads} = queueOf();
	expect(pickThread(cpu, threads, false)).toBe(-1);
});

test('a thread without lag joins at V, with a deadline a slice later', () => {
	const {cpu, threads} = queueOf([100, 0], [300, 0]);
	placeThread(cpu, threads, threads[2], 3000);
	expect([threads[2].vruntime, threads[2].deadline]).toEqual([200, 3200]);
});

test('lag comes out of a place as it went in: its own weight moves V', () => {
	const {cpu, threads} = queueOf([100, 0], [300, 0]);
	const thread = threads[2];
	thread.lag = 50;
	placeThread(cpu, threads, thread, 3000);
	// (2 + 1) / 2 of 50 below V of the others.
	expect(thread.vruntime).toBe(125);
	cpu.enqueue(thread.id);
	thread.lag = 0;
	keepLag(cpu, threads, thread, 3000);
	expect(thread.lag).toBeCloseTo(50, 9);
});

test('alone on its CPU a thread keeps no lag', () => {
	const {cpu, threads} = queueOf();
	threads[0].lag = 500;
	placeThread(cpu, threads, threads[0], 3000);
	expect([threads[0].vruntime, threads[0].deadline]).toEqual([0, 3000]);
});

test.each([
	[-100_000, 6000],
	[100_000, -6000],
	[1000, -500],
])('lag of a thread at %i is kept as %i: two slices at most', (vruntime, lag) => {
	const {cpu, threads} = queueOf([vruntime, 0], [0, 0]);
	keepLag(cpu, threads, threads[0], 3000);
	expect(threads[0].lag).toBe(lag);
});
