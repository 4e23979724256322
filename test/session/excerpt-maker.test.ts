import {expect, test} from 'vitest';
import {ExcerptMaker} from '../../source/session/excerpt-maker.js';
import {sessionOf, shippedPreset} from './small-run.js';

const ms = 1_000_000;

function ranFor(time: number) {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(time);
	return session;
}

test('an excerpt that grew too long is not taken for what it was cut before', () => {
	const maker = new ExcerptMaker(ranFor(40 * ms), 2000);
	const long = maker.finish(2 * ms, 38 * ms);
	expect(long?.to).toBeLessThan(30 * ms);
	const short = maker.finish(35 * ms, 36 * ms);
	expect(short?.from).toBeLessThanOrEqual(35 * ms);
	expect(short?.to).toBeGreaterThanOrEqual(36 * ms);
	expect(short?.commands.some(({responded}) => responded >= 35 * ms && responded < 36 * ms)).toBe(true);
	// What was cut where it began is not made again and again.
	const again = maker.finish(2 * ms, 38 * ms);
	expect(again?.to).toBe(long?.to);
	expect(maker.read(2 * ms, 38 * ms, 0)).toEqual({excerpt: again, progress: 1});
});

test('one that is under way for a time long before is no reason to make all between', () => {
	const maker = new ExcerptMaker(ranFor(40 * ms), 2000);
	maker.read(ms, 2 * ms, 0);
	const asked = maker.finish(38 * ms, 39 * ms);
	expect(asked?.from).toBeGreaterThan(30 * ms);
	expect(asked?.commands.some(({responded}) => responded >= 38 * ms && responded < 39 * ms)).toBe(true);
});
