import {mkdir, mkdtemp, open, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync, gzipSync} from 'node:zlib';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {createVirtqueue} from '../../source/virtqueue/create-virtqueue.js';
import {findVectorFiles, replayFile} from './vector-file.js';

const fixtures = fileURLToPath(new URL('../fixtures/conformance', import.meta.url));
const files = await findVectorFiles([fixtures]);
const lines = gunzipSync(await readFile(path.join(fixtures, 'split-004-ev1-ind0.jsonl.gz')))
	.toString()
	.trimEnd()
	.split('\n');
let folder = '';

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'vqlab-vectors-'));
});

afterAll(async () => {
	await rm(folder, {recursive: true});
});

async function replay(content: string | Uint8Array) {
	const file = path.join(folder, 'vectors');
	await writeFile(file, content);
	return replayFile(file, createVirtqueue);
}

test('there are vectors of both layouts', () => {
	expect(files.filter(file => path.basename(file).startsWith('split')).length).toBe(8);
	expect(files.filter(file => path.basename(file).startsWith('packed')).length).toBe(5);
});

test.each(files.map(file => [path.basename(file), file]))('every step of %s passes', async (_, file) => {
	const {steps, passed, failure} = await replayFile(file, createVirtqueue);
	expect(failure).toBeNull();
	expect(passed).toBe(steps);
	expect(steps).toBeGreaterThan(2000);
});

test('a file may be plain, packed whatever its name, and end without a newline', async () => {
	const text = lines.slice(0, 10).join('\n');
	await expect(replay(text)).resolves.toMatchObject({steps: 9, passed: 9, failure: null});
	await expect(replay(gzipSync(text))).resolves.toMatchObject({steps: 9, passed: 9, failure: null});
	await expect(replay(`${text}\n`)).resolves.toMatchObject({steps: 9, passed: 9, failure: null});
});

test('the first mismatch names step, operation, field and both values; what follows does not pass', async () => {
	const wrong = lines.slice(0, 40);
	wrong[13] = wrong[13].replace('"ret":true', '"ret":false');
	await expect(replay(wrong.join('\n'))).resolves.toMatchObject({
		steps: 39,
		passed: 12,
		failure: {
			step: 12,
			operation: 'kick_prepare',
			field: 'ret',
			expected: false,
			got: true,
		},
	});
	wrong[6] = wrong[6].replace('"st":[2,0,0,2', '"st":[2,0,0,5');
	await expect(replay(wrong.join('\n'))).resolves.toMatchObject({
		steps: 39,
		passed: 5,
		failure: {
			step: 5,
			operation: 'pop',
			field: 'st.avail_event',
			expected: 5,
			got: 2,
		},
	});
});

const [header, init] = lines;
const after = (...more: string[]) => [header, init, ...more].join('\n');

test.each([
	['an empty file', '', 'line 1: the file ends before its first step'],
	['a header alone', header, 'line 2: the file ends before its first step'],
	['a truncated line', lines.slice(0, 9).join('\n').slice(0, -10), 'line 9: not JSON'],
	['text', 'hello\n', 'line 1: not JSON: "hello"'],
	['a number', '5\n', 'line 1: not a JSON object'],
	['an unknown ring', lines[0].replace('split', 'triangular'), 'line 1: not a vector header: ring'],
	[
		'a split size of 5',
		lines[0].replace('"size":4', '"size":5'),
		'line 1: queue size 5: a split queue needs a power of two',
	],
	['a size of 10^9', lines[0].replace('"size":4', '"size":1e9'), 'line 1: queue size 1000000000: must be'],
	['the state of the other layout', lines[0].replace('"split"', '"packed"'), 'line 1: not a vector header: st'],
	['a missing feature', lines[0].replace('"event_idx":true,', ''), 'line 1: not a vector header: event_idx'],
	['an unknown operation', after('{"i":1,"op":"frob","st":[]}'), 'line 3: unknown operation "frob"'],
	['a missing input', after('{"i":1,"op":"add","out":1,"tok":1,"st":[]}'), 'line 3: add: in'],
	['a missing result', after('{"i":1,"op":"kick_prepare","st":[]}'), 'line 3: kick_prepare: lacks ret'],
	['a missing state', after('{"i":1,"op":"more_used","ret":false}'), 'line 3: more_used: st is not'],
	['a missing line', after(lines[3]), 'line 3: step number 2 where 1 is due'],
	[
		'a buffer without segments',
		after('{"i":1,"op":"add","out":0,"in":0,"tok":1,"st":[]}'),
		'line 3: add: a buffer without segments',
	],
	[
		'push of what was not popped',
		after('{"i":1,"op":"push","tok":7,"len":0,"st":[]}'),
		'line 3: token 7 is not outstanding',
	],
	['publish of what was not pushed', after('{"i":1,"op":"publish","n":1,"st":[]}'), 'line 3: publish: n is 1 with 0'],
	[
		'an endless burst',
		after('{"i":1,"op":"burst","n":2e9,"b":4,"out":1,"in":0,"kick":true,"notif":true,"tok":1,"st":[]}'),
		'line 3: burst',
	],
	[
		'a damaged gzip',
		gzipSync(lines.slice(0, 30).join('\n')).subarray(0, -20),
		'cannot be read: unexpected end of file',
	],
	['zeros packed', gzipSync(new Uint8Array(1 << 22)), 'line 1: longer than 1048576 bytes: not a vector file'],
])('%s is refused with its line and why', async (_, content, message) => {
	const failure = await replay(content).then(
		() => null,
		(error: unknown) => error,
	);
	expect(failure).toBeInstanceOf(UserError);
	expect(String(failure)).toContain(message);
	expect(String(failure)).not.toContain('\n');
});

test('2 GB of zeros are refused after the first MiB', async () => {
	const file = path.join(folder, 'zeros.jsonl');
	const handle = await open(file, 'w');
	await handle.truncate(2 ** 31);
	await handle.close();
	await expect(replayFile(file, createVirtqueue)).rejects.toThrow('line 1: longer than 1048576 bytes');
});

test('folders are searched for vector files; a folder without any, or no folder at all, is refused', async () => {
	const empty = path.join(folder, 'empty');
	await mkdir(empty);
	await expect(findVectorFiles([empty])).rejects.toThrow(UserError);
	await expect(findVectorFiles([path.join(folder, 'absent')])).rejects.toThrow(UserError);
	await writeFile(path.join(empty, 'b.jsonl'), '');
	await writeFile(path.join(empty, 'a.jsonl.gz'), '');
	await writeFile(path.join(empty, 'notes.md'), '');
	await expect(findVectorFiles([empty])).resolves.toEqual([
		path.join(empty, 'a.jsonl.gz'),
		path.join(empty, 'b.jsonl'),
	]);
});
