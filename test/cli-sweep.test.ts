import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, watch} from 'node:fs';
import {text} from 'node:stream/consumers';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {RandomStream} from '../source/engine/random.js';
import {buildCli, callCli, cliFile, runCli} from './helpers/cli.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
const at = (name: string): string => path.join(folder, name);
const plan = [
	'sweep',
	'--axis',
	'queue.size=16,64',
	'--axis',
	'driver.lockPolicy=kick-under-lock,kick-after-unlock',
	'--runs',
	'3',
	'--for',
	'2ms',
	'--warmup',
	'1ms',
	'--workers',
	'1',
];
const runs = 12;
const children: ChildProcess[] = [];
let whole: string[] = [];

beforeAll(async () => {
	await buildCli();
	expect(await callCli([...plan, '--output', at('whole.ndjson')])).toMatchObject({status: 0});
	whole = linesOf(at('whole.ndjson'));
});

afterAll(() => {
	for (const child of children) {
		child.kill('SIGKILL');
	}

	rmSync(folder, {recursive: true});
});

/**
The lines of a results file without its header, sorted: their order is that in which they came.
*/
function linesOf(file: string): string[] {
	return readFileSync(file, 'utf8').trimEnd().split('\n').slice(1).toSorted();
}

function sizeOf(file: string): number {
	return statSync(file, {throwIfNoEntry: false})?.size ?? 0;
}

function start(argv: readonly string[]): ChildProcess {
	const child = spawn(process.execPath, [cliFile, ...argv], {stdio: ['ignore', 'pipe', 'pipe']});
	children.push(child);
	return child;
}

/** Calls once when the file has so many bytes; watched, not polled. */
function whenLong(file: string, size: number, call: () => void): () => void {
	let isDone = false;
	const look = (): void => {
		if (!isDone && sizeOf(file) >= size) {
			isDone = true;
			call();
		}
	};

	const watcher = watch(folder, look);
	look();
	return () => {
		watcher.close();
	};
}

test('killed at random moments, torn and resumed it holds exactly the runs of an undisturbed one', async () => {
	const file = at('killed.ndjson');
	const random = new RandomStream(1, 'kills');
	const full = sizeOf(at('whole.ndjson'));
	let kills = 0;
	for (let round = 0; round < 3; round++) {
		const child = start([...plan, '--output', file]);
		const before = sizeOf(file);
		const stop = whenLong(file, before + 1 + random.below(Math.max(1, (full - before) / 2)), () => {
			child.kill('SIGKILL');
		});
		const [, signal] = (await once(child, 'exit')) as [number | null, string | null]; // eslint-disable-line no-await-in-loop -- one after another
		stop();
		kills += signal === 'SIGKILL' ? 1 : 0;
		const keys = linesOf(file).map(line => line.match(/"(?:point|run)":\d+/gv)?.join(' '));
		expect(new Set(keys).size).toBe(keys.length);
		// A write that was cut short, as by a machine that stops.
		truncateSync(file, Math.max(0, sizeOf(file) - random.below(200)));
	}

	expect(kills).toBeGreaterThan(0);
	expect(runCli([...plan, '--output', file]).status).toBe(0);
	expect(linesOf(file)).toEqual(whole);
	expect(whole).toHaveLength(runs);
	expect(readFileSync(file, 'utf8')).toContain('"plan"');
});

test('Ctrl-C prints what was finished and how to go on, 130', async () => {
	const file = at('interrupted.ndjson');
	const child = start([...plan, '--for', '400ms', '--output', file].toSpliced(plan.indexOf('--for'), 2));
	const stop = whenLong(file, 5000, () => {
		child.kill('SIGINT');
	});
	const [{stdout, stderr}, ending] = await Promise.all([outputs(child), once(child, 'exit')]);
	stop();
	expect(ending[0]).toBe(130);
	expect(stdout).toMatch(/\d+ points are not finished/v);
	expect(stdout).toContain('lock.spin.worker');
	expect(stderr).toMatch(/^interrupted with \d+ runs to make; the same command goes on: vqlab sweep/v);
	expect(linesOf(file).length).toBeGreaterThan(0);
	expect(linesOf(file).length).toBeLessThan(runs);
});

async function outputs({stdout, stderr}: ChildProcess): Promise<{stdout: string; stderr: string}> {
	const [out, error] = await Promise.all([stdout, stderr].map(async stream => (stream ? text(stream) : '')));
	return {stdout: out, stderr: error};
}

