import {expect, test} from 'vitest';
import {changesOf} from '../../source/commands/run-options.js';
import {parseSets} from '../../source/simulation/parameters/parse-set.js';
import {valueOf} from '../../source/simulation/parameters/resolve-clients.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {listedKeys, parameterRows} from '../../source/session/parameter-list.js';
import {type Session} from '../../source/session/session.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {configurationOf as modelOf, client, loopStep} from '../helpers/model-configuration.js';
import {sessionOf, shippedPreset} from './small-run.js';

const preset = loadPreset('cursor-behind-video');
const original = configurationOf(preset);

function open(): Session {
	return sessionOf(shippedPreset(preset.name), {speed: 1});
}

/** The words of a shell line, quotes taken off. */
function wordsOf(line: string): string[] {
	return Array.from(line.matchAll(/'([^']*)'|(\S+)/gv), ([, quoted, plain]) => quoted ?? plain);
}

test('the list ends with what the clients have, and a filter finds it', () => {
	const keys = listedKeys({filter: '', relevant: [], unfolded: ['client']}, original);
	expect(keys.findIndex(key => key.startsWith('clients.'))).toBe(
		keys.length - keys.filter(key => key.startsWith('clients.')).length,
	);
	expect(keys).toContain('clients.video.service');
	expect(keys.filter(key => key.startsWith('clients.pointer.'))).not.toContain('clients.pointer.fenced');
	expect(
		parameterRows({filter: 'pointer think', relevant: [], unfolded: []}, original, original).map(
			({key, value, changed}) => [key, value, changed],
		),
	).toEqual([['clients.pointer.think', '0ns', false]]);
});

test('arrows, typing, back to the preset and undo; the share line repeats the run', () => {
	const session = open();
	session.advance(20);
	const before = valueOf(session.configuration, 'clients.video.hz');
	session.nudge('clients.video.hz', 1);
	expect(session.valueOf('clients.video.hz')).toBe(100);
	session.advance(30);
	expect(session.undo()).toBe(true);
	expect(session.valueOf('clients.video.hz')).toBe(before);
	session.advance(30);
	session.set('clients.video.prepare', {kind: 'exp', mean: 30_000});
	session.advance(30);
	session.restoreDefault('clients.video.prepare');
	session.advance(30);
	expect(session.run.timeline.changes.map(({set}) => set)).toEqual([
		{'clients.video.hz': 100},
		{'clients.video.hz': 'inherit'},
		{'clients.video.prepare': {kind: 'exp', mean: 30_000}},
		{'clients.video.prepare': 'inherit'},
	]);
	const words = wordsOf(session.token);
	const texts = words.flatMap((word, index) => (words[index - 1] === '--change' ? [word] : []));
	const again = new Simulation(original, 1);
	for (const {at, set} of changesOf(texts, configurationOf(preset, {duration: '100s'}))) {
		again.runUntil(at);
		again.apply(set);
	}

	again.runUntil(session.now);
	expect(texts).toHaveLength(4);
	expect(again.eventHash()).toBe(session.run.simulation.eventHash());
});

test('what a run began with is in its share line', () => {
	const session = open();
	session.set('clients.video.hz', 30);
	session.set('guest.vcpus', 4);
	expect(session.valueOf('clients.video.hz')).toBe(30);
	const words = wordsOf(session.token);
	const sets = parseSets(words.flatMap((word, index) => (words[index - 1] === '--set' ? [word] : [])));
	expect(sets).toMatchObject({'clients.video.hz': 30, 'guest.vcpus': 4});
	expect(configurationOf(preset, sets).clients).toEqual(session.configuration.clients);
});

test('steps that differ have no neighbour: a value is to be typed', () => {
	const configuration = modelOf({}, [client({loop: [loopStep(), loopStep({commands: ['RESOURCE_FLUSH']})]})]);
	const session = sessionOf({...shippedPreset(preset.name), reference: 'x', configuration});
	expect(() => session.nudge('clients.app.service', 1)).toThrow('app service: its steps and commands differ in it');
	session.set('clients.app.service', {kind: 'const', value: 3000});
	session.nudge('clients.app.service', 1);
	expect(session.valueOf('clients.app.service')).toEqual({kind: 'const', value: 5000});
});
