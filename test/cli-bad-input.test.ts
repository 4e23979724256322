import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {buildCli, callCli, runCli} from './helpers/cli.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));

beforeAll(buildCli);

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const client = {
	name: 'game',
	kind: 'closed',
	loop: [{commands: ['RESOURCE_FLUSH']}],
	wait: 'response',
};
const good = {
	title: 'a',
	theme: 'machine',
	parameters: {},
	clients: [client],
};

const files: ReadonlyArray<readonly [string, string | Uint8Array]> = [
	['not JSON', '{"title": '],
	['empty', ''],
	['a JSON of another shape', '[1, 2, 3]'],
	['an unknown key', JSON.stringify({...good, parameters: {'queue.siez': 64}})],
	['an unknown field', JSON.stringify({...good, cilents: []})],
	['a negative size', JSON.stringify({...good, parameters: {'queue.size': -64}})],
	['a split ring that is no power of two', JSON.stringify({...good, parameters: {'queue.size': 100}})],
	['1e99s', JSON.stringify({...good, parameters: {'device.fencePoll': '1e99s'}})],
	['a duration without a unit', JSON.stringify({...good, parameters: {'device.fencePoll': 10}})],
	['a million clients', JSON.stringify({...good, clients: Array.from({length: 1_000_000}, () => client)})],
	['a million threads', JSON.stringify({...good, clients: [{...client, threads: 1_000_000}]})],
	['binary noise', Uint8Array.from({length: 4096}, (_, index) => (index * 197 + 13) % 256)],
	['a deep hole', '['.repeat(100_000)],
	[
		'a key of the prototype',
		'{"title": "a", "__proto__": {"x": 1}, "parameters": {"constructor": 1}, "clients": []}',
	],
];

type Ended = {readonly stdout: string; readonly stderr: string; readonly status: number | null};

const output = path.join(folder, 'out.json');

function checkOneLine({stdout, stderr, status}: Ended): string {
	expect(stderr).toMatch(/^vqlab: [^\n]{1,400}\n$/v);
	expect(stderr).not.toContain('fault of vqlab');
	expect(stdout).toBe('');
	expect(status).toBe(2);
	expect(readdirSync(folder).filter(name => name.includes('out.json'))).toEqual([]);
	return stderr;
}

async function expectOneLine(argv: readonly string[], input?: string | Uint8Array): Promise<string> {
	return checkOneLine(await callCli(['run', ...argv, '--output', output], input === undefined ? {} : {input}));
}

test.each(files)('a preset with %s', async (name, content) => {
	const file = path.join(folder, `${name.replaceAll(' ', '-')}.json`);
	writeFileSync(file, content);
	expect(await expectOneLine([file])).toContain(path.basename(file));
	rmSync(file);
});

test.each(files)('a preset on stdin with %s', async (_name, content) => {
	await expectOneLine(['-'], content);
});

/** What a process may make of it in its own way: the depth of its stack, bytes, a pipe. */
const inProcess = new Set(['a deep hole', 'binary noise', 'a million clients']);

test.each(files.filter(([name]) => inProcess.has(name)))('%s in a process of its own', (_name, content) => {
	checkOneLine(runCli(['run', '-', '--output', output], {input: content}));
});

test('a file that is not there, a folder, a folder called like a file', async () => {
	mkdirSync(path.join(folder, 'folder.json'));
	expect(await expectOneLine([path.join(folder, 'none.json')])).toContain('there is no such file');
	expect(await expectOneLine([folder])).toContain('folder');
	expect(await expectOneLine([path.join(folder, 'folder.json')])).toContain('folder');
	rmSync(path.join(folder, 'folder.json'), {recursive: true});
});

test.each([
	[['no-such-preset'], 'no preset is called'],
	[['--set', 'queue.size'], 'key=value'],
	[['--set', 'queue.siez=64'], 'did you mean queue.size?'],
	[['--set', 'queue.size=-1'], '2 to 32768'],
	[['--set', 'queue.size=100'], '64 or 128'],
	[['--set', 'queue.size=NaN'], 'queue.size'],
	[['--set', 'driver.lockPolicy=kick-under-lok'], 'kick-under-lock'],
	[['--set', 'device.gpuTime=5'], 'unit'],
	[['--set', 'device.gpuTime=1e99s'], 'device.gpuTime'],
	[['--for', '1e99s'], 'duration'],
	[['--for', '2'], 'unit'],
	[['--for=-2s'], 'below zero'],
	[['--for', '0s'], 'out of range'],
	[['--seed', 'x'], 'seed'],
	[['--seed', '1.5'], 'seed'],
	[['--runs', '0'], '1 to'],
	[['--runs', '1e9'], '1 to'],
	[['--window', '0s'], 'window'],
	[['--format', 'yaml'], 'text, json, ndjson, csv, markdown'],
	[['--runs', '2', '--format', 'ndjson'], 'drop --runs'],
	[['--change', 'queue.size=256'], 'a time and key=value'],
	[['--change', '5 queue.size=256'], 'unit'],
	[['--change', '500ms queue.size=100'], 'power of two'],
	[['--change', '500ms guest.vcpus=4'], '--set'],
	[['--change', '9s queue.size=128'], 'after the end of the run'],
	[['--assert', 'latency.p99'], 'PATH OP VALUE'],
	[['--assert', 'latency.p98 < 1ms'], 'did you mean latency.p9'],
	[['--assert', 'latency.p99 < 1%'], 'ns us ms s'],
])('%j', async (argv, message) => {
	expect(await expectOneLine(argv)).toContain(message);
});

test('an output that can not be written is refused before anything is simulated', async () => {
	const {stderr, status} = await callCli([
		'run',
		'--for',
		'1000s',
		'--output',
		path.join(folder, 'none', 'out.json'),
	]);
	expect(stderr).toMatch(/^vqlab: --output [^\n]*there is no folder[^\n]*\n$/v);
	expect(status).toBe(2);
});

test('an older output is left alone when the input is bad', async () => {
	const file = path.join(folder, 'older.json');
	writeFileSync(file, 'older');
	await callCli(['run', 'no-such-preset', '--output', file]);
	expect(readFileSync(file, 'utf8')).toBe('older');
});
