import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {parseDuration} from '../../source/parameters/duration.js';
import {buildCli, callCli, cliFile, runCli} from '../helpers/cli.js';
import {TestTerminal, type TerminalOptions} from '../helpers/terminal.js';
import {fixture} from '../trace/trace-lines.js';

const open: TestTerminal[] = [];
const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-view-'));
const guest = fixture('base_flood1_p2.guest');
const stream = fileURLToPath(new URL('../helpers/trace-stream.mjs', import.meta.url));

function start(argv: readonly string[], options: TerminalOptions = {}): TestTerminal {
	const terminal = new TestTerminal(process.execPath, [cliFile, ...argv], options);
	open.push(terminal);
	return terminal;
}

/** A shell without job control, as in a script: both sides of the pipe share the terminal. */
function pipe(left: string): TestTerminal {
	const terminal = new TestTerminal('/bin/bash', ['-c', `${left} | '${process.execPath}' '${cliFile}' view -`]);
	open.push(terminal);
	return terminal;
}

function isRestored(terminal: TestTerminal): boolean {
	return (
		!terminal.alternate && terminal.output.lastIndexOf('\u001B[?25h') > terminal.output.lastIndexOf('\u001B[?25l')
	);
}

beforeAll(async () => {
	await buildCli();
}, 60_000);

afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.dispose();
	}
});

test('a file is shown whole, zoomed, scrolled, resized; wrong keys do nothing; quitting restores the screen and says what it was', async () => {
	const terminal = start(['view', guest, '--host', fixture('base_flood1_p2.host')]);
	await terminal.until('Waits for qlock');
	await terminal.until(/● lock-waits {2}qlock: someone waits 77\.\d %/v);
	expect(terminal.alternate).toBe(true);
	expect(terminal.lines[0]).toContain('base_flood1_p2.guest.txt.gz');
	expect(terminal.text).toContain('host: 450 commands');
	terminal.write('FpB=w\u001B[Z');
	terminal.write('z');
	await terminal.until('a part');
	terminal.write('g');
	await terminal.until(/126\.450\d* to/v);
	terminal.write('[');
	await terminal.until('this is the first that is recorded');
	terminal.write('4');
	await terminal.until('By command');
	terminal.resize(80, 24);
	await terminal.until(shown => shown.text.includes('[4 latency]') && !shown.text.includes('By command'));
	terminal.resize(40, 10);
	await terminal.until('vqlab needs 60x18');
	terminal.resize(120, 36);
	await terminal.until('By command');
	terminal.write('?');
	await terminal.until('Help   4 latency');
	terminal.write('?');
	await terminal.until(shown => !shown.text.includes('Help   4 latency'));
	terminal.write('q');
	expect(await terminal.exited).toEqual({code: 0, signal: 0});
	expect(isRestored(terminal)).toBe(true);
	expect(terminal.unwrapped).toMatch(/^base_flood1_p2\.guest\.txt\.gz: 450 commands answered in 172 ms, /mv);
});

test('a stream is followed, paused, scrolled back and left; the writer does not hold it up', async () => {
	const terminal = pipe(`'${process.execPath}' '${stream}'`);
	await terminal.until(/Responses ─+ 1\.00k \/s/v);
	await terminal.until('► live');
	terminal.write(' ');
	await terminal.until('‖ paused');
	const [paused] = terminal.lines;
	terminal.write(' ');
	await terminal.until(shown => shown.lines[0].includes('► live') && shown.lines[0] !== paused);
	terminal.write('zz');
	await terminal.until('column 20.0 ms');
	terminal.write('{');
	await terminal.until('‖ paused');
	terminal.write('0');
	await terminal.until('► live');
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
	expect(isRestored(terminal)).toBe(true);
	expect(terminal.unwrapped).toMatch(/^standard input: \S+ commands answered in /mv);
});

/** The end of what a screen shows, s of the stream's clock; NaN while there is none. */
function shownTo({text}: TestTerminal): number {
	return Number(/ to (\d+\.\d{3}) s/v.exec(text)?.[1]);
}

