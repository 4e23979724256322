import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {buildCli, cliFile} from '../helpers/cli.js';
import {TestTerminal} from '../helpers/terminal.js';

/** The preset with the fewest events: it starts soonest. */
const preset = 'idle-desktop';
const saved = `${preset}-changed.json`;
let folder = '';
let terminal: TestTerminal | undefined;

beforeAll(buildCli);

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
});

afterEach(() => {
	terminal?.dispose();
	rmSync(folder, {recursive: true});
});

/** Opens the dashboard, saves under the name that it offers, and waits for what it says. */
async function save(argv: readonly string[], said: string): Promise<TestTerminal> {
	terminal = new TestTerminal(process.execPath, [cliFile, preset, ...argv], {cwd: folder});
	await terminal.until('Contention');
	terminal.write('s');
	await terminal.until(saved);
	terminal.write('\r');
	await terminal.until(said);
	return terminal;
}

async function leave(shown: TestTerminal): Promise<void> {
	shown.write('q');
	expect(await shown.exited).toEqual({code: 0, signal: 0});
}

test('a save goes over nothing that is there', async () => {
	const file = path.join(folder, saved);
	writeFileSync(file, 'older');
	const shown = await save([], 'is there already');
	expect(readFileSync(file, 'utf8')).toBe('older');
	shown.write('.json\r');
	await shown.until(`saved ${saved}.json`);
	await leave(shown);
	expect(readdirSync(folder).toSorted()).toEqual([saved, `${saved}.json`]);
});

test('with --force it does, whole', async () => {
	const file = path.join(folder, saved);
	writeFileSync(file, 'older');
	await leave(await save(['--force'], 'saved'));
	expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('clients');
	expect(readdirSync(folder)).toEqual([saved]);
});

test('a name that the file system does not take is said, and the dashboard goes on', async () => {
	const shown = await save([], 'saved');
	shown.write('s');
	await shown.until(/Save/v);
	shown.write('\u0015');
	await shown.until(({text}) => !text.includes('changed.json'));
	shown.write('nowhere/x.json\r');
	await shown.until('there is no folder');
	shown.write('\u001B');
	await shown.until(({text}) => !text.includes('Save as a preset'));
	await leave(shown);
});
