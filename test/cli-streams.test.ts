import {Buffer} from 'node:buffer';
import {spawn, spawnSync, type SpawnSyncReturns} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {commands} from '../source/commands/registry.js';
import {buildCli, callCli, cliFile} from './helpers/cli.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
const trace = path.join(folder, 'guest.txt');
const cells = path.join(folder, 'cells.json');

beforeAll(async () => {
	await buildCli();
	const {stdout} = await callCli(['export', '--to', 'ftrace', '--for', '1ms']);
	writeFileSync(trace, stdout);
	const testbed = JSON.parse(readFileSync('test/testbed/cells.json', 'utf8')) as {cells: unknown[]};
	writeFileSync(cells, JSON.stringify({...testbed, cells: testbed.cells.slice(0, 1), pairs: []}));
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const short = ['--for', '2ms', '--warmup', '1ms'];

/**
A command line of each verb that prints something; without those that take
seconds, which print as the others do.
*/
const printing: ReadonlyArray<readonly string[]> = [
	['--help'],
	['--version'],
	['run', '--help'],
	['run', ...short],
	['run', ...short, '--format', 'ndjson'],
	['run', ...short, '--runs', '2'],
	['compare', ...short, '--runs', '1'],
	['export', ...short, '--to', 'csv'],
	['export', '--to', 'qemu'],
	['validate', cells, '--for', '2ms', '--warmup', '1ms', '--runs', '1', '--require', '0'],
	['record'],
	['presets'],
	['explain'],
	['schema'],
	['diff', ...short],
	['sweep', ...short, '--axis', 'queue.size=64,128'],
	['snapshot', '--at', '5ms'],
	['completion', 'bash'],
	['help', 'run'],
	['version'],
];

function inShell(redirection: string, argv: readonly string[], shell = 'sh'): SpawnSyncReturns<string> {
	return spawnSync(shell, ['-c', `"$@" ${redirection}; exit $?`, 'sh', process.execPath, cliFile, ...argv], {
		encoding: 'utf8',
	});
}

test('no verb is forgotten', () => {
	const verbs = new Set(printing.map(([verb]) => verb));
	expect(
		commands
			.map(({name}) => name)
			.filter(name => !verbs.has(name))
			.toSorted(),
	).toEqual(['advise', 'calibrate', 'merge', 'replay', 'selfcheck', 'tune', 'view']);
});

const full = 'vqlab: standard output can not be written: no space is left on the device\n';

test.runIf(existsSync('/dev/full')).each(printing.map(argv => [argv]))(
	'%j on a full disk is exit 2 and a line',
	async argv => {
		expect(await callCli(argv, {stdout: '/dev/full'})).toEqual({stdout: '', stderr: full, status: 2});
	},
);

test.runIf(existsSync('/dev/full')).each([[['--version']], [['run', ...short]]])(
	'%j on the full disk of its shell is the same',
	argv => {
		expect(inShell('> /dev/full', argv)).toMatchObject({stderr: full, status: 2});
	},
);

test.runIf(existsSync('/proc/self/fd')).each([[['--help']], [['run', ...short]], [['explain']]])(
	'%j with its output closed is exit 2 and a line',
	argv => {
		// Shells close it in ways of their own; what is then found does not depend on the verb.
		const shells = argv[0] === '--help' ? ['sh', 'bash'] : ['sh'];
		for (const shell of shells.filter(name => existsSync(`/bin/${name}`))) {
			const {status, stderr} = inShell('>&-', argv, shell);
			expect(stderr).toBe('vqlab: standard output can not be written: it is closed\n');
			expect(status).toBe(2);
		}

		const {status, stderr} = inShell('1< /dev/null', argv);
		expect(stderr).toBe('vqlab: standard output can not be written: it is not open for writing\n');
		expect(status).toBe(2);
	},
);

test('an output that nobody wants is no mistake', () => {
	expect(inShell('> /dev/null', ['explain'])).toMatchObject({status: 0, stderr: ''});
	expect(inShell('<&-', ['explain', 'IRQ', 'rate'])).toMatchObject({status: 0, stderr: ''});
	expect(spawnSync(process.execPath, [cliFile, 'explain'], {stdio: 'ignore'}).status).toBe(0);
	expect(
		spawnSync('sh', ['-c', '"$@"; exit $?', 'sh', process.execPath, cliFile, 'explain'], {stdio: 'ignore'}).status,
	).toBe(0);
});

test.runIf(existsSync('/dev/full'))('an error stream that is full changes no exit code but 0', () => {
	expect(inShell('2> /dev/full', ['explain'])).toMatchObject({status: 0});
	expect(inShell('2> /dev/full', ['run', 'no-such-preset'])).toMatchObject({status: 2});
	expect(inShell('2> /dev/full', ['run', ...short, '--assert', 'throughput.completed < 1'])).toMatchObject({
		status: 1,
	});
	const warned = inShell('2> /dev/full', ['run', ...short, '--set', 'queue.size=2048']);
	expect(warned.stdout).toContain('throughput');
	expect(warned.status).toBe(2);
});

test('a reader that has gone ends it silently, and the file is written all the same', async () => {
	const file = path.join(folder, 'preset.json');
	const child = spawn(process.execPath, [cliFile, 'calibrate', trace, '--output', file], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stdout.destroy();
	let stderr = '';
	child.stderr.on('data', (data: Uint8Array) => {
		stderr += String(data);
	});
	expect(await once(child, 'close')).toEqual([0, null]);
	expect(stderr).toBe('');
	expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('clients');
});

test('an output that another program has set not to block comes whole', async () => {
	// Node sets its end of the pipe so, and the child shares it.
	const child = spawn(
		process.execPath,
		[
			'-e',
			`
		process.stdout.write('');
		const {spawnSync} = require('node:child_process');
		process.exitCode = spawnSync(process.execPath, process.argv.slice(1), {stdio: ['ignore', 'inherit', 'inherit']}).status;
	`,
			cliFile,
			'explain',
			'--format',
			'json',
		],
		{stdio: ['ignore', 'pipe', 'inherit']},
	);
	const chunks: Uint8Array[] = [];
	for await (const chunk of child.stdout as AsyncIterable<Uint8Array>) {
		chunks.push(chunk);
	}

	expect(JSON.parse(Buffer.concat(chunks).toString('utf8'))).toHaveProperty('metrics');
});

test('--output /dev/stdout is standard output: a file that is appended to stays', () => {
	const log = path.join(folder, 'log');
	writeFileSync(log, 'before\n');
	const descriptor = openSync(log, 'a');
	const {status} = spawnSync(process.execPath, [cliFile, 'explain', 'IRQ', 'rate', '--output', '/dev/stdout'], {
		stdio: ['ignore', descriptor, 'inherit'],
	});
	closeSync(descriptor);
	expect(status).toBe(0);
	expect(readFileSync(log, 'utf8')).toMatch(/^before\n.*IRQ/v);
});

test.each(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])('--output %s through a pipe or a socket', file => {
	const {stdout, stderr, status} = spawnSync(
		process.execPath,
		[cliFile, 'explain', 'IRQ', 'rate', '--output', file],
		{encoding: 'utf8'},
	);
	expect({stderr, status}).toEqual({stderr: '', status: 0});
	expect(stdout).toContain('IRQ');
	expect(inShell('| cat', ['explain', 'IRQ', 'rate', '--output', file]).stdout).toBe(stdout);
});
