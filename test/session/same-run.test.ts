import {expect, test} from 'vitest';
import {Recorder} from '../../source/metrics/recorder.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {initialState} from '../../source/session/interface-state.js';
import {type Session} from '../../source/session/session.js';
import {fullSpeed, type Speed} from '../../source/session/speed.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {sessionOf, shippedPreset} from './small-run.js';

const window = 1_000_000;
const preset = loadPreset('seed-2019-kick-under-lock');

function open(clock = () => 0, name = preset.name, speed: Speed = 1): Session {
	return sessionOf(shippedPreset(name), {clock, speed});
}

test('a run in the dashboard, with a key pressed, has the hash of the same run without one', () => {
	const session = open();
	for (const wallTime of [3, 17, 40, 0.5, 20]) {
		session.advance(wallTime);
	}

	session.stepEvent();
	session.nudge('driver.lockPolicy', 1);
	const [change] = session.run.timeline.changes;
	session.togglePause();
	for (const wallTime of [10, 1, 30]) {
		session.advance(wallTime);
	}

	const headless = new Simulation(configurationOf(preset), 1);
	headless.runUntil(change.at);
	headless.apply(change.set);
	headless.runUntil(session.now);
	expect(session.run.simulation.events).toBe(headless.events);
	expect(session.run.simulation.eventHash()).toBe(headless.eventHash());
	expect(session.run.simulation.events).toBeGreaterThan(1000);
});

test('what the charts show is what a run reports for the same window', () => {
	let wall = 0;
	const session = open(() => wall);
	while (session.now < 300_000_000) {
		wall += 20;
		session.advance(20);
	}

	const maker = new SnapshotMaker(session, {clock: () => wall, columns: 20});
	const {charts, time} = maker.take(initialState);
	expect(charts.column).toBe(10_000_000);
	const end = Math.floor(time / charts.column) * charts.column;

	const simulation = new Simulation(configurationOf(preset), 1);
	const recorder = new Recorder(simulation, window);
	simulation.observe(recorder);
	simulation.runUntil(end - charts.column);
	recorder.restart();
	simulation.runUntil(end);
	const metrics = recorder.metrics();
	expect(charts.charts['throughput.completed'].lines[0].at(-1)).toBeCloseTo(metrics.throughput.completed, 6);
	expect(charts.charts['lock.contentionShare'].lines[0].at(-1)).toBeCloseTo(metrics.lock.contentionShare, 9);
	expect(charts.charts['irqs.perSecond'].lines[0].at(-1)).toBeCloseTo(metrics.irqs.perSecond, 6);
	expect(charts.charts['ring.numFree.mean'].lines[0].at(-1)).toBeCloseTo(metrics.ring.numFree.mean ?? -1, 9);
});

test('a stall takes the place of the verdict and of the speed', () => {
	let wall = 0;
	const session = open(() => wall, 'lost-kick', fullSpeed);
	const maker = new SnapshotMaker(session, {clock: () => wall, columns: 20});
	expect(maker.take(initialState).state).toBe('running');
	while (session.run.simulation.stall() === null) {
		wall += 20;
		session.advance(20);
	}

	wall += 300;
	expect(maker.take(initialState)).toMatchObject({
		state: 'stalled',
		advice: null,
		verdict: {
			id: 'stall',
			severity: 'problem',
			short: expect.stringMatching(
				/^lost-kick: both sides asleep, \d+ commands in the control queue$/v,
			) as unknown,
		},
	});
});

test('a snapshot takes new numbers four times a second, and none while time stands still', () => {
	let wall = 0;
	const session = open(() => wall);
	const maker = new SnapshotMaker(session, {clock: () => wall, columns: 20});
	const step = (milliseconds: number) => {
		wall += milliseconds;
		session.advance(milliseconds);
		return maker.take(initialState).readings;
	};

	const first = step(50);
	expect(step(100)).toBe(first);
	const second = step(200);
	expect(second).not.toBe(first);
	session.togglePause();
	const paused = step(100);
	expect(step(1000)).toBe(paused);
	session.nudge('driver.lockPolicy', 1);
	const {readings, settled, charts, changes} = maker.take(initialState);
	expect(readings).not.toBe(paused);
	expect(settled).toBe(false);
	expect(charts.marks).toHaveLength(1);
	expect(changes).toMatchObject([
		{at: session.now, text: expect.stringMatching(/^lock policy kick-/v) as unknown, isSameRun: false},
	]);
});

test('a stalled run stands still, also at full speed', () => {
	const session = open(() => 0, 'lost-kick', fullSpeed);
	while (session.run.simulation.stall() === null) {
		session.advance(10);
	}

	const {now} = session;
	expect(now).toBeGreaterThan(0);
	expect(session.advance(1000)).toBe('reached');
	expect(session.now).toBe(now);
});
