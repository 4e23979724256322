import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {open as openFile} from 'node:fs/promises';
import {closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {buildCli, callCli, cliFile} from './helpers/cli.js';
import {TestTerminal} from './helpers/terminal.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
const pipe = path.join(folder, 'pipe.json');
const trace = path.join(folder, 'guest.txt');
const children: ChildProcess[] = [];
const terminals: TestTerminal[] = [];

beforeAll(async () => {
	await buildCli();
	const {stdout} = await callCli(['export', '--to', 'ftrace', '--for', '10ms']);
	writeFileSync(trace, stdout);
});

beforeEach(() => {
	spawnSync('mkfifo', [pipe]);
});

afterEach(() => {
	rmSync(pipe);
	for (const child of children.splice(0)) {
		child.kill('SIGKILL');
	}

	for (const terminal of terminals.splice(0)) {
		terminal.dispose();
	}
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const signals = {SIGINT: 130, SIGTERM: 143} as const;
type Signal = keyof typeof signals;

/** The exit status as a shell counts it. */
async function statusOf(child: ChildProcess): Promise<number> {
	const [code, signal] = (await once(child, 'exit')) as [number | null, Signal | null];
	return code ?? (signal === null ? -1 : signals[signal]);
}

function start(
	argv: readonly string[],
	stdio: Parameters<typeof spawn>[2]['stdio'] = ['ignore', 'ignore', 'ignore'],
): ChildProcess {
	const child = spawn(process.execPath, [cliFile, ...argv], {stdio});
	children.push(child);
	return child;
}

function terminal(argv: readonly string[]): TestTerminal {
	const started = new TestTerminal(process.execPath, [cliFile, ...argv]);
	terminals.push(started);
	return started;
}

/** Commands that wait for a pipe without a word in it. */
const waiting: ReadonlyArray<readonly string[]> = [
	['run', pipe],
	['export', pipe, '--to', 'csv'],
	['calibrate', pipe],
	['calibrate', trace, '--host', pipe],
	['calibrate', trace, '--side', pipe],
	['replay', pipe],
	['validate', pipe],
	['merge', pipe],
	['sweep', pipe, '--axis', 'queue.size=64,128'],
	['compare', '--baseline', pipe],
	['run', '--session', pipe],
	['snapshot', pipe],
];

/** The first with both signals; the others, which have the same handler, with one in turn. */
const ended: ReadonlyArray<readonly [Signal, readonly string[]]> = [
	['SIGTERM', waiting[0]],
	...waiting.map((argv, index) => [index % 2 === 0 ? 'SIGINT' : 'SIGTERM', argv] as const),
];

test.each(ended)('%s ends %j, which waits for a pipe', async (signal, argv) => {
	const child = start(argv);
	const status = statusOf(child);
	// It is opened for writing when the program has opened it for reading.
	const writer = await openFile(pipe, 'w');
	await writer.write('{');
	child.kill(signal);
	expect(await status).toBe(signals[signal]);
	await writer.close();
});

test.each(waiting.slice(0, 3))('a signal ends %j while nobody has opened the pipe', async (...argv) => {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		const child = start(argv.flat());
		const status = statusOf(child);
		await once(child, 'spawn'); // eslint-disable-line no-await-in-loop -- one after the other
		child.kill(signal);
		expect(await status).toBe(signals[signal]); // eslint-disable-line no-await-in-loop -- the same
	}
});

test.each(['-', '/dev/stdin', '/dev/fd/0'])('a signal ends run %s, which waits for standard input', async source => {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		// Opened for both it is never at its end.
		const descriptor = openSync(pipe, 'r+');
		writeSync(descriptor, '{');
		const child = start(['run', source], [descriptor, 'ignore', 'ignore']);
		const socket = start(['run', source], ['pipe', 'ignore', 'ignore']);
		const statuses = [statusOf(child), statusOf(socket)];
		await Promise.all([once(child, 'spawn'), once(socket, 'spawn')]); // eslint-disable-line no-await-in-loop -- one after the other
		child.kill(signal);
		socket.kill(signal);
		expect(await Promise.all(statuses)).toEqual([signals[signal], signals[signal]]); // eslint-disable-line no-await-in-loop -- one after the other
		closeSync(descriptor);
	}
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a command whose output nobody reads', async signal => {
	const child = start(['explain', '--format', 'json'], ['ignore', 'pipe', 'ignore']);
	const status = statusOf(child);
	// More than a pipe holds has begun to come.
	await once(child.stdout ?? child, 'readable');
	child.kill(signal);
	expect(await status).toBe(signals[signal]);
	const toPipe = start(['explain', '--output', pipe]);
	const end = statusOf(toPipe);
	await once(toPipe, 'spawn');
	toPipe.kill(signal);
	expect(await end).toBe(signals[signal]);
});

test.each([
	['run', ['run', '--for', '3000s', '--window', '1s', '--format', 'json'], /"end": "interrupted"/v],
	['run', ['run', '--for', '30s', '--runs', '1000', '--window', '1s'], /ended by a signal|interrupted|0 runs|runs/v],
	['export', ['export', '--for', '3000s', '--warmup', '3000s', '--to', 'csv'], /./v],
	['validate', ['validate', 'test/testbed/cells.json', '--format', 'json'], /"inBand"/v],
])('Ctrl-C ends %s at its work: progress is erased, what is finished is printed', async (what, argv, printed) => {
	const output = path.join(folder, `${what}-output`);
	const shown = terminal([...argv, '--output', output]);
	await shown.until(new RegExp(String.raw`^${what}  \[[#.]+\] +\d+ %`, 'mv'));
	shown.write('\u0003');
	expect(await shown.exited).toEqual({code: 130, signal: 0});
	expect(shown.text.replace('^C', '').trim()).toBe('');
	expect(readFileSync(output, 'utf8')).toMatch(printed);
	rmSync(output);
});

test('selfcheck stops its workers in the middle of their checks', async () => {
	const shown = terminal(['selfcheck', '--format', 'json']);
	await shown.until(/^selfcheck {2}\[[#.]+\] +\d+ %/mv);
	shown.kill('SIGTERM');
	expect(await shown.exited).toEqual({code: 143, signal: 0});
	expect(shown.output).toMatch(/"theory"/v);
});

test('Ctrl-C takes the progress of a reading away and ends it at once', async () => {
	const shown = terminal(['calibrate', pipe]);
	const writer = await openFile(pipe, 'w');
	const line = '# a comment\n'.repeat(10_000);
	// The pipe takes more only when what is in it has been read.
	const writing = (async () => {
		try {
			for (;;) {
				await writer.write(line); // eslint-disable-line no-await-in-loop -- as fast as it is read
			}
		} catch {
			// The reader has gone.
		}
	})();
	await shown.until(/^read .*pipe\.json {2}\d+ MB/mv);
	shown.kill('SIGINT');
	expect(await shown.exited).toMatchObject({signal: 2});
	await writing;
	expect(shown.text.trim()).toBe('');
	await writer.close();
});

test('a signal leaves no file half written', async () => {
	const before = readdirSync(folder);
	const output = path.join(folder, 'whole.json');
	const child = start(['explain', '--format', 'json', '--output', output]);
	const status = statusOf(child);
	await once(child, 'spawn');
	child.kill('SIGTERM');
	await status;
	const left = readdirSync(folder).filter(name => !before.includes(name));
	expect(left.every(name => name === 'whole.json')).toBe(true);
});
