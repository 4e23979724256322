import {expect, test} from 'vitest';
import {frameOf} from '../screens/render-screen.js';
import {shippedPreset} from '../session/small-run.js';
import {drawn, pausedDesk} from './paused-desk.js';

const ms = 1_000_000;

test('the queue that was looked at is gone with the device: the first one is shown, and its slots go by', () => {
	const {press, session} = pausedDesk('seed-2019-kick-under-lock', 5 * ms);
	expect(press(['2', 't']).join('\n')).toContain('cursor queue');
	session.load(shippedPreset('pmem-flush'));
	session.advanceTo(5 * ms);
	const slots = ['left', 'right', 'right'].map(key => press([key]).join('\n'));
	for (const shown of slots) {
		expect(shown).toContain('flush queue');
	}

	expect(slots[0]).not.toBe(slots[2]);
	expect(press(['t', 't']).join('\n')).toContain('flush queue');
});

test('until the last moments are there the list of a paused run says what it waits for', () => {
	const {controller, session} = pausedDesk('seed-2019-kick-under-lock', 5 * ms);
	controller.press('2');
	const first = () => frameOf(controller.look(), 120, 36, controller).rows.join('\n');
	expect(first()).toContain('when the last moments are simulated again');
	expect(drawn(controller, 120, 36).join('\n')).not.toMatch(/simulated again|it runs/v);
	session.togglePause();
	session.advanceTo(6 * ms);
	expect(first()).not.toContain('simulated again');
});
