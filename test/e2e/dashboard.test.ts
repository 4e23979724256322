import process from 'node:process';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {buildCli, cliFile} from '../helpers/cli.js';
import {TestTerminal, type TerminalOptions} from '../helpers/terminal.js';

const open: TestTerminal[] = [];

function start(argv: readonly string[] = [], options: TerminalOptions = {}): TestTerminal {
	const terminal = new TestTerminal(process.execPath, [cliFile, ...argv], options);
	open.push(terminal);
	return terminal;
}

/** A number that stands in the screen, or undefined while it does not. */
function figure(terminal: TestTerminal, pattern: RegExp): number | undefined {
	const match = pattern.exec(terminal.text);
	return match === null ? undefined : Number(match[1]);
}

/** The preset with the fewest events, where it is not looked at: it starts soonest. */
const idle = 'idle-desktop';

const contention = /Contention ─+ (?:[\d.]+ → )?~?(\d+\.\d) %/v;
const ended = /^vqlab run seed-2019-kick-under-lock .*--seed 1 --for \S+ --warmup \S+ --expect [0-9a-f]{16}@\S+$/mv;

beforeAll(async () => {
	await buildCli();
}, 60_000);

afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.dispose();
	}
});

test('the contention of 2019 is there, moving the kick out of the lock takes it away, and quitting restores the screen', async () => {
	const terminal = start(['--speed', '1:2']);
	await terminal.until(() => (figure(terminal, contention) ?? 0) > 2);
	expect(terminal.alternate).toBe(true);
	expect(terminal.lines[0]).toContain('seed-2019-kick-under-lock');
	terminal.write('\u001B[C');
	await terminal.until('kick-after-unlock');
	await terminal.until(() => (figure(terminal, contention) ?? 100) < 0.3);
	await terminal.until('┆');
	terminal.write('q');
	expect(await terminal.exited).toEqual({code: 0, signal: 0});
	expect(terminal.alternate).toBe(false);
	expect(terminal.unwrapped).toMatch(ended);
	expect(terminal.unwrapped).toMatch(/--change '\S+ driver\.lockPolicy=kick-after-unlock'/v);
	expect(terminal.output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(terminal.output.lastIndexOf('\u001B[?25l'));
});

test('keys that come with the first frame do what they do later', async () => {
	const terminal = start([idle]);
	await terminal.until('Parameters');
	terminal.write('3?');
	await terminal.until('╔ Help   3 timeline');
	terminal.write('\u001B');
	await terminal.until(() => terminal.text.includes('[3 timeline]') && !terminal.text.includes('╔ Help'));
});

test.each([
	[120, 36],
	[80, 24],
])('one key takes the spin away, and the first screen at %ix%i says so in words', async (columns, rows) => {
	const terminal = start([], {columns, rows});
	await terminal.until(/● worker-spin .*▸ try \[a\]/sv);
	if (columns === 120) {
		expect(terminal.text).toMatch(/\d+ or more of 64 free: no/v);
	}

	terminal.write('a');
	await terminal.until(/Contention ─+ [\d.]+ → 0\.0 % .*better/v);
	await terminal.until(/Throughput ─+ [\d.k]+ → [\d.k]+ .*same/v);
	if (columns === 120) {
		expect(terminal.text).toMatch(/spin [\d.]+ → [\d.]+ better/v);
	}

	terminal.write('q');
	expect(await terminal.exited).toEqual({code: 0, signal: 0});
});

test('a larger ring changes nothing, and says what it did', async () => {
	const terminal = start(['--speed', '1:2', '--set', 'queue.size=1024']);
	await terminal.until(() => (figure(terminal, contention) ?? 0) > 2);
	expect(terminal.text).toMatch(/queue size +1024\*/v);
	terminal.write('\u0003');
	expect(await terminal.exited).toEqual({code: 0, signal: 0});
	expect(terminal.unwrapped).toContain('--set queue.size=1024');
});

test('Ctrl-Z gives the shell its screen back, fg takes it again', async () => {
	const terminal = new TestTerminal('/bin/bash', ['--norc', '--noprofile', '-i'], {
		environment: {PS1: 'prompt> ', HISTFILE: ''},
	});
	open.push(terminal);
	await terminal.until('prompt>');
	terminal.write(`'${process.execPath}' '${cliFile}' ${idle}\r`);
	await terminal.until('Contention');
	terminal.write('\u001A');
	await terminal.until(/Stopped/v);
	expect(terminal.alternate).toBe(false);
	terminal.write('stty -a | grep -o -- " icanon"\r');
	await terminal.until(/^ icanon$/mv);
	terminal.write('fg\r');
	await terminal.until(shown => shown.alternate && shown.text.includes('Contention'));
	terminal.write(' ');
	await terminal.until('‖ paused');
	terminal.write('q');
	await terminal.until(shown => !shown.alternate && /^vqlab run [^\n]*\nprompt>/mv.test(shown.unwrapped));
	terminal.write('exit\r');
	expect(await terminal.exited).toMatchObject({code: 0});
});

/** A value is typed, a wrong one explained, a preset picked, and undone. */
async function typeAndPick(terminal: TestTerminal): Promise<void> {
	terminal.write('/queue size\re3\r');
	await terminal.until(/✗ .*power of two/v);
	terminal.write('\u007F128\r');
	await terminal.until(/queue\.size \*? *◄128►/v);
	terminal.write('\u001B');
	await terminal.until('/ filter');
	terminal.write('p');
	await terminal.until('╔ Presets');
	terminal.write('/spin-on-one');
	await terminal.until(/1 of \d+|\/spin-on-one_/v);
	terminal.write('\r');
	await terminal.until(/vqlab +spin-on-one-cpu/v);
	terminal.write('u');
	await terminal.until(/vqlab +idle-desktop/v);
	await terminal.until(/queue size[ *]+◄?128►?/v);
}

test('a resize draws the screen anew; too small says so, pauses, and goes on; then a value is typed', async () => {
	const terminal = start([idle]);
	await terminal.until(/CPUs/v);
	terminal.resize(80, 24);
	await terminal.until(
		shown =>
			shown.lines[13].startsWith('╰──') &&
			shown.lines[14].startsWith('┏ Parameters') &&
			!shown.text.includes('CPUs'),
	);
	terminal.resize(52, 14);
	await terminal.until('This screen is too small: 52x14.');
	const paused = /paused at t (\S+) s/v.exec(terminal.text)?.[1];
	terminal.resize(200, 60);
	await terminal.until('Changes');
	await terminal.until(shown => (figure(shown, /t +(\d+\.\d+) s/v) ?? 0) > Number(paused));
	terminal.resize(120, 36);
	await terminal.until(shown => shown.lines[34].includes('q quit'));
	await typeAndPick(terminal);
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
});

test('paused, nothing is written; a step is', async () => {
	const terminal = start(['--speed', 'max']);
	await terminal.until(() => (figure(terminal, contention) ?? 0) > 2);
	terminal.write(' ');
	await terminal.until('‖ paused');
	terminal.write('?');
	await terminal.until('Help');
	terminal.write('\u001B');
	await terminal.until(shown => !shown.text.includes('Help'));
	const {lines} = terminal;
	terminal.write('.');
	await terminal.until(/t +\d+\.\d{6} s/v);
	expect(terminal.lines.slice(1, 22)).toEqual(lines.slice(1, 22));
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
});

test('without colour there is none, and ASCII is ASCII', async () => {
	const terminal = start([idle, '--ascii'], {environment: {NO_COLOR: '1'}});
	await terminal.until('# Parameters =');
	expect(terminal.text).toMatch(/^[\n -~]*$/v);
	terminal.write('q');
	await terminal.exited;
	expect(terminal.output.split('\u001B[').filter(part => /^(?:3[0-7]|9[0-7]|4[0-7])m/v.test(part))).toEqual([]);
});

test('what the command line has wrong is one line, and the screen is not touched', async () => {
	const terminal = start(['--speed', 'fast']);
	expect(await terminal.exited).toMatchObject({code: 2});
	expect(terminal.output).not.toContain('\u001B[?1049h');
	expect(terminal.text.trim()).toBe('vqlab: --speed: "fast" is no speed: write simulated:wall, as in 1:100, or max');
});
