import {expect, test} from 'vitest';
import {RandomStream} from '../../source/engine/random.js';
import {startRun} from '../../source/session/live-run.js';
import {type Session} from '../../source/session/session.js';
import {runDesk, sessionOf, shippedPreset, smallPreset} from './small-run.js';

const ms = 1_000_000;

function runTo(session: Session, time: number): void {
	session.advanceTo(time);
}

/** A session on the seed preset with two changes and a cut, at 300 ms. */
function changed(): Session {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'), {sets: {warmup: 20 * ms}});
	runTo(session, 80 * ms);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	runTo(session, 150 * ms);
	session.restartWindow();
	runTo(session, 200 * ms);
	session.set('queue.size', 128);
	runTo(session, 300 * ms);
	return session;
}

/** The hashes at these times of a run with the same changes that is never sought. */
function straight(session: Session, times: readonly number[]): Map<number, string> {
	const {start, timeline} = session.head;
	const run = startRun(start, Number(start.parameters.seed), session.window, timeline.record);
	return new Map(
		times
			.toSorted((a, b) => a - b)
			.map(time => {
				run.timeline.advance(time);
				return [time, run.timeline.eventHash()];
			}),
	);
}

test('at twenty moments of its history a run is what a run to that moment is', () => {
	const session = changed();
	const {now} = session;
	const hash = session.run.timeline.eventHash();
	const random = new RandomStream(7, 'test');
	const times = Array.from({length: 20}, () => Math.floor(random.uniform() * now));
	const hashes = straight(session, times);
	for (const time of times) {
		session.look(time);
		expect(session.now).toBe(time);
		expect(session.present).toBe(now);
		expect(session.run.timeline.eventHash()).toBe(hashes.get(time));
	}

	session.lookAtPresent();
	expect([session.now, session.run.timeline.eventHash()]).toEqual([now, hash]);
});

test('fork, change, go back: the original goes on bit for bit', () => {
	const session = changed();
	const other = changed();
	session.look(100 * ms);
	session.set('host.ioeventfd', true);
	expect(session.present).toBeUndefined();
	runTo(session, 140 * ms);
	expect(session.run.timeline.changes.map(({at}) => at)).toEqual([80 * ms, 100 * ms]);
	session.undo();
	expect(session.valueOf('host.ioeventfd')).toBe(false);
	session.undo();
	expect(session.now).toBe(300 * ms);
	runTo(session, 400 * ms);
	runTo(other, 400 * ms);
	expect(session.run.timeline.eventHash()).toBe(other.run.timeline.eventHash());
	session.redo();
	expect(session.now).toBe(140 * ms);
});

test('played on from the past a run comes to its present and goes on', () => {
	const session = changed();
	session.speed = 1;
	session.look(180 * ms);
	session.togglePause();
	for (let index = 0; index < 400 && session.present !== undefined; index++) {
		session.advance(10);
	}

	expect(session.present).toBeUndefined();
	expect(session.now).toBe(300 * ms);
	session.advance(1);
	expect(session.now).toBeGreaterThan(300 * ms);
});

test('what is left by an explicit fork is not done again', () => {
	const session = changed();
	session.look(100 * ms);
	expect(session.fork()).toBe(true);
	expect(session.fork()).toBe(false);
	runTo(session, 250 * ms);
	expect(session.run.timeline.changes.map(({at}) => at)).toEqual([80 * ms]);
});

test('only the run that was left last is alive; the others are made again, event for event', () => {
	const session = sessionOf(smallPreset('first'), {sets: {warmup: 0}});
	runTo(session, 30 * ms);
	session.stepEvent();
	session.set('queue.size', 32);
	session.stepEvent();
	const first = session.run;
	const hash = first.timeline.eventHash();
	const {point} = first.timeline;
	session.load(smallPreset('second'));
	session.load(smallPreset('third'));
	session.undo();
	session.undo();
	expect(session.run).not.toBe(first);
	expect(session.isUnderWay).toBe(true);
	expect(() => session.set('queue.size', 16)).toThrow('on its way back to 30.');
	for (let index = 0; index < 1000 && session.isUnderWay; index++) {
		session.advance(10);
	}

	expect(session.run.timeline.point).toEqual(point);
	expect(session.run.timeline.eventHash()).toBe(hash);
	session.redo();
	session.redo();
	expect(session.run.preset.name).toBe('third');
});

test('back to the last window in which something held, and on to the next', () => {
	const session = changed();
	const full = session.back((windows, index) => (windows.value('lock.spin.worker', index, index + 1) ?? 0) > 20);
	expect(full).toBeDefined();
	expect(session.now).toBe(full);
	expect(session.back(() => false)).toBeUndefined();
	session.lookAtPresent();
	session.forward((_, index) => index >= 310);
	for (let index = 0; index < 1000 && session.isUnderWay; index++) {
		session.advance(10);
	}

	expect([session.now, session.paused]).toEqual([311 * ms, true]);
	expect(session.news).toBe('it held in the 1.00 ms before 0.311 s');
	session.forward(() => false);
	session.advance(10);
	expect(session.giveUp()).toBe(true);
	expect(session.giveUp()).toBe(false);
});

test('a place of the past that is looked at has its verdict at once', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(400 * ms);
	const {controller} = runDesk(session);
	controller.look();
	session.look(350 * ms);
	expect(controller.look().caption.verdict?.id).toBe('worker-spin');
	// Too soon after the warm-up for a verdict, not for numbers.
	session.look(240 * ms);
	const {caption} = controller.look();
	expect([caption.verdict, caption.isCounted]).toEqual([null, true]);
});
