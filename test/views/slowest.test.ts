import {expect, test} from 'vitest';
import {slowestOf} from '../../source/views/latency/slowest.js';
import {runDesk, sessionOf, shippedPreset} from '../session/small-run.js';

const ms = 1_000_000;
const warmup = 20 * ms;

function standing() {
	const {controller, session} = runDesk(sessionOf(shippedPreset('seed-2019-kick-under-lock'), {sets: {warmup}}));
	return {subject: controller.subject, session};
}

test('the end of the warm-up has just cut the figures: the slowest are those before it', () => {
	const {subject, session} = standing();
	session.advanceTo(warmup);
	expect(session.run.recorder.since).toBe(session.now);
	const found = slowestOf(subject);
	expect(found.length).toBeGreaterThan(1);
	expect(found.every(({end}) => end !== undefined && end <= warmup)).toBe(true);
});

test('after a change they are of the new setting, from its first command on', () => {
	const {subject, session} = standing();
	const changed = warmup + 10.3 * ms;
	session.advanceTo(changed);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	expect(slowestOf(subject)).toEqual([]);
	// No whole window has passed yet.
	session.advanceTo(changed + 0.5 * ms);
	const first = slowestOf(subject);
	expect(first.length).toBeGreaterThan(1);
	expect(first.every(({end = 0}) => end >= changed)).toBe(true);
	session.advanceTo(changed + 20 * ms);
	session.restartWindow();
	expect(slowestOf(subject).every(({end = 0}) => end >= changed)).toBe(true);
	expect(slowestOf(subject).length).toBeGreaterThan(1);
});
