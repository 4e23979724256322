import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {buildCli, cliFile, runCli} from '../helpers/cli.js';
import {TestTerminal} from '../helpers/terminal.js';

const open: TestTerminal[] = [];

function start(argv: readonly string[], environment: Record<string, string>): TestTerminal {
	const terminal = new TestTerminal(process.execPath, [cliFile, ...argv], {columns: 80, rows: 24, environment});
	open.push(terminal);
	return terminal;
}

/**
The same behind a shell that stays until Enter: a pty whose program has gone is closed within 200 ms
(node-pty), whether or not all of it has been read.
*/
function startBefore(argv: readonly string[], environment: Record<string, string>): TestTerminal {
	const words = ['-c', '"$@"; code=$?; printf "ended %s" "$code"; read -r _; exit "$code"', 'sh'];
	const terminal = new TestTerminal('/bin/sh', [...words, process.execPath, cliFile, ...argv], {
		columns: 80,
		rows: 24,
		environment,
	});
	open.push(terminal);
	return terminal;
}

/** The screen when the program has ended, and how it did. */
async function ended(terminal: TestTerminal): Promise<string> {
	await terminal.until(/^ended \d+$/mv);
	const {text} = terminal;
	terminal.write('\r');
	expect(await terminal.exited).toEqual({code: 0, signal: 0});
	return text;
}

beforeAll(async () => {
	await buildCli();
}, 60_000);

afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.dispose();
	}
});

const hasLess = spawnSync('less', ['--version']).status === 0;

test.skipIf(!hasLess)(
	'a text that is longer than the screen waits in less, Ctrl-C does not end it, q does',
	async () => {
		const terminal = start(['explain'], {PAGER: 'less', LESS: 'FRX'});
		await terminal.until('Parameters (key, default, unit)');
		await terminal.until(/^:/mv);
		expect(terminal.text).not.toContain('host.cost.exitUser');
		terminal.write('\u0003');
		// What is typed while less hears of it may be lost: once more at each sign of life.
		await terminal.until(({text}) => {
			terminal.write('G');
			return text.includes('(END)');
		});
		terminal.write('q');
		expect(await terminal.exited).toEqual({code: 0, signal: 0});
	},
);

test('a pager that leaves early, with a failure, is no failure of ours', async () => {
	const text = await ended(startBefore(['presets'], {PAGER: 'head -n 2; exit 3'}));
	expect(text.trim().split('\n').length).toBe(3);
});

test('without such a program, with --no-pager and with PAGER=cat the text is printed whole', async () => {
	const {stdout} = runCli(['help']);
	const last = stdout.trimEnd().split('\n').at(-1)?.trim() ?? 'nothing';
	for (const [argv, environment] of [
		[['help'], {PAGER: 'no-such-pager'}],
		[['help', '--no-pager'], {PAGER: 'head -n 1'}],
		[['--help'], {PAGER: 'cat'}],
	] as const) {
		// eslint-disable-next-line no-await-in-loop -- one terminal at a time
		expect(await ended(startBefore(argv, environment))).toContain(last);
	}
});

test('--verbose says on stderr what it took, --quiet contradicts it', () => {
	const {stdout, stderr, status} = runCli(['version', '--verbose']);
	expect({stdout, status}).toEqual({stdout: runCli(['version']).stdout, status: 0});
	expect(stderr).toMatch(/^vqlab [\d.]+, Node [\d.]+, \w+ \w+; version: [\d.]+ s, [\d.]+ s of CPU, \d+ MiB\n$/v);
	expect(runCli(['version', '--verbose', '--quiet'])).toMatchObject({
		status: 2,
		stderr: 'vqlab: --quiet and --verbose contradict each other: give one of them\n',
	});
	expect(runCli(['schema', '--quiet']).status).toBe(0);
});
