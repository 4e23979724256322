import process from 'node:process';
import {beforeAll, expect, test} from 'vitest';
import {buildCli, cliFile} from '../helpers/cli.js';
import {TestTerminal} from '../helpers/terminal.js';

beforeAll(async () => {
	await buildCli();
}, 60_000);

test('B forks, the kick is moved, view 5 says better, and quitting prints the command that repeats it', async () => {
	const terminal = new TestTerminal(process.execPath, [cliFile, '--speed', '1:2'], {columns: 120, rows: 36});
	try {
		await terminal.until(/num_free ─+ [\d.]+ of 64/v);
		terminal.write('B');
		await terminal.until('A|B');
		terminal.write('\u001B[C');
		await terminal.until('kick-after-unlock');
		terminal.write('5');
		await terminal.until(/[○●] B is better/v);
		expect(terminal.text).toMatch(/Worker spin +ms\/s +[\d.]+ +[\d.]+ +-99\.\d % .* better/v);
		terminal.write('q');
		expect(await terminal.exited).toEqual({code: 0, signal: 0});
		expect(terminal.unwrapped).toContain(
			'vqlab compare seed-2019-kick-under-lock --b driver.lockPolicy=kick-after-unlock',
		);
	} finally {
		terminal.dispose();
	}
});
