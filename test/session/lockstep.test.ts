import {expect, test} from 'vitest';
import {compareLine} from '../../source/session/compare-line.js';
import {type Session} from '../../source/session/session.js';
import {sessionOf, shippedPreset, smallPreset} from './small-run.js';

const millisecond = 1_000_000;
const seedPreset = 'seed-2019-kick-under-lock';

/** A run of the small preset at 5 ms. */
function begin(): Session {
	const session = sessionOf(smallPreset('first'));
	session.advanceTo(5 * millisecond);
	return session;
}

function rowsOf({lockstep}: Session) {
	return lockstep?.watch.rows.map(({path, n, a, b, verdict}) => ({path, n, a, b, verdict}));
}

test('A is the run as it would have gone on, B the one that is changed', () => {
	const session = begin();
	session.forkHere();
	session.set('driver.lockPolicy', 'kick-under-lock');
	session.advanceTo(40 * millisecond);
	const alone = begin();
	alone.advanceTo(40 * millisecond);
	const {lockstep} = session;
	expect(session.sides).toBe('A|B');
	expect(lockstep?.b).toBe(session.run);
	expect(lockstep?.a.timeline.now).toBe(session.now);
	expect(lockstep?.a.timeline.eventHash()).toBe(alone.run.timeline.eventHash());
	expect(lockstep?.b.timeline.eventHash()).not.toBe(alone.run.timeline.eventHash());
	expect(lockstep?.isSameRun).toBe(false);
});

test('without a change both are the same run, and each figure is the same', () => {
	const session = begin();
	session.forkHere();
	session.advanceTo(300 * millisecond);
	expect(session.lockstep?.isSameRun).toBe(true);
	const {rows = []} = session.lockstep?.watch ?? {};
	expect(rows.length).toBeGreaterThan(5);
	expect(rows.filter(({difference}) => difference !== null && difference !== 0)).toEqual([]);
});

test('compared afterwards with what was before a change, the figures are those of a fork before it', () => {
	const forked = sessionOf(shippedPreset(seedPreset), {sets: {warmup: 20 * millisecond}});
	forked.advanceTo(70 * millisecond);
	forked.forkHere();
	forked.set('driver.lockPolicy', 'kick-after-unlock');
	forked.advanceTo(220 * millisecond);
	const later = sessionOf(shippedPreset(seedPreset), {sets: {warmup: 20 * millisecond}});
	later.advanceTo(70 * millisecond);
	later.set('driver.lockPolicy', 'kick-after-unlock');
	later.advanceTo(220 * millisecond);
	expect(later.lastChange).toBe(70 * millisecond);
	later.forkBeforeChange();
	const {lockstep} = later;
	expect(lockstep?.isBehind).toBe(true);
	lockstep?.runUntil(lockstep.goal, Infinity);
	expect(lockstep?.isBehind).toBe(false);
	expect(rowsOf(later)).toEqual(rowsOf(forked));
	later.advanceTo(270 * millisecond);
	forked.advanceTo(270 * millisecond);
	expect(rowsOf(later)).toEqual(rowsOf(forked));
	expect(later.run.timeline.eventHash()).toBe(forked.run.timeline.eventHash());
});

test('the kick moved out of the lock: better within 3 s of the wall clock', () => {
	const session = sessionOf(shippedPreset(seedPreset), {sets: {warmup: 20 * millisecond}});
	session.advanceTo(70 * millisecond);
	session.forkHere();
	session.set('driver.lockPolicy', 'kick-after-unlock');
	let wall = 0;
	const words = () => session.lockstep?.watch.rows.find(({path}) => path === 'lock.spin.worker')?.verdict;
	for (; wall < 3000 && words() !== 'better'; wall += 16) {
		session.advance(16);
	}

	expect(words()).toBe('better');
	expect(wall).toBeLessThan(3000);
});