test('two processes on one file: the second one says who writes it, exit 2', async () => {
	const file = at('shared.ndjson');
	const child = start([...plan, '--for', '5s', '--output', file].toSpliced(plan.indexOf('--for'), 2));
	await new Promise<void>(resolve => {
		const stop = whenLong(file, 1, resolve);
		child.on('exit', stop);
	});
	const {status, stderr} = runCli([...plan, '--output', file]);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(status).toBe(2);
	expect(stderr).toContain(`process ${child.pid ?? 0} is writing it`);
	expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('an index without its total is exit 2, and a flag wins over the environment', async () => {
	vi.stubEnv('SLURM_ARRAY_TASK_ID', '2');
	const {status, stderr} = await callCli(plan);
	vi.unstubAllEnvs();
	expect(status).toBe(2);
	expect(stderr).toContain('SLURM_ARRAY_TASK_ID is set and SLURM_ARRAY_TASK_MIN or _COUNT is not');
	const shard = spawnSync(process.execPath, [cliFile, ...plan, '--output', at('shard.ndjson')], {
		encoding: 'utf8',
		env: {...process.env, JOB_COMPLETION_INDEX: '1', VQLAB_SHARDS: '2'},
	});
	expect(shard.status).toBe(0);
	expect(shard.stderr).toContain('shard 2/2, by JOB_COMPLETION_INDEX');
	expect(linesOf(at('shard.ndjson'))).toHaveLength(runs / 2);
	expect(linesOf(at('shard.ndjson')).every(line => whole.includes(line))).toBe(true);
	vi.stubEnv('SLURM_ARRAY_TASK_ID', '2').stubEnv('SLURM_ARRAY_TASK_MIN', '2').stubEnv('SLURM_ARRAY_TASK_COUNT', '1');
	const alone = await callCli([...plan, '--output', at('shard.ndjson')]);
	vi.unstubAllEnvs();
	expect(alone.status).toBe(2);
	expect(alone.stderr).toContain('holds shard 2/2, and SLURM_ARRAY_TASK_ID makes this shard 1/1');
});

test.runIf(existsSync('/dev/full'))('a device that is full is one line, exit 2', async () => {
	const {status, stderr} = await callCli([...plan, '--output', '/dev/full']);
	expect(status).toBe(2);
	expect(stderr).toBe('vqlab: --output /dev/full can not be written: no space is left on the device\n');
});

/** A file system of 48 KiB in a namespace of its own, where that is allowed. */
const small = ['--user', '--map-root-user', '--mount', 'sh', '-c'];
const mount = 'mount -t tmpfs -o size=48k small "$0" && ';
const maySplit = spawnSync('unshare', [...small, `${mount} true`, tmpdir()]).status === 0;

test.runIf(maySplit)(
	'a disk that becomes full keeps what it holds, and the sweep goes on when there is room',
	async () => {
		const script = `${mount} cd "$0" && { node "$@" --output r.ndjson; echo "exit $?"; cp r.ndjson "$KEPT"; }`;
		const {stderr, stdout} = spawnSync('unshare', [...small, script, folder, cliFile, ...plan], {
			encoding: 'utf8',
			env: {...process.env, KEPT: path.join(folder, '..', `${path.basename(folder)}.kept`)},
		});
		const kept = `${folder}.kept`;
		expect(stdout).toContain('exit 2');
		expect(stderr).toMatch(
			/no space is left on the device; \d+ of 12 runs are in it, and the same command goes on from there\n$/v,
		);
		expect(linesOf(kept).length).toBeGreaterThan(1);
		expect(linesOf(kept).every(line => whole.includes(line))).toBe(true);
		expect(await callCli([...plan, '--output', kept])).toMatchObject({status: 0});
		expect(linesOf(kept)).toEqual(whole);
		rmSync(kept);
	},
);

const hasParallel = spawnSync('parallel', ['--version']).status === 0;

test.runIf(hasParallel)('GNU parallel runs the shards, and merge has the whole', async () => {
	const command = [process.execPath, cliFile, ...plan].map(word => `'${word}'`).join(' ');
	const {status} = spawnSync(
		'parallel',
		['--will-cite', `${command} --quiet --shard {}/3 --output part-{}.ndjson > /dev/null`, ':::', '1', '2', '3'],
		{cwd: folder},
	);
	expect(status).toBe(0);
	const parts = [1, 2, 3].map(index => at(`part-${index}.ndjson`));
	expect(await callCli(['merge', ...parts, '--output', at('all.ndjson')])).toMatchObject({status: 0});
	expect(linesOf(at('all.ndjson'))).toEqual(whole);
});
