import {expect, test} from 'vitest';
import {type Session} from '../../source/session/session.js';
import {version} from '../../source/version.js';
import {sessionOf, shippedPreset, smallPreset} from './small-run.js';

function open(sets = {}): Session {
	return sessionOf(
		smallPreset('seed-2019-kick-under-lock', {'driver.lockPolicy': 'kick-under-lock', warmup: 200_000_000}),
		{sets, speed: 1 / 10},
	);
}

/** A run whose device has lost a kick: it stands still. */
function stall(session: Session): void {
	while (session.run.simulation.stall() === null) {
		session.advance(100);
	}
}

/** Lets the simulation come to a time, ns. */
function runTo(session: Session, time: number): void {
	while (session.now < time) {
		session.advance(Math.min(100, (time - session.now) / 1e5));
	}
}

test('a change acts at once, is recorded with its time, and cuts the window', () => {
	const session = open();
	runTo(session, 500_000_000);
	const {recorder, simulation} = session.run;
	expect(recorder.since).toBe(200_000_000);
	expect(session.commands).toBeGreaterThan(500);
	expect(session.set('driver.lockPolicy', 'kick-after-unlock')).toBeUndefined();
	expect(session.run.timeline.changes).toEqual([{at: 500_000_000, set: {'driver.lockPolicy': 'kick-after-unlock'}}]);
	expect(simulation.configuration.parameters['driver.lockPolicy']).toBe('kick-after-unlock');
	expect(session.commands).toBe(0);
	expect(recorder.since).toBe(500_000_000);
	session.stepEvent();
	session.stepEvent();
	session.restartWindow();
	expect(session.now).toBeGreaterThan(500_000_000);
	expect(recorder.since).toBe(session.now);
});

test('the same value again is no change', () => {
	const session = open();
	session.set('driver.lockPolicy', 'kick-under-lock');
	expect(session.run.timeline.changes).toEqual([]);
	expect(session.undo()).toBe(false);
});

test('undo appends the opposite change, redo does it again', () => {
	const session = open();
	session.nudge('queue.size', 1);
	expect(session.valueOf('queue.size')).toBe(128);
	expect(session.undo()).toBe(true);
	expect(session.valueOf('queue.size')).toBe(64);
	// What was automatic is so again, not fixed at its value.
	expect(session.run.timeline.changes.map(change => change.set)).toEqual([
		{'queue.size': 128},
		{'queue.size': 'auto'},
	]);
	expect(session.redo()).toBe(true);
	expect(session.valueOf('queue.size')).toBe(128);
	expect(session.redo()).toBe(false);
	session.undo();
	session.nudge('host.ioeventfd', 1);
	expect(session.redo()).toBe(false);
});

test('a change that needs a new run begins one, and undo brings the old one back with its history', () => {
	const session = open();
	const first = session.run;
	runTo(session, 300_000_000);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	expect(session.set('driver.spinlock', 'qspinlock')).toMatch(/a new run from t = 0$/v);
	expect(session.run).not.toBe(first);
	expect(session.now).toBe(0);
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	expect(session.token).toContain('--set driver.lockPolicy=kick-after-unlock --set driver.spinlock=qspinlock');
	session.undo();
	expect(session.run).toBe(first);
	expect(session.now).toBe(300_000_000);
	expect(session.run.timeline.changes).toHaveLength(1);
	session.redo();
	expect(session.now).toBe(0);
});

test('a refused change leaves everything as it was', () => {
	const session = sessionOf(shippedPreset('lost-kick'));
	expect(() => session.set('queue.size', 3)).toThrow(/power of two/v);
	expect(() => session.set('queue.size', 0)).toThrow(/out of range/v);
	stall(session);
	const size = session.valueOf('queue.size');
	expect(() => session.set('queue.size', 1024)).toThrow('the queue is stalled');
	expect(session.run.timeline.changes).toEqual([]);
	expect(session.undo()).toBe(false);
	expect(session.valueOf('queue.size')).toBe(size);
});

test('an undo that is refused is not lost: what it would take back is still there to be undone', () => {
	const session = sessionOf(shippedPreset('lost-kick'));
	session.set('queue.size', 1024);
	stall(session);
	expect(() => session.undo()).toThrow('the queue is stalled');
	expect(() => session.undo()).toThrow('the queue is stalled');
	expect(session.redo()).toBe(false);
	expect(session.valueOf('queue.size')).toBe(1024);
});

test('back to the preset', () => {
	const session = open();
	session.set('driver.lockPolicy', 'kick-batched');
	session.restoreDefault('driver.lockPolicy');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
	session.set('host.cpus', 1);
	session.restoreDefault('host.cpus');
	expect(session.valueOf('host.cpus')).toBe(3);
});

test('pause and overlays stop the clock; steps go by event, command and column', () => {
	const session = open();
	session.togglePause();
	session.advance(1000);
	expect(session.now).toBe(0);
	session.togglePause();
	session.advance(1000, true);
	expect(session.now).toBe(0);
	session.stepEvent();
	expect([session.run.simulation.events, session.paused]).toEqual([1, true]);
	expect(session.stepCommand()).toMatch(/^RESOURCE_\w+ is answered: it took [\d.]+ us$/v);
	expect(session.commands).toBe(1);
	expect(session.stepCommand()).toContain('is answered');
	expect(session.commands).toBe(2);
	expect(session.now).toBeLessThan(1_000_000);
	session.stepFrame(10_000_000);
	expect(session.now).toBe(10_000_000);
	session.stepFrame(10_000_000);
	expect(session.now).toBe(20_000_000);
});

test('the warm-up ends exactly at its time, whatever the slices', () => {
	const session = open();
	runTo(session, 199_000_000);
	const {recorder} = session.run;
	expect(recorder.since).toBe(0);
	session.advance(100);
	expect(session.now).toBe(200_000_000);
	expect(recorder.since).toBe(200_000_000);
	expect(session.commands).toBe(0);
});

test('the token repeats the run: what it began with, what was changed when, how long', () => {
	const session = open({'host.load': 1});
	runTo(session, 700_000_000);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	session.set('host.cost.loopWake', {kind: 'exp', mean: 9000});
	runTo(session, 1_200_000_000);
	const [token, hash] = session.token.split(' --expect ');
	expect(hash).toBe(`${session.run.simulation.eventHash()}@${version}`);
	expect(token).toBe(
		'vqlab run seed-2019-kick-under-lock --set host.load=1' +
			" --change '700ms driver.lockPolicy=kick-after-unlock' --change '700ms host.cost.loopWake=exp(9us)'" +
			' --seed 1 --for 1s --warmup 200ms',
	);
});

test('a token of a window that was cut begins to measure where it was cut', () => {
	const session = open();
	runTo(session, 230_000_000);
	session.restartWindow();
	runTo(session, 240_000_000);
	expect(session.token).toContain(' --for 10ms --warmup 230ms ');
});

test('loading a preset replaces the run', () => {
	const session = open();
	runTo(session, 300_000_000);
	session.load(smallPreset('other', {'queue.size': 256}));
	expect(session.run.preset.name).toBe('other');
	expect(session.now).toBe(0);
	session.undo();
	expect(session.now).toBe(300_000_000);
});
