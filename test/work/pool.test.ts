import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {buildSync} from 'esbuild';
import {afterAll, afterEach, expect, test} from 'vitest';
import {root} from '../../scripts/places.js';
import {UserError} from '../../source/errors/user-error.js';
import {Pool, type PoolOptions} from '../../source/work/pool.js';
import {endless, mischief, square} from './kinds.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
const file = path.join(folder, 'worker.mjs');
buildSync({
	absWorkingDir: root,
	stdin: {
		contents:
			'import {serve} from "./source/work/serve.js";\nimport {kinds} from "./test/work/kinds.js";\nserve(kinds);',
		resolveDir: root,
		loader: 'ts',
	},
	outfile: file,
	bundle: true,
	format: 'esm',
	platform: 'node',
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const pools: Pool[] = [];

afterEach(async () => {
	await Promise.all(pools.splice(0).map(async pool => pool.close()));
});

function poolOf(options: PoolOptions = {}): Pool {
	const pool = new Pool({file: pathToFileURL(file), workers: 2, ...options});
	pools.push(pool);
	return pool;
}

const places: ReadonlyArray<readonly [string, PoolOptions]> = [
	['in workers', {}],
	['in place', {workers: 0}],
];

test.each(places)('tasks are answered in their order, %s', async (_, options) => {
	const done: number[] = [];
	const answers = await poolOf(options).answers(square, [1, 2, 3, 4, 5], {
		onDone(task, answer) {
			done.push(answer.square);
			expect(answer.square).toBe((task + 1) ** 2);
		},
	});
	expect(answers.map(answer => answer?.square)).toEqual([1, 4, 9, 16, 25]);
	expect(done.toSorted((a, b) => a - b)).toEqual([1, 4, 9, 16, 25]);
});

test('a pool without a file answers here', async () => {
	const pool = new Pool();
	const [answer] = await pool.answers(square, [3]);
	expect(answer).toEqual({square: 9, thread: 0});
});

test('the workers of a round are there for the next one', async () => {
	const pool = poolOf({workers: 1});
	const [first] = await pool.answers(square, [1, 2]);
	const [second] = await pool.answers(square, [3]);
	expect(second?.thread).toBe(first?.thread);
	expect(first?.thread).not.toBe(0);
});

test('two rounds at once share the workers', async () => {
	const pool = poolOf({workers: 1});
	const rounds = await Promise.all([pool.answers(square, [1, 2]), pool.answers(square, [3, 4])]);
	expect(rounds.map(answers => answers.map(answer => answer?.square))).toEqual([
		[1, 4],
		[9, 16],
	]);
});

test('a worker is replaced after its lifetime', async () => {
	const answers = await poolOf({workers: 1, lifetime: 2}).answers(square, [1, 2, 3, 4, 5]);
	const threads = answers.map(answer => answer?.thread);
	expect(new Set(threads).size).toBe(3);
	expect(threads[0]).toBe(threads[1]);
});

test.each(places)('progress is told while a task goes on, and a stop gets what it has, %s', async (_, options) => {
	const controller = new AbortController();
	const shares: number[] = [];
	const answers = await poolOf({...options, workers: options.workers ?? 1}).answers(
		endless,
		[{least: 4}, {least: 4}],
		{
			signal: controller.signal,
			onProgress(task, share) {
				expect(task).toBe(0);
				shares.push(share);
				controller.abort();
			},
		},
	);
	expect(answers).toEqual([expect.any(Number), undefined]);
	expect(answers[0]).toBeGreaterThanOrEqual(4);
	expect(shares.slice(0, 4)).toEqual([0.25, 0.5, 0.75, 1]);
});

test('a stop ends workers in the middle of what cannot stop early, and keeps what is finished', async () => {
	const controller = new AbortController();
	const answers = await poolOf().answers(mischief, ['short', 'hang', 'hang', 'hang'], {
		signal: controller.signal,
		onDone() {
			controller.abort();
		},
	});
	expect(answers).toEqual(['short', undefined, undefined, undefined]);
});

test.each(places)('what is stopped before it begins answers nothing, %s', async (_, options) => {
	expect(await poolOf(options).answers(square, [1, 2], {signal: AbortSignal.abort()})).toEqual([
		undefined,
		undefined,
	]);
});

test.each(places)('what a task throws is thrown here, %s', async (_, options) => {
	const pool = poolOf(options);
	await expect(pool.answers(mischief, ['fault'])).rejects.toThrow('a fault of a task');
	await expect(pool.answers(mischief, ['mistake'])).rejects.toThrow(UserError);
	expect(await pool.answers(mischief, ['well'])).toEqual(['well']);
});

test('a fault stops the other tasks of its round', async () => {
	await expect(poolOf().answers(mischief, ['hang', 'fault', 'hang'])).rejects.toThrow('a fault of a task');
});

test('a worker that exits is noticed', async () => {
	const pool = poolOf();
	await expect(pool.answers(mischief, ['well', 'exit', 'well'])).rejects.toThrow(
		'mischief, task 1: its worker ended with 3',
	);
	expect(await pool.answers(mischief, ['well'])).toEqual(['well']);
});

test('a task whose worker exits or hangs may be answered for, and the others go on', async () => {
	const lost: string[] = [];
	const answers = await poolOf({patience: 1000}).answers(mischief, ['exit', 'hang', 'well', 'well'], {
		onLost(task, reason) {
			lost.push(`${task} ${reason}`);
			return 'lost';
		},
	});
	expect(answers).toEqual(['lost', 'lost', 'well', 'well']);
	expect(lost.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['0 its worker ended with 3', '1 it hangs for 1 s']);
});

test('a kind that the worker does not know is an error', async () => {
	await expect(poolOf().answers({name: 'unknown', load: square.load}, [1])).rejects.toThrow(
		'a worker has no kind of task unknown',
	);
});

test('workers that were started do the work, and there are no others', async () => {
	const pool = poolOf({workers: 2});
	pool.start();
	pool.start();
	const answers = await pool.answers(square, [1, 2, 3]);
	expect(answers.map(answer => answer?.square)).toEqual([1, 4, 9]);
	expect(new Set(answers.map(answer => answer?.thread)).size).toBeLessThanOrEqual(2);
});