test('a change of B begins its slices anew; A is left alone', () => {
	const session = begin();
	session.forkHere();
	session.advanceTo(400 * millisecond);
	const before = session.lockstep?.watch.slices ?? 0;
	expect(before).toBeGreaterThan(2);
	session.set('driver.lockPolicy', 'kick-under-lock');
	session.advanceTo(470 * millisecond);
	expect(session.lockstep?.since).toBe(400 * millisecond);
	expect(session.lockstep?.watch.slices).toBeLessThan(before);
	expect(session.lockstep?.track.slices).toBeGreaterThan(before);
});

test('the sides change places, each keeps its settings, and either can be kept', () => {
	const session = begin();
	session.forkHere();
	session.set('queue.size', 256);
	session.advanceTo(20 * millisecond);
	expect(session.swapSides()).toBe(true);
	expect(session.sides).toBe('B|A');
	expect(session.valueOf('queue.size')).toBe(64);
	session.advanceTo(30 * millisecond);
	expect(session.lockstep?.b.timeline.now).toBe(30 * millisecond);
	session.swapSides();
	expect(session.valueOf('queue.size')).toBe(256);
	expect(session.keep('a')).toBe(true);
	expect(session.lockstep).toBeUndefined();
	expect(session.valueOf('queue.size')).toBe(64);
	expect(session.now).toBe(30 * millisecond);
	session.undo();
	expect(session.valueOf('queue.size')).toBe(256);
	expect(session.keep('b')).toBe(false);
});

test('one that was stepped alone is caught up with', () => {
	const session = begin();
	session.forkHere();
	for (let command = 0; command < 20; command++) {
		session.stepCommand();
	}

	expect(session.lockstep?.isBehind).toBe(true);
	while (session.lockstep?.isBehind === true) {
		expect(session.advance(0)).toBe('behind');
	}

	expect(session.lockstep?.a.timeline.now).toBe(session.now);
	expect(session.lockstep?.isSameRun).toBe(true);
	session.advanceTo(session.now + 3 * millisecond);
	expect(session.lockstep?.isSameRun).toBe(true);
	session.set('driver.lockPolicy', 'kick-under-lock');
	session.advanceTo(session.now + 3 * millisecond);
	expect(session.lockstep?.isSameRun).toBe(false);
});

test('what needs a new run begins both anew', () => {
	const session = begin();
	session.forkHere();
	session.advanceTo(20 * millisecond);
	expect(session.set('guest.vcpus', 4)).toContain('a new run');
	expect(session.now).toBe(0);
	session.advanceTo(15 * millisecond);
	const {lockstep} = session;
	expect(lockstep?.a.simulation.configuration.parameters['guest.vcpus']).toBe(2);
	expect(lockstep?.b).toBe(session.run);
	expect(lockstep?.now).toBe(15 * millisecond);
	session.undo();
	expect(session.lockstep?.start).toBe(5 * millisecond);
});

test('another preset, and a fork of the past, end the comparison', () => {
	const session = begin();
	session.forkHere();
	session.load(smallPreset('second'));
	expect(session.lockstep).toBeUndefined();
	const other = begin();
	other.forkHere();
	other.look(2 * millisecond);
	expect(() => {
		other.forkHere();
	}).toThrow('this is the past');
	other.fork();
	expect(other.lockstep).toBeUndefined();
});

test('the command that compares them says what both share and what each has of its own', () => {
	const session = sessionOf(smallPreset('first'), {sets: {'queue.size': 128}});
	session.advanceTo(2 * millisecond);
	expect(compareLine(session)).toBeUndefined();
	session.forkHere();
	expect(compareLine(session)).toBeUndefined();
	session.set('driver.lockPolicy', 'kick-under-lock');
	const words = 'vqlab compare first --set queue.size=128 --b driver.lockPolicy=kick-under-lock';
	expect(compareLine(session)).toBe(words);
	session.swapSides();
	session.set('driver.lockPolicy', 'kick-after-unlock');
	expect(compareLine(session)).toContain(
		'--a driver.lockPolicy=kick-after-unlock --b driver.lockPolicy=kick-under-lock',
	);
});
