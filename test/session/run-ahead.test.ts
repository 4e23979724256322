import {expect, test} from 'vitest';
import {initialState} from '../../source/session/interface-state.js';
import {runAhead} from '../../source/session/run-ahead.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {sessionOf, shippedPreset} from './small-run.js';

const clock = (): number => 0;

test('the first frame of a run that was simulated ahead has its numbers and its verdict', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	runAhead(session, clock);
	expect(session.now).toBe(300_000_000);
	const {settled, verdict, readings} = new SnapshotMaker(session, {clock, columns: 40}).take(initialState);
	expect(settled).toBe(true);
	expect(verdict).toMatchObject({id: 'worker-spin'});
	expect(readings.queues[0].perSecond).toBeGreaterThan(0);
});

test('a run that takes too long is shown as far as it is', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	let now = 0;
	runAhead(session, () => {
		now += 600;
		return now;
	});
	expect(session.now).toBeGreaterThan(0);
	expect(session.now).toBeLessThan(100_000_000);
});

test('a run that stalls stands where it did', () => {
	const session = sessionOf(shippedPreset('impossible-request'));
	runAhead(session, clock);
	expect(session.run.simulation.stall()).not.toBeNull();
	expect(session.now).toBeLessThan(300_000_000);
});
