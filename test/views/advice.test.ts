import {expect, test} from 'vitest';
import {missingWords} from '../../source/session/missing-words.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {runDesk, sessionOf, smallPreset} from '../session/small-run.js';
import {views} from '../../source/views/list.js';
import {fixedAdvice, HandAdviser} from './fixed-advice.js';
import {drawn} from './paused-desk.js';

function open() {
	const session = sessionOf(smallPreset('first', {'driver.lockPolicy': 'kick-under-lock'}));
	session.advanceTo(5_000_000);
	const adviser = new HandAdviser();
	const {controller} = runDesk(session, new SnapshotMaker(session, {clock: () => 0, columns: 1}), adviser);
	/** Presses keys, each with a turn of the dashboard behind it. */
	const press = (...keys: string[]): void => {
		for (const key of keys) {
			controller.press(key);
			controller.attend(true);
		}
	};

	return {session, adviser, controller, press, text: () => drawn(controller, 120, 36).join('\n')};
}

/** The view with the advice there. */
function advised() {
	const desk = open();
	desk.press('6');
	desk.adviser.jobs[0].document = fixedAdvice;
	desk.controller.attend(true);
	return desk;
}

test('it is computed from when the view is opened, and how far it is is shown', () => {
	const {adviser, controller, press, text} = open();
	controller.attend(true);
	expect(adviser.jobs).toHaveLength(0);
	press('6');
	controller.attend(true);
	expect(adviser.jobs).toHaveLength(1);
	expect(adviser.jobs[0].question.configuration.parameters['driver.lockPolicy']).toBe('kick-under-lock');
	adviser.jobs[0].progress = 0.25;
	expect(text()).toContain(' 25 %');
	adviser.jobs[0].document = fixedAdvice;
	controller.attend(true);
	expect(text()).toContain('▸1  driver.lockPolicy=kick-after-unlock');
});

test('it is cancelled when the view is left, and begins anew when it is opened again', () => {
	const {adviser, controller, press} = open();
	press('6', '1');
	expect(adviser.jobs.map(({isCancelled}) => isCancelled)).toEqual([true]);
	press('6');
	expect(adviser.jobs.map(({isCancelled}) => isCancelled)).toEqual([true, false]);
	controller.attend(false);
	expect(adviser.jobs[1].isCancelled).toBe(true);
});

test('a change of the settings cancels it and asks on the new ones', () => {
	const {adviser, session, press} = open();
	press('6');
	session.set('queue.size', 256);
	press('down');
	expect(adviser.jobs.map(({isCancelled}) => isCancelled)).toEqual([true, false]);
	expect(adviser.jobs[1].question.configuration.parameters['queue.size']).toBe(256);
});

test('Enter and a apply the selected row, u takes it back to what was computed before', () => {
	const {adviser, session, press, text} = advised();
	press('j', 'down', 'up', 'enter');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	expect(session.valueOf('host.ioeventfd')).toBe(true);
	expect(adviser.jobs).toHaveLength(2);
	press('u');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
	expect(adviser.jobs).toHaveLength(2);
	expect(adviser.jobs[1].isCancelled).toBe(true);
	expect(text()).toContain('▸1  driver.lockPolicy=kick-after-unlock');
	press('a');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	expect(session.valueOf('host.ioeventfd')).toBe(false);
});

test('b forks B with the selected row and compares it', () => {
	const {session, press, text} = advised();
	press('b');
	expect(session.sides).toBe('A|B');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	expect(text()).toContain('[5 compare]');
	expect(text()).toContain('1 parameter differs');
});

test('R computes it again; what went wrong is said', () => {
	const {adviser, controller, press, text} = advised();
	press('R');
	expect(adviser.jobs).toHaveLength(2);
	adviser.jobs[1].failure = 'a worker ran out of memory';
	controller.attend(true);
	expect(text()).toContain('a worker ran out of memory');
	press('up');
	expect(adviser.jobs).toHaveLength(2);
});

test('without an adviser it says who computes it, and a recording says why it has none', () => {
	const {controller} = runDesk(sessionOf(smallPreset('first')));
	controller.press('6');
	controller.attend(true);
	expect(drawn(controller, 80, 24).join('\n')).toContain('vqlab advise prints it');
	const view = views.find(({id}) => id === 'advice');
	expect(view && missingWords(view, {kind: 'recording'})).toMatch(/^advice: a recording cannot be run/v);
});

test.each([
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
])('fixed advice at %ix%i, and in ASCII', (columns, rows) => {
	const {controller} = advised();
	const lines = drawn(controller, columns, rows);
	expect(lines).toHaveLength(rows - 1);
	expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
	expect(lines.map(line => line.trimEnd()).join('\n')).toMatchSnapshot();
	expect(drawn(controller, columns, rows, true).join('\n')).toMatch(/^[\n -~]*$/v);
});
