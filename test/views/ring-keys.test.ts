import {expect, test} from 'vitest';
import {shippedPreset} from '../session/small-run.js';
import {pausedDesk} from './paused-desk.js';

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
