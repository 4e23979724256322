import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {savedRun} from '../../source/commands/saved-run.js';
import {configurationOf} from '../../source/presets/preset.js';
import {Run} from '../../source/run/run.js';
import {sessionOf as readSaved, sessionText} from '../../source/session/saved-session.js';
import {type Session} from '../../source/session/session.js';
import {runDesk, sessionOf, shippedPreset, smallPreset} from './small-run.js';

const ms = 1_000_000;
const folder = mkdtempSync(path.join(tmpdir(), 'session-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

function session(): Session {
	const made = sessionOf(shippedPreset('seed-2019-kick-under-lock'), {sets: {warmup: 20 * ms, seed: 3}});
	made.advanceTo(60 * ms);
	made.change({'driver.lockPolicy': 'kick-after-unlock', 'host.ioeventfd': true});
	made.advanceTo(90 * ms);
	made.set('queue.size', 128);
	made.advanceTo(200 * ms);
	return made;
}

test('a session goes on from its file as it would have gone on', () => {
	const first = session();
	const text = sessionText(first.run);
	const saved = readSaved(text, 'x.session.json');
	expect(saved?.hashes).toEqual(first.run.timeline.hashes);
	expect(saved?.hashes).toHaveLength(1);
	if (saved === undefined) {
		throw new Error('it is none');
	}

	const again = sessionOf({
		...shippedPreset('ring-full'),
		...saved.preset,
		configuration: configurationOf(saved.preset),
	});
	again.restore(saved);
	for (let index = 0; index < 1000 && again.isUnderWay; index++) {
		again.advance(10);
	}

	expect(again.run.timeline.eventHash()).toBe(saved.eventHash);
	expect(sessionText({...again.run, preset: first.run.preset})).toBe(text);
	first.advanceTo(230 * ms);
	again.advanceTo(230 * ms);
	expect(again.run.timeline.eventHash()).toBe(first.run.timeline.eventHash());
});

test('run --session makes the same events', () => {
	const file = path.join(folder, 'a.session.json');
	writeFileSync(file, sessionText(session().run));
	const {preset, options, eventHash} = savedRun(file, {given: new Set()}, []);
	const configuration = configurationOf(preset);
	const run = new Run({configuration, seed: configuration.parameters.seed, ...options});
	run.advance(Infinity);
	expect(run.outcome().eventHash).toBe(eventHash);
	expect(() => savedRun(file, {given: new Set(['seed'])}, [])).toThrow('leave --seed out');
	writeFileSync(file, '{"hashes": [], "start": {}}');
	expect(() => savedRun(file, {given: new Set()}, [])).toThrow('no saved session: schema');
	writeFileSync(file, '{"title": "x"}');
	expect(() => savedRun(file, {given: new Set()}, [])).toThrow('is no saved session');
});

test('the dashboard saves it under its own kind of name', () => {
	const {controller, files} = runDesk(sessionOf(smallPreset('first')));
	for (const key of ['s', 'C-u', ...'my.session.json', 'enter']) {
		controller.press(key);
	}

	expect(readSaved(files.written.get('my.session.json') ?? '', 'x')?.name).toBe('first');
});

test('words of the palette that take more go through time', () => {
	const made = session();
	const {controller} = runDesk(made);
	const type = (text: string): void => {
		controller.press(':');
		controller.paste(text);
		controller.press('enter');
	};

	type('back lock.spin.worker > 20');
	expect(made.present).toBe(200 * ms);
	expect(controller.state.notice?.text).toContain('it held last in the 1.00 ms before');
	type('goto 100ms');
	expect(made.now).toBe(100 * ms);
	controller.press('0');
	expect(made.present).toBeUndefined();
	type('back ring.numFree.min < 0');
	expect(controller.state.notice?.text).toContain('it held in no window');
	type('forward throughput.completed > 0');
	expect(made.isUnderWay).toBe(true);
	controller.press('esc');
	expect(made.isUnderWay).toBe(false);
	type('back');
	expect(controller.state.overlay).toMatchObject({error: 'back needs more, as in: back ring.numFree.min == 0'});
	controller.press('esc');
	controller.press('[');
	expect(made.now).toBe(190 * ms);
	controller.press(']');
	expect(made.present).toBeUndefined();
	controller.press('F');
	expect(controller.state.notice?.text).toContain('this is the newest');
});
