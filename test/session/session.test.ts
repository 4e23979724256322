import {expect, test} from 'vitest';
import {type LiveRun} from '../../source/session/ports.js';
import {Session} from '../../source/session/session.js';
import {fakePreset, fakeRun, type FakeSimulation} from './fake-run.js';

function open(given = {}): {session: Session; runs: Array<ReturnType<typeof fakeRun>>; simulation: () => FakeSimulation} {
	const runs: Array<ReturnType<typeof fakeRun>> = [];
	const session = new Session({
		preset: fakePreset('seed-2019-kick-under-lock', {'driver.lockPolicy': 'kick-under-lock', warmup: 200_000_000}),
		clock: () => 0,
		sets: given,
		start(configuration): LiveRun {
			const run = fakeRun(configuration);
			runs.push(run);
			return run;
		},
	});
	return {session, runs, simulation: () => runs[0].simulation};
}

/** Lets the simulation come to a time, ns. */
function runTo(session: Session, time: number): void {
	while (session.now < time) {
		session.advance(Math.min(100, (time - session.now) / 1e5));
	}
}

test('a change acts at once, is recorded with its time, and cuts the window', () => {
	const {session, runs, simulation} = open();
	runTo(session, 500_000_000);
	expect(runs[0].recorder.restarts).toBe(1);
	expect(session.set('driver.lockPolicy', 'kick-after-unlock')).toBeUndefined();
	expect(session.run.changes).toEqual([{at: 500_000_000, set: {'driver.lockPolicy': 'kick-after-unlock'}}]);
	expect(simulation().calls).toEqual(['{"driver.lockPolicy":"kick-after-unlock"}']);
	expect(runs[0].recorder.restarts).toBe(2);
	expect(session.commands).toBe(0);
	expect(session.run.recorder.since).toBe(500_000_000);
	session.stepEvent();
	session.stepEvent();
	session.restartWindow();
	expect(session.run.recorder.since).toBe(session.now);
});

test('the same value again is no change', () => {
	const {session, simulation} = open();
	session.set('driver.lockPolicy', 'kick-under-lock');
	expect(simulation().calls).toEqual([]);
	expect(session.undo()).toBe(false);
});

test('undo appends the opposite change, redo does it again', () => {
	const {session} = open();
	session.nudge('queue.size', 1);
	expect(session.valueOf('queue.size')).toBe(128);
	expect(session.undo()).toBe(true);
	expect(session.valueOf('queue.size')).toBe(64);
	// What was automatic is so again, not fixed at its value.
	expect(session.run.changes.map(change => change.set)).toEqual([{'queue.size': 128}, {'queue.size': 'auto'}]);
	expect(session.redo()).toBe(true);
	expect(session.valueOf('queue.size')).toBe(128);
	expect(session.redo()).toBe(false);
	session.undo();
	session.nudge('host.ioeventfd', 1);
	expect(session.redo()).toBe(false);
});

test('a change that needs a new run begins one, and undo brings the old one back with its history', () => {
	const {session, runs} = open();
	runTo(session, 300_000_000);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	expect(session.set('driver.spinlock', 'qspinlock')).toMatch(/a new run from t = 0$/v);
	expect(runs).toHaveLength(2);
	expect(session.now).toBe(0);
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	expect(session.token).toContain('--set driver.lockPolicy=kick-after-unlock --set driver.spinlock=qspinlock');
	session.undo();
	expect(session.now).toBe(300_000_000);
	expect(session.run.changes).toHaveLength(1);
	session.redo();
	expect(session.now).toBe(0);
});

test('a refused change leaves everything as it was', () => {
	const {session, simulation} = open();
	simulation().refuse = true;
	expect(() => session.set('driver.lockPolicy', 'kick-after-unlock')).toThrow('refused');
	expect(() => session.set('queue.size', 3)).toThrow(/power of two/v);
	expect(() => session.set('queue.size', 0)).toThrow(/out of range/v);
	expect(session.run.changes).toEqual([]);
	expect(session.undo()).toBe(false);
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
});

test('an undo that is refused can be tried again', () => {
	const {session, simulation} = open();
	session.nudge('queue.size', 1);
	simulation().refuse = true;
	expect(() => session.undo()).toThrow('refused');
	simulation().refuse = false;
	expect(session.undo()).toBe(true);
});

test('back to the preset', () => {
	const {session} = open();
	session.set('driver.lockPolicy', 'kick-batched');
	session.restoreDefault('driver.lockPolicy');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
	session.set('host.cpus', 1);
	session.restoreDefault('host.cpus');
	expect(session.valueOf('host.cpus')).toBe(3);
});

test('pause and overlays stop the clock; steps go by event, command and column', () => {
	const {session} = open();
	session.togglePause();
	session.advance(1000);
	expect(session.now).toBe(0);
	session.togglePause();
	session.advance(1000, true);
	expect(session.now).toBe(0);
	session.stepEvent();
	expect([session.now, session.paused]).toEqual([10_000, true]);
	expect(session.stepCommand()).toBe(true);
	expect(session.now).toBe(40_000);
	session.stepFrame(10_000_000);
	expect(session.now).toBe(10_000_000);
	session.stepFrame(10_000_000);
	expect(session.now).toBe(20_000_000);
});

test('the warm-up ends exactly at its time, whatever the slices', () => {
	const {session, runs} = open();
	runTo(session, 199_000_000);
	expect(runs[0].recorder.restarts).toBe(0);
	session.advance(100);
	expect(session.now).toBe(200_000_000);
	expect(runs[0].recorder.restarts).toBe(1);
});

test('the token repeats the run: what it began with, what was changed when, how long', () => {
	const {session} = open({'host.load': 1});
	runTo(session, 700_000_000);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	session.set('host.cost.loopWake', {kind: 'exp', mean: 9000});
	runTo(session, 1_200_000_000);
	expect(session.token).toBe('vqlab run seed-2019-kick-under-lock --set host.load=1'
		+ ' --change \'700ms driver.lockPolicy=kick-after-unlock\' --change \'700ms host.cost.loopWake=exp(9us)\''
		+ ' --seed 1 --for 1s --warmup 200ms');
});

test('loading a preset replaces the run', () => {
	const {session} = open();
	runTo(session, 300_000_000);
	session.load(fakePreset('other', {'queue.size': 256}));
	expect(session.run.preset.name).toBe('other');
	expect(session.now).toBe(0);
	session.undo();
	expect(session.now).toBe(300_000_000);
});
