import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {companionPath} from '../../source/validation/companion.js';
import {missingMechanism, readStory} from '../../source/validation/story.js';
import {UserError} from '../../source/errors/user-error.js';
import {story, storyText, testbed} from '../helpers/testbed.js';

const source = fileURLToPath(new URL('../../source/', import.meta.url));

test('every figure has a mechanism and a source', () => {
	for (const {id, measured} of testbed.cells) {
		for (const metric of Object.keys(measured)) {
			const missing = missingMechanism(story, {cell: id, metric});
			expect(missing?.mechanism.length).toBeGreaterThan(20);
			expect(missing?.source.length).toBeGreaterThan(10);
		}
	}
});

test('every note is about a figure that no earlier note is about', () => {
	const figures = testbed.cells.flatMap(({id, measured}) =>
		Object.keys(measured).map(metric => ({cell: id, metric})),
	);
	const used = new Set(figures.map(figure => missingMechanism(story, figure)));
	expect(story.notes.filter(note => !used.has(note))).toEqual([]);
});

test('patterns: * stands for anything, the first note that fits counts', () => {
	const notes = ['P/* *kicks*', 'P/*', '*.spin.*', 'A/x/p0 cpu.mainLoop'].map(of => ({
		of: [of],
		mechanism: of,
		source: '-',
	}));
	const of = (cell: string, metric: string) => missingMechanism({notes, otherwise: null}, {cell, metric})?.mechanism;
	expect(of('P/x/p0', 'kicks.perSecond')).toBe('P/* *kicks*');
	expect(of('P/x/p0', 'irqs.perSecond')).toBe('P/*');
	expect(of('A/P/p0', 'lock.spin.worker')).toBe('*.spin.*');
	expect(of('A/x/p0', 'cpu.mainLoop')).toBe('A/x/p0 cpu.mainLoop');
	expect(of('A/x/p0', 'cpu.mainLoops')).toBeUndefined();
	// A dot is a dot, and what one star has taken another has not.
	expect(of('A/x/p0', 'lock_spin_worker')).toBeUndefined();
	expect(
		missingMechanism(
			{notes: [{of: ['*ab*ba'], mechanism: 'm', source: 's'}], otherwise: null},
			{cell: 'x', metric: 'aba'},
		),
	).toBeNull();
});

test('constants start in the range that their source allows, none twice, at most 40', () => {
	const keys = story.constants.map(({key}) => key);
	expect(new Set(keys).size).toBe(keys.length);
	expect(keys.length).toBeLessThanOrEqual(40);
});

test('nothing of the measured guest is in the program: no cell, no note, no source of a constant, no median', () => {
	const words = [
		...story.notes.flatMap(({mechanism, source: known}) => [mechanism, known]),
		...[...story.constants, ...story.held].map(constant => constant.source),
		...story.medians.map(({measured}) => String(measured)),
	].filter(text => text.length > 3 && !text.startsWith('a guess'));
	expect(words.length).toBeGreaterThan(60);
	const cells = /\b[A-Z]{1,2}\/(?:flood|xfer|cursor|paced|mix)\d?\//v;
	const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter(name => /\.tsx?$/v.test(name));
	expect(files.length).toBeGreaterThan(100);
	for (const name of files) {
		const text = readFileSync(`${source}/${name}`, 'utf8');
		expect([name, words.filter(word => text.includes(word))]).toEqual([name, []]);
		// What an id looks like is said by an example.
		if (!/validation\/(?:cell|read-cells)\.ts$/v.test(name.replaceAll('\\', '/'))) {
			expect([name, cells.exec(text)?.[0]]).toEqual([name, undefined]);
		}
	}
});

test('companions lie beside the cells', () => {
	expect(companionPath('a/cells.json', 'story')).toBe('a/cells.story.json');
	expect(companionPath('a/measured', 'fit')).toBe('a/measured.fit.json');
});

test.each([
	['{', /story\.json: not JSON/v],
	[storyText.replace('"schema": 1', '"schema": 2'), /schema/v],
	[storyText.replace('"A/flood1/p0"', '"A/flood9/p0"'), /no cell A\/flood9\/p0/v],
	[storyText.replace('guest.cost.getBuf', 'guest.cost.getBuff'), /constants\.\d+: .*getBuff/v],
	[storyText.replace('"300ns"', '"300"'), /constants\.\d+: .*unit/v],
	[storyText.replace('"host.ioeventfd"', '"host.ioeventfds"'), /inert\.0\.key: no such parameter/v],
])('a broken story is refused in one line (%#)', (broken, words) => {
	expect(() => readStory(broken, 'story.json', testbed)).toThrow(UserError);
	expect(() => readStory(broken, 'story.json', testbed)).toThrow(words);
});