/**
Every panel ends at the right edge, the hints stand in the last row but one, and
nothing is left of another size.
*/
function fills({lines, unwrapped}: TestTerminal, columns: number, rows: number): boolean {
	const edges = lines.filter(line => /[╮│╯]$/v.test(line));
	return (
		lines.length === rows &&
		unwrapped === lines.join('\n') &&
		/^ vqlab .* s *$/v.test(lines[0]) &&
		/(?:q quit|all keys) *$/v.test(lines[rows - 2]) &&
		lines[rows - 1] === '' &&
		edges.length > rows / 2 &&
		edges.every(line => line.length === columns)
	);
}

test('a resize while a stream comes in: the screen is drawn at the new size, and the figures go on', async () => {
	const terminal = pipe(`'${process.execPath}' '${stream}'`);
	await terminal.until(shown => fills(shown, 120, 36));
	let seen = 0;
	const later = (shown: TestTerminal): boolean => shownTo(shown) > seen;
	const goesOn = async (columns: number, rows: number): Promise<void> => {
		const isDrawn = (shown: TestTerminal): boolean =>
			fills(shown, columns, rows) && shown.lines[0].includes('► live') && later(shown);
		// The frame that the resize made, and one after it.
		await terminal.until(isDrawn);
		seen = shownTo(terminal);
		await terminal.until(isDrawn);
		seen = shownTo(terminal);
		// Where there is no room for both, the tail.
		expect(terminal.text).toMatch(/[─ ]p50 200 us p99 200 us|Latency us ─+ p99 200 us ╮/v);
		if (rows >= 24) {
			expect(terminal.text).toMatch(/Responses ─+ 1\.00k \/s/v);
			expect(terminal.text).toMatch(/control .* 1\.00k +1\.00 +1\.00/v);
		}
	};

	await goesOn(120, 36);
	for (const [columns, rows] of [
		[80, 24],
		[160, 48],
		[61, 19],
		[120, 36],
	] as const) {
		terminal.resize(columns, rows);
		await goesOn(columns, rows); // eslint-disable-line no-await-in-loop -- one size after the other
	}

	terminal.resize(40, 10);
	await terminal.until(shown => shown.text.includes('vqlab needs 60x18') && later(shown));
	seen = shownTo(terminal);
	await terminal.until(later);
	// Several sizes at once, as when a window's edge is dragged: the last one counts.
	terminal.resize(90, 20);
	terminal.resize(130, 40);
	terminal.resize(100, 30);
	await goesOn(100, 30);
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
	expect(isRestored(terminal)).toBe(true);
});

test('a stream that ends says so and stays open, though its writer has reset the terminal', async () => {
	const terminal = pipe(`'${process.execPath}' '${stream}' 1`);
	await terminal.until('‖ stream ended');
	terminal.write('4');
	await terminal.until('n 1,000');
	terminal.write('\u0003');
	expect(await terminal.exited).toMatchObject({code: 0});
	expect(isRestored(terminal)).toBe(true);
	expect(terminal.unwrapped).toContain('standard input: 1.00k commands answered in 999 ms');
});

test.each([
	['printf ""', 'vqlab: standard input: it is empty'],
	['echo hello', 'vqlab: standard input: none of its 1 lines is an event'],
	['printf "PERFILE2 and more"', 'vqlab: standard input: it is a perf.data: perf script > trace.txt'],
])('the stream of %s is refused in one line', async (left, message) => {
	const terminal = pipe(left);
	expect(await terminal.exited).toMatchObject({code: 2});
	expect(terminal.alternate).toBe(false);
	expect(terminal.unwrapped).toContain(message);
	expect(terminal.unwrapped).not.toContain(' at ');
});

test('the model beside a recording stands on the same axes', async () => {
	const terminal = start([
		'view',
		fixture('base_paced_p0.guest'),
		'--beside',
		'compositor-60hz',
		'--set',
		'warmup=20ms',
	]);
	await terminal.until(shown => /Recorded ─ model ┄ ─+ compositor-60hz/v.test(shown.text));
	await terminal.until(/latency p50 +\d+ us +\d+ us +[+\-]\d+\.\d %/v);
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
});

