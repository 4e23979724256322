import {spawn, type ChildProcessByStdio} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type Readable} from 'node:stream';
import {text as textOf} from 'node:stream/consumers';
import {beforeAll, expect, test} from 'vitest';
import {buildCli, callCli, cliFile, runCli} from './helpers/cli.js';
import {TestTerminal} from './helpers/terminal.js';

beforeAll(buildCli);

const short = ['--for', '20ms', '--warmup', '5ms'];

/** The document without what differs from run to run of the same thing. */
function timeless(json: string): unknown {
	const document: unknown = JSON.parse(json);
	expect(document).toHaveProperty('wallSeconds');
	return {...(document as object), wallSeconds: 0};
}

async function hashOf(argv: readonly string[]): Promise<unknown> {
	const {stdout} = await callCli(['run', ...short, '--format', 'json', ...argv]);
	const document: unknown = JSON.parse(stdout);
	return (document as {eventHash: unknown}).eventHash;
}

function start(argv: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
	return spawn(process.execPath, [cliFile, 'run', ...argv], {stdio: ['ignore', 'pipe', 'pipe']});
}

test('the same seed prints the same JSON in any process', async () => {
	const first = runCli(['run', ...short, '--format', 'json']);
	const second = await callCli(['run', ...short, '--format', 'json']);
	expect(first).toMatchObject({status: 0, stderr: ''});
	expect(timeless(first.stdout)).toEqual(timeless(second.stdout));
	expect(timeless(first.stdout)).toMatchObject({
		schema: 2,
		end: 'duration',
		stall: null,
		seed: 1,
	});
});

test('a change gives other events, the same ones each time', async () => {
	const change = ['--change', '10ms driver.lockPolicy=kick-after-unlock'];
	const changed = await hashOf(change);
	expect(await hashOf(change)).toBe(changed);
	expect(await hashOf([])).not.toBe(changed);
	expect(await hashOf(['--seed', '2'])).not.toBe(await hashOf([]));
	expect(await hashOf(['--set', 'driver.lockPolicy=kick-after-unlock'])).not.toBe(changed);
});

test('checking the invariants and cutting windows change nothing', async () => {
	const plain = await hashOf([]);
	expect(await hashOf(['--check'])).toBe(plain);
	expect(await hashOf(['--window', '100us'])).toBe(plain);
});

test('the text has 80 columns at most', async () => {
	const {stdout, status} = await callCli(['run', ...short]);
	expect(status).toBe(0);
	expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([]);
	expect(stdout).toMatch(/\nverdict {2}[a-z\-]+\n/v);
});

test('the windows of a series add up to the run', async () => {
	const {stdout} = await callCli(['run', ...short, '--format', 'csv']);
	const [header, ...rows] = stdout
		.trimEnd()
		.split('\n')
		.map(line => line.split(','));
	const column = header.indexOf('throughput.completed');
	let completed = 0;
	for (const row of rows) {
		completed += Number(row[column]);
	}

	const whole = await callCli(['run', ...short, '--format', 'json']);
	const document = timeless(whole.stdout);
	expect(rows).toHaveLength(20);
	expect(document).toHaveProperty('metrics.throughput.completed');
	expect(completed / rows.length).toBeCloseTo(
		(document as {metrics: {throughput: {completed: number}}}).metrics.throughput.completed,
		6,
	);
});

test('a failed assertion is exit 1 and a line, after the report', async () => {
	const {stdout, stderr, status} = await callCli([
		'run',
		...short,
		'--format',
		'json',
		'--assert',
		'throughput.completed < 1',
	]);
	expect(status).toBe(1);
	expect(stderr).toMatch(/^vqlab: assertion failed: throughput\.completed < 1 \(it is \d+\)\n$/v);
	expect(() => timeless(stdout)).not.toThrow();
	expect(await callCli(['run', ...short, '--assert', 'throughput.completed > 1'])).toMatchObject({status: 0});
});

test('--until-stall finds none here', async () => {
	expect(await callCli(['run', ...short, '--until-stall'])).toMatchObject({status: 1});
});

test('--output has the report and stdout is empty', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
	try {
		const file = path.join(folder, 'run.json');
		const {stdout, status} = await callCli(['run', ...short, '--format', 'json', '--output', file]);
		expect({stdout, status}).toEqual({stdout: '', status: 0});
		expect(timeless(readFileSync(file, 'utf8'))).toMatchObject({schema: 2});
		expect(readdirSync(folder)).toEqual(['run.json']);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('a preset on stdin', () => {
	const {stdout, status} = runCli(['run', '-', ...short, '--format', 'json'], {
		input: JSON.stringify({
			title: 'one client',
			theme: 'machine',
			clients: [
				{
					name: 'a',
					kind: 'closed',
					loop: [{commands: ['RESOURCE_FLUSH']}],
					wait: 'response',
				},
			],
		}),
	});
	expect(status).toBe(0);
	expect(timeless(stdout)).toMatchObject({preset: 'stdin', clients: [{name: 'a'}]});
});

/**
Sends a signal once the progress of the run shows so much; what was printed, and the exit code.
*/
async function interrupted(
	argv: readonly string[],
	shown: string | RegExp,
	signal: 'SIGINT' | 'SIGTERM',
): Promise<{readonly status: number; readonly output: string}> {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
	const file = path.join(folder, 'output');
	const terminal = new TestTerminal(
		'/bin/sh',
		['-c', 'exec "$0" "$@" > "$output"', process.execPath, cliFile, 'run', ...argv],
		{environment: {output: file}},
	);
	try {
		await terminal.until(shown);
		terminal.kill(signal);
		const {code} = await terminal.exited;
		return {status: code, output: readFileSync(file, 'utf8')};
	} finally {
		terminal.dispose();
		rmSync(folder, {recursive: true});
	}
}

test.each([
	['SIGINT', 130],
	['SIGTERM', 143],
] as const)('%s: what was finished is printed, exit %i', async (signal, code) => {
	const {status, output} = await interrupted(
		['--for', '1000s', '--window', '1s', '--format', 'json'],
		'run ',
		signal,
	);
	expect(status).toBe(code);
	expect(timeless(output)).toMatchObject({end: 'interrupted'});
});

test('of several runs those that were finished are printed', async () => {
	const {status, output} = await interrupted(
		[...short, '--runs', '10000', '--format', 'json'],
		/seed \d+, \d+ of 10000/v,
		'SIGTERM',
	);
	expect(status).toBe(143);
	const {runs} = JSON.parse(output) as {runs: unknown[]};
	expect(runs.length).toBeGreaterThan(0);
	expect(runs.length).toBeLessThan(10_000);
});

test('a reader that goes away is no error', async () => {
	// Several times what a pipe holds.
	const child = start(['--for', '200ms', '--warmup', '5ms', '--format', 'ndjson']);
	const errors = textOf(child.stderr);
	await once(child.stdout, 'data');
	child.stdout.destroy();
	const [status] = (await once(child, 'exit')) as [number | null];
	expect(status).toBe(0);
	expect(await errors).toBe('');
});
