import {expect, test} from 'vitest';
import {changeEffects, effectsBetween} from '../../../source/session/before/change-effects.js';
import {sessionOf, shippedPreset} from '../small-run.js';

test('the spin goes and throughput stays the same, in words, and undo is a change too', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(300_000_000);
	session.change({'driver.lockPolicy': 'kick-after-unlock'});
	session.advanceTo(500_000_000);
	const change = session.run.log.beforeAt(session.now);
	expect(change?.at).toBe(300_000_000);
	const words = Object.fromEntries(
		effectsBetween(change?.before ?? session.figures, session.figures).map(({path, word}) => [path, word]),
	);
	expect(words).toMatchObject({
		'lock.spin.total': 'better',
		'lock.contentionShare': 'better',
		'throughput.completed': 'same',
		'irqs.perSecond': 'higher',
		'ring.numFree.mean': 'same',
	});
	session.forgetBefore();
	expect(session.run.log.beforeAt(session.now)).toBeNull();
	expect(session.undo()).toBe(true);
	expect(session.run.log.upTo(session.now).map(({at}) => at)).toEqual([300_000_000, 500_000_000]);
	expect(session.run.log.beforeAt(session.now)?.at).toBe(500_000_000);
});

test('a change that makes no difference at all is the same run', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(210_000_000);
	// Nothing is refused in this run, so the rule for it cannot matter.
	session.change({'driver.fullRing': 'busy-error'});
	session.advanceTo(240_000_000);
	session.run.log.compare(session.run.timeline);
	expect(session.run.log.beforeAt(session.now)?.shadow?.isSame).toBe(true);
	session.change({'driver.lockPolicy': 'kick-after-unlock'});
	session.advanceTo(270_000_000);
	session.run.log.compare(session.run.timeline);
	expect(session.run.log.beforeAt(session.now)?.shadow?.isSame).toBe(false);
});

test('of changes in quick succession the last is compared with what was before the first', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'), {sets: {warmup: 20_000_000}});
	session.advanceTo(100_000_000);
	const settled = session.figures.readings.figures;
	session.set('queue.size', 128);
	session.set('queue.size', 256);
	session.set('driver.lockPolicy', 'kick-after-unlock');
	session.advanceTo(160_000_000);
	expect(session.run.log.beforeAt(session.now)?.before.readings.figures).toEqual(settled);
	const [last, middle, first] = changeEffects(session.run.log.upTo(session.now), session.figures, 3);
	const wordOf = ({figures}: typeof last) => figures.find(({path}) => path === 'lock.contentionShare')?.word;
	expect([wordOf(first), wordOf(middle), wordOf(last)]).toEqual([null, null, 'better']);
});

test('the window before a change is as long as all others, however rare events are', () => {
	const session = sessionOf(shippedPreset('fence-poll-120hz'));
	session.advanceTo(600_000_000);
	for (const later of [7, 15, 22]) {
		session.advanceTo(600_000_000 + later * 1_000_000);
		expect(session.figures.readings.figures['throughput.completed']).toBe(60);
	}
});
