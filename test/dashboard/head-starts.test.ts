import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {headStartBytes, headStartIn, headStartName, headStarts} from '../../source/dashboard/head-starts.js';
import {type SessionStart} from '../../source/session/warm-up.js';
import {type Session} from '../../source/session/session.js';
import {sessionOf, shippedPreset} from '../session/small-run.js';

const home = mkdtempSync(path.join(tmpdir(), 'vqlab-starts-'));
afterAll(() => {
	rmSync(home, {recursive: true});
});

/** However busy the machine is. */
const patiently = {timeout: 60_000};

/** A session at 1 ms, and how it stands. */
function begun(sets = {}): {readonly session: Session; readonly start: SessionStart} {
	const session = sessionOf(shippedPreset('idle-desktop'), {sets});
	session.advanceTo(1_000_000);
	const start = session.headStart();
	if (start === undefined) {
		throw new Error('it has no plain data');
	}

	return {session, start};
}

test('what was kept is found by a later session of the same build and settings, and by no other', async () => {
	const {session, start} = begun();
	const starts = headStarts({HOME: home}, 'build', 0);
	expect(starts.of(session)).toBeUndefined();
	starts.keep(session, start);
	await vi.waitUntil(() => starts.of(session) !== undefined, patiently);
	expect(starts.of(session)).toEqual(start);
	expect(headStarts({HOME: home}, 'another').of(session)).toBeUndefined();
	expect(headStarts({HOME: home}, undefined).of(session)).toBeUndefined();
	for (const sets of [{'queue.size': 16}, {seed: 2}, {warmup: 1_000_000}, {window: 5_000_000}]) {
		expect([sets, starts.of(begun(sets).session)]).toEqual([sets, undefined]);
	}
});

test('a file that is damaged anywhere is none', () => {
	const {start} = begun();
	const bytes = headStartBytes(start);
	expect(headStartIn(bytes)).toEqual(start);
	for (const place of [0, 31, 32, 200, Math.floor(bytes.length / 2), bytes.length - 1]) {
		const damaged = Uint8Array.from(bytes);
		damaged[place] ^= 1;
		expect(() => headStartIn(damaged)).toThrow(/./v);
		expect(() => headStartIn(bytes.subarray(0, place))).toThrow(/./v);
	}
});

test('what cannot be read is not there', () => {
	const {session} = begun();
	const name = headStartName(session, 'build');
	const folder = path.join(home, '.cache/vqlab');
	for (const text of ['', 'no head start']) {
		writeFileSync(path.join(folder, name), text);
		expect(headStarts({HOME: home}, 'build').of(session)).toBeUndefined();
	}

	expect(headStarts({}, 'build').of(session)).toBeUndefined();
});

test('the oldest of many goes', async () => {
	const {session, start} = begun();
	const cache = path.join(home, 'many');
	const starts = headStarts({XDG_CACHE_HOME: cache}, 'build', 0);
	starts.keep(session, start);
	await vi.waitUntil(() => starts.of(session) !== undefined, patiently);
	const folder = path.join(cache, 'vqlab');
	const [name] = readdirSync(folder);
	for (let index = 0; index < 60; index++) {
		writeFileSync(path.join(folder, `${index}.start`), readFileSync(path.join(folder, name)));
	}

	const {session: other, start: another} = begun({seed: 2});
	starts.keep(other, another);
	await vi.waitUntil(() => readdirSync(folder).length <= 40, patiently);
	expect(starts.of(other)).toBeDefined();
});
