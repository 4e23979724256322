import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {TestTerminal} from '../helpers/terminal.js';
import {fixture} from '../trace/trace-lines.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(path.join(tmpdir(), 'vqlab-dry-run-'));
const cli = path.join(copy, 'distribution/cli.js');
const patches = ['view', 'verb'].map(name => path.join(root, 'test/dry-runs', `${name}.patch`));

/** A copy of the sources with both patches, built as it ships. */
beforeAll(() => {
	for (const name of ['source', 'scripts', 'presets', 'package.json', 'package-lock.json', 'tsconfig.json']) {
		cpSync(path.join(root, name), path.join(copy, name), {recursive: true});
	}

	symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
	for (const patch of patches) {
		execFileSync('git', ['apply', patch], {cwd: copy});
	}

	execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {cwd: copy});
});

afterAll(() => {
	rmSync(copy, {recursive: true, force: true});
});

const vqlab = (...words: readonly string[]): string =>
	execFileSync(process.execPath, [cli, ...words], {encoding: 'utf8'});

test('a view and a verb are a new file each, and touch no other', () => {
	for (const patch of patches) {
		const text = readFileSync(patch, 'utf8');
		expect(text.match(/^diff --git /gmv)).toHaveLength(1);
		expect(text).toMatch(/^new file mode /mv);
	}
});

test('the verb has its row in the help, its own help, and does what it says', () => {
	expect(vqlab('--help')).toMatch(/^ {2}vqlab count +how many presets ship$/mv);
	expect(vqlab('count', '--help')).toContain('How many presets ship.');
	expect(vqlab('count')).toMatch(/^\d+ presets\n$/v);
});

test('the view is explained, has its tab and its key, and draws a recording', async () => {
	expect(vqlab('explain', 'rates')).toContain('doorbells, interrupts and commands over time');
	const terminal = new TestTerminal(process.execPath, [cli, 'view', fixture('base_flood1_p2.guest')]);
	await terminal.until(' 7 rates ');
	terminal.write('7');
	await terminal.until('[7 rates]');
	await terminal.until(/╭ Doorbells ─+ [\d.]+k? \/s ╮/v);
	terminal.write(':rates');
	await terminal.until(/▸ rates +command +7/v);
	terminal.dispose();
});
