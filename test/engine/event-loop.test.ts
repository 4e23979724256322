import {expect, test} from 'vitest';
import {EventHash} from '../../source/engine/event-hash.js';
import {EventLoop} from '../../source/engine/event-loop.js';

/** Two actors that fire for ever, every 3 and every 5 ns. */
function pair(): {
	readonly loop: EventLoop;
	readonly fired: string[];
	readonly fire: (kind: number, actor: number, argument: number) => void;
} {
	const loop = new EventLoop();
	const timers = [loop.addTimer(1, 0), loop.addTimer(2, 1)];
	const periods = [3, 5];
	const fired: string[] = [];
	loop.after(timers[0], 3, 1);
	loop.after(timers[1], 5, 1);
	return {
		loop,
		fired,
		fire(kind, actor, argument) {
			fired.push(`${loop.now}:${kind}.${argument}`);
			loop.after(timers[actor], periods[actor], argument + 1);
		},
	};
}

test('runs what is before the time, in order, and leaves what is at it', () => {
	const {loop, fired, fire} = pair();
	expect(loop.runUntil(15, Infinity, {fire})).toBe(true);
	expect(fired).toEqual(['3:1.1', '5:2.1', '6:1.2', '9:1.3', '10:2.2', '12:1.4']);
	expect(loop.now).toBe(15);
	expect(loop.events).toBe(6);
	// At 15 both are due; the one of period 5 was armed first (at 10).
	loop.runUntil(16, Infinity, {fire});
	expect(fired.slice(6)).toEqual(['15:2.3', '15:1.5']);
});

test.each([1, 2, 7])('pieces of %i events change nothing', budget => {
	const whole = pair();
	whole.loop.runUntil(1000, Infinity, whole);
	const cut = pair();
	let calls = 1;
	while (!cut.loop.runUntil(1000, budget, cut)) {
		calls++;
	}

	expect(calls).toBeGreaterThan(50);
	expect(cut.fired).toEqual(whole.fired);
	expect(cut.loop.now).toBe(1000);
	expect(cut.loop.hash.digits()).toBe(whole.loop.hash.digits());
});

test('a step runs one event; without events it says so', () => {
	const {loop, fired, fire} = pair();
	expect(loop.step({fire})).toBe(true);
	expect(fired).toEqual(['3:1.1']);
	const idle = new EventLoop();
	expect(idle.step({fire})).toBe(false);
	expect(idle.runUntil(50, Infinity, {fire})).toBe(true);
	expect(idle.now).toBe(50);
});

/** FNV-1a over 64 bits with 32-bit words, as big integers. */
function reference(words: readonly number[]): string {
	let hash = 0xcb_f2_9c_e4_84_22_23_25n;
	for (const word of words) {
		hash = ((hash ^ BigInt(word >>> 0)) * 0x1_00_00_00_01_b3n) & 0xff_ff_ff_ff_ff_ff_ff_ffn;
	}

	return hash.toString(16).padStart(16, '0');
}

test('the fingerprint is FNV-1a over the words of the events', () => {
	const hash = new EventHash();
	const words: number[] = [];
	for (const [time, kind, actor, argument] of [
		[0, 0, 0, 0],
		[1, 2, 3, -4],
		[4_294_967_295, 10, 65_535, 7],
		[123_456_789_012_345, 9, 1, 2_147_483_647],
	] as const) {
		hash.add(time, kind, actor, argument);
		words.push(time % 4_294_967_296, Math.floor(time / 4_294_967_296), (kind << 16) | actor, argument);
		expect(hash.digits()).toBe(reference(words));
	}
});

test.each([
	['time', [6, 1, 2, 3]],
	['kind', [5, 2, 2, 3]],
	['actor', [5, 1, 3, 3]],
	['argument', [5, 1, 2, 4]],
] as const)('another %s is another fingerprint', (_, [time, kind, actor, argument]) => {
	const a = new EventHash();
	const b = new EventHash();
	a.add(5, 1, 2, 3);
	b.add(time, kind, actor, argument);
	expect(b.digits()).not.toBe(a.digits());
});

test('the order of events counts', () => {
	const a = new EventHash();
	const b = new EventHash();
	a.add(5, 1, 2, 3);
	a.add(5, 1, 3, 3);
	b.add(5, 1, 3, 3);
	b.add(5, 1, 2, 3);
	expect(a.digits()).not.toBe(b.digits());
});
