import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {runPresetsCommand} from '../../source/commands/presets.js';
import {newPreset} from '../../source/commands/presets-new.js';
import {UserError} from '../../source/errors/user-error.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {
	nodePresetFiles,
	ownPresetNames,
	ownPresetsFolder,
	presetNames,
	presetsFolder,
} from '../../source/presets/preset-files.js';
import {buildCli, callCli, cliFile} from '../helpers/cli.js';
import {TestTerminal} from '../helpers/terminal.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-own-'));
const own = path.join(folder, 'vqlab/presets');
const files = nodePresetFiles(presetsFolder(import.meta.url), own);

/** The text of a small preset. */
function preset(title: string, more: object = {}): string {
	const clients = [{name: 'a', kind: 'closed', think: '5us', loop: [{commands: ['RESOURCE_FLUSH'], notify: 'end'}]}];
	return JSON.stringify({title, clients, ...more});
}

beforeAll(async () => {
	await buildCli();
	mkdirSync(own, {recursive: true});
	writeFileSync(path.join(own, 'mine.json'), preset('My guest', {parameters: {'host.cpus': 2}}));
	writeFileSync(path.join(own, 'broken.json'), '{');
	writeFileSync(path.join(own, 'seed-2019-kick-under-lock.json'), preset('Not the incident'));
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

test('the folder follows the base directories of XDG; a relative one does not count', () => {
	expect(ownPresetsFolder({XDG_CONFIG_HOME: '/somewhere'})).toBe('/somewhere/vqlab/presets');
	expect(ownPresetsFolder({XDG_CONFIG_HOME: 'here'})).toMatch(/\/\.config\/vqlab\/presets$/v);
	expect(ownPresetsFolder({})).toBe(ownPresetsFolder({XDG_CONFIG_HOME: ''}));
});

test('own presets are found by name; a name that ships means what ships', () => {
	expect(ownPresetNames(files)).toEqual(['broken', 'mine']);
	expect(presetNames(files)).not.toContain('mine');
	expect(loadPreset('mine', files).title).toBe('My guest');
	expect(loadPreset('seed-2019-kick-under-lock', files).title).not.toBe('Not the incident');
	expect(() => loadPreset('mime', files)).toThrow(/did you mean mine\?/v);
	expect(() => loadPreset('broken', files)).toThrow(/broken\.json:/v);
	expect(ownPresetNames(nodePresetFiles(files.folder, path.join(folder, 'nowhere')))).toEqual([]);
});

test('they are listed beside those that ship, a broken one too', async () => {
	const {output} = await runPresetsCommand([], {}, files);
	expect(output).toMatch(
		/\nyour own\n {2}broken\n {4}cannot be read: vqlab presets --check broken\n {2}mine\n {4}My guest\n$/v,
	);
});

test('--check says what loads and whether what is claimed holds', async () => {
	const good = path.join(folder, 'good.json');
	const claim = (value: number) => [{metric: 'throughput.completed', op: '>', value, for: '20ms'}];
	writeFileSync(good, preset('Good', {expect: claim(1)}));
	const bad = path.join(folder, 'bad.json');
	writeFileSync(bad, preset('Bad', {expect: claim(1e9)}));

	const fine = await callCli(['presets', '--check', good]);
	expect(fine).toMatchObject({status: 0, stderr: ''});
	expect(fine.stdout).toMatch(/good\.json {2}loads\n {2}Good\n {2}holds {2}throughput\.completed > 1: \d+\n$/v);

	const failed = await callCli(['presets', '--check', good, bad, '--format', 'json']);
	expect(failed.status).toBe(1);
	expect(failed.stderr).toMatch(/^vqlab: \S*bad\.json: throughput\.completed > 1000000000 does not hold: \d+\n$/v);
	expect(JSON.parse(failed.stdout)).toMatchObject([{claims: [{holds: true}]}, {claims: [{holds: false}]}]);

	const unread = await callCli(['presets', '--check', path.join(own, 'broken.json')]);
	expect(unread).toMatchObject({status: 2, stdout: ''});
	expect(unread.stderr.trim().split('\n')).toHaveLength(1);
	const none = await callCli(['presets', '--check']);
	expect(none.stderr).toMatch(/a file is missing/v);
});

test('new takes a preset and settings, and drops what was claimed of the old one', async () => {
	const {output} = await newPreset(['seed-2019-kick-under-lock'], {set: ['host.cpus=2'], output: undefined});
	const file = path.join(folder, 'new.json');
	writeFileSync(file, output);
	const made = loadPreset(file);
	expect(made.given['host.cpus']).toBe(2);
	expect(made.expect).toEqual([]);
	expect(made.clients).toEqual(loadPreset('seed-2019-kick-under-lock').clients);
	await expect(newPreset(['seed-2019-kick-under-lock'], {set: ['no.such=1'], output: undefined})).rejects.toThrow(
		UserError,
	);
	expect(await callCli(['presets', 'new'])).toMatchObject({status: 2});
});

test('new asks on a terminal, refuses what cannot be, and writes to the own folder', async () => {
	const terminal = new TestTerminal(process.execPath, [cliFile, 'presets', 'new'], {
		environment: {XDG_CONFIG_HOME: path.join(folder, 'fresh')},
	});
	try {
		await terminal.until('Which preset is nearest?');
		terminal.write('ring-too-small\r');
		await terminal.until('What is it, in a line?');
		terminal.write('My box\r');
		await terminal.until('vCPUs');
		terminal.write('\r');
		await terminal.until('host CPUs');
		terminal.write('9999\r');
		await terminal.until('out of range');
		for (const answer of ['4', '', '', '', '128', '', 'box']) {
			terminal.write(`${answer}\r`);
		}

		expect(await terminal.exited).toEqual({code: 0, signal: 0});
	} finally {
		terminal.dispose();
	}

	const made = JSON.parse(readFileSync(path.join(folder, 'fresh/vqlab/presets/box.json'), 'utf8')) as object;
	expect(made).toMatchObject({title: 'My box', parameters: {'host.cpus': 4, 'queue.size': 128}});
});
