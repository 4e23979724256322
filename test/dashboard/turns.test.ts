import {expect, test} from 'vitest';
import {DeskScreen} from '../../source/dashboard/screen.js';
import {Turns} from '../../source/dashboard/turns.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {runDesk, sessionOf, smallPreset} from '../session/small-run.js';

/**
A dashboard on a clock that goes on only when a turn is waited for, and the frames that it composed.
*/
function open(fps: number) {
	let now = 0;
	const clock = (): number => now;
	const session = sessionOf(smallPreset('first'), {clock, speed: 1 / 100});
	const {controller} = runDesk(session, new SnapshotMaker(session, {clock, columns: 40}));
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: true, color: '16'},
		clock,
		size: {columns: 120, rows: 36},
	});
	let composed = 0;
	const turns = new Turns({
		subject: controller.subject,
		controller,
		screen: {
			get tooSmall() {
				return screen.tooSmall;
			},
			refresh() {
				composed++;
				return screen.refresh();
			},
		},
		clock,
		fps,
	});
	turns.begin();
	return {
		session,
		controller,
		turns,
		composed: () => composed,
		/**
		Waits and turns for so many ms; how many turns there were, and whether the last one waits
		for ever.
		*/
		pass(milliseconds: number) {
			const until = now + milliseconds;
			let count = 0;
			let wait = 0;
			while (now < until && wait < Infinity) {
				wait = turns.turn();
				count++;
				now = Math.min(until, now + wait);
			}

			return {count, rests: wait === Infinity};
		},
	};
}

test('frames come at the rate that was asked for', () => {
	for (const fps of [1, 7, 30]) {
		const dashboard = open(fps);
		dashboard.pass(2000);
		expect(dashboard.composed()).toBeGreaterThanOrEqual(2 * fps);
		expect(dashboard.composed()).toBeLessThanOrEqual(2 * fps + 1);
	}
});

test('a run that goes on is turned no oftener than frames are due, and never less than ten times a second', () => {
	expect(open(10).pass(10_000).count).toBeLessThanOrEqual(101);
	const slow = open(1);
	expect(slow.pass(10_000).count).toBeGreaterThanOrEqual(100);
	expect(slow.session.now).toBeGreaterThanOrEqual(0.99e8);
});

test('a paused run comes to rest, and goes on where it was with the next key', () => {
	const {session, controller, turns, composed, pass} = open(10);
	pass(1000);
	turns.catchUp();
	controller.press('space');
	expect(pass(60_000).rests).toBe(true);
	expect(composed()).toBeLessThan(100);
	const {now} = session;
	turns.catchUp();
	controller.press('space');
	expect(session.now).toBe(now);
	expect(pass(1000).rests).toBe(false);
	// A hundredth of a second, not what went by while it was paused.
	expect(session.now - now).toBeGreaterThan(0.89e7);
	expect(session.now - now).toBeLessThanOrEqual(1e7);
});

test('what goes on does not rest, however long nothing of it is seen', () => {
	const {controller} = runDesk(sessionOf(smallPreset('first')));
	let now = 0;
	const turns = new Turns({
		subject: {advance: () => 'reached', rests: false},
		controller,
		screen: {tooSmall: false, refresh: () => false},
		clock: () => now,
		fps: 10,
	});
	turns.begin();
	for (; now < 20_000; now += 100) {
		expect(turns.turn()).toBeLessThanOrEqual(100);
	}
});

test('where a view waits for what is made elsewhere there is no rest', () => {
	const {controller, pass} = open(10);
	controller.press('space');
	controller.press('6');
	expect(controller.view.id).toBe('advice');
	expect(pass(20_000).rests).toBe(false);
});
