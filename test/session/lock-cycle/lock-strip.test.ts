import {expect, test} from 'vitest';
import {lockStrip} from '../../../source/session/lock-cycle/lock-strip.js';
import {sessionOf, shippedPreset} from '../small-run.js';

test('a cycle of the seed preset: the submitter holds the lock in its doorbell, the worker spins until it is over', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(220_000_000);
	const strip = lockStrip(session.run.lastEvents, 'main loop');
	expect(strip).not.toBeNull();
	const {lanes, from = 0, to = 0, held = 0, doorbell = 0, isWaited} = strip ?? {lanes: []};
	expect(isWaited).toBe(true);
	expect(doorbell).toBeGreaterThan(held / 2);
	const [submitter, worker, , owner] = lanes.map(({changes}) =>
		changes.filter(({at}) => at >= from && at <= to).map(({state}) => state),
	);
	expect(submitter).toContain('exit');
	expect(worker).toContain('spin');
	expect(owner).toContain('submitter');
	expect(owner.at(-1)).toBe('worker');
	session.change({'driver.lockPolicy': 'kick-after-unlock'});
	session.advanceTo(250_000_000);
	const after = lockStrip(session.run.lastEvents, 'main loop');
	expect(after?.held).toBeLessThan(held / 5);
	expect(after?.doorbell).toBe(0);
});