test.each([
	[['view', 'nothing.txt'], 'nothing.txt: there is no such file'],
	[['view', guest, '--set', 'queue.size=4'], 'view: --set changes the model that --beside simulates'],
	[['view', guest, '--beside', 'no-such-preset'], 'no-such-preset'],
	[['view', fixture('base_paced_p0.host')], "it is a host's log: give it with --host"],
	[['view', '-'], 'view -: standard input is the keyboard'],
	[['view'], 'view: give a recording'],
	[['view', guest, '--fps', '0'], '--fps: "0" is no frame rate'],
] as const)('%j is one line, and the screen is not touched', async (argv, message) => {
	const terminal = start(argv);
	expect(await terminal.exited).toMatchObject({code: 2});
	expect(terminal.output).not.toContain('\u001B[?1049h');
	expect(terminal.unwrapped).toContain(message);
});

test('without a terminal one line says what needs none', () => {
	const {status, stdout, stderr} = runCli(['view', 'guest.txt']);
	expect({status, stdout, stderr}).toEqual({
		status: 2,
		stdout: '',
		stderr: 'vqlab: view needs a terminal on stdin and stdout; without one: vqlab calibrate guest.txt\n',
	});
	const empty = path.join(folder, 'empty.txt');
	writeFileSync(empty, '');
	expect(runCli(['view', '-'], {input: ''}).stderr).toMatch(/^vqlab: view needs a terminal on stdout; [^\n]+\n$/v);
});

test('an empty file and a binary one are refused in one line', async () => {
	const empty = path.join(folder, 'empty.txt');
	writeFileSync(empty, '');
	const binary = path.join(folder, 'binary.dat');
	writeFileSync(
		binary,
		Uint8Array.from({length: 70_000}, (_, index) => (index * 7919) % 256),
	);
	for (const [file, message] of [
		[empty, 'it is empty'],
		[binary, 'it is not text; '],
	] as const) {
		const terminal = start(['view', file], {columns: 200});
		expect(await terminal.exited).toMatchObject({code: 2}); // eslint-disable-line no-await-in-loop -- one terminal after the other
		expect(terminal.unwrapped.trim().split('\n')).toHaveLength(1);
		expect(terminal.text).toContain(message);
	}
});

test('the last milliseconds of a simulation are saved from the dashboard, and are its headless export', async () => {
	const place = mkdtempSync(path.join(folder, 'save-'));
	const terminal = start(['--speed', '1:5'], {cwd: place});
	await terminal.until(/t +0\.[1-9]\d* s/v);
	terminal.write('\u001B[C');
	await terminal.until('kick-after-unlock');
	await terminal.until(/t +0\.[3-9]\d* s/v);
	terminal.write(' ');
	await terminal.until('‖ paused');
	terminal.write('w\t');
	await terminal.until('ftrace     text');
	const name = /file +▏(\S+)_ /v.exec(terminal.text)?.[1] ?? '';
	terminal.write('\r');
	await terminal.until(`saved ${name.slice(0, 40)}`);
	expect(readdirSync(place)).toEqual([name]);
	terminal.write('w\t\r');
	await terminal.until('is there already: choose another name');
	terminal.write('\u001B');
	await terminal.until(shown => !shown.text.includes('Save the last'));
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
	const [, change, length] = /--change '([^']+)' .*--for (\S+) --warmup/v.exec(terminal.unwrapped) ?? [];
	const from = 200_000_000 + parseDuration(length) - 20_000_000;
	const {stdout, status} = await callCli([
		'export',
		'--to',
		'ftrace',
		'--change',
		change,
		'--warmup',
		`${from}ns`,
		'--for',
		'20ms',
	]);
	expect(status).toBe(0);
	expect(stdout.length).toBeGreaterThan(5000);
	expect(readFileSync(path.join(place, name), 'utf8') === stdout).toBe(true);
});

test('the recording that ships opens by its name', async () => {
	const terminal = start(['view', 'sample'], {columns: 80, rows: 24});
	await terminal.until('guest.txt.gz recorded, no model');
	await terminal.until('steady');
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
});
