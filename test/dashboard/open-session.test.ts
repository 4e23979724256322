import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {openSession, type SessionWords} from '../../source/dashboard/open-session.js';
import {type HeadStarts} from '../../source/session/run-ahead.js';
import {sessionText} from '../../source/session/saved-session.js';
import {type Session} from '../../source/session/session.js';
import {shippedPreset, sessionOf} from '../session/small-run.js';

const ms = 1_000_000;
const folder = mkdtempSync(path.join(tmpdir(), 'open-session-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

/** With what was asked of head starts. */
function opened(words: Partial<SessionWords>): {readonly session: Session; readonly asked: readonly string[]} {
	const asked: string[] = [];
	const starts: HeadStarts = {
		of() {
			asked.push('of');
			return undefined;
		},
		keep() {
			asked.push('keep');
		},
	};
	const session = openSession(
		{reference: 'idle-desktop', set: [], change: [], speed: undefined, ...words},
		() => 0,
		starts,
	);
	return {session, asked};
}

test('a start asks for a head start and leaves one', () => {
	expect(opened({}).asked).toEqual(['of', 'keep']);
});

test('what is planned for a time before the first frame is made at its time', () => {
	const {session} = opened({
		change: ['100ms driver.lockPolicy=kick-after-unlock', '250ms driver.lockPolicy=kick-under-lock'],
	});
	expect(session.now).toBe(300 * ms);
	expect(session.run.timeline.record.filter(({set}) => set !== undefined)).toMatchObject([
		{at: 100 * ms, set: {'driver.lockPolicy': 'kick-after-unlock'}},
		{at: 250 * ms, set: {'driver.lockPolicy': 'kick-under-lock'}},
	]);
	const other = sessionOf(shippedPreset('idle-desktop'));
	other.advanceTo(100 * ms);
	other.set('driver.lockPolicy', 'kick-after-unlock');
	other.advanceTo(250 * ms);
	other.set('driver.lockPolicy', 'kick-under-lock');
	other.advanceTo(300 * ms);
	expect(session.run.timeline.eventHash()).toBe(other.run.timeline.eventHash());
});

test('a start with a change uses no head start and leaves none, whenever the change is', () => {
	for (const change of ['100ms', '5s']) {
		const {session, asked} = opened({change: [`${change} driver.lockPolicy=kick-after-unlock`]});
		expect(session.now).toBe(300 * ms);
		expect(asked).toEqual([]);
	}
});

test('a change that cannot be made when its time comes stops the run before the first frame', () => {
	const {session} = opened({
		set: ['queue.layout=packed'],
		change: ['40ms queue.layout=split', '50ms queue.size=100'],
	});
	expect(session.trouble).toMatch('50ms: queue.size: 100 is no power of two');
	expect(session.now).toBeLessThan(100 * ms);
});

test('what is planned for a saved session is planned from its end on', () => {
	const saved = sessionOf(shippedPreset('idle-desktop'));
	saved.advanceTo(200 * ms);
	const reference = path.join(folder, 'a.session.json');
	writeFileSync(reference, sessionText(saved.run));
	const change = (at: string): Partial<SessionWords> => ({
		reference,
		change: [`${at} driver.lockPolicy=kick-after-unlock`],
	});
	expect(() => opened(change('100ms'))).toThrow('100ms has passed: the run is at 200ms');
	const {session, asked} = opened(change('210ms'));
	expect(session.run.script.upcoming(0)).toHaveLength(1);
	expect(asked).toEqual([]);
});
