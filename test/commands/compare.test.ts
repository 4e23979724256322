import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {z} from 'zod';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {compare} from '../../source/commands/compare.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {type CommandOutcome} from '../../source/commands/verb.js';
import {run} from '../../source/commands/run.js';
import {version} from '../../source/version.js';
import {readGoBenchmark} from '../helpers/go-benchmark.js';
import {shownIn} from '../helpers/shown-in.js';

const folder = mkdtempSync(path.join(tmpdir(), 'compare-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

async function attempt(verb: typeof compare, argv: readonly string[]): Promise<CommandOutcome> {
	const line = parseCommandLine([verb.name, ...argv], import.meta);
	return verb({
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn: () => undefined,
	});
}

const comparing = async (...argv: readonly string[]): Promise<CommandOutcome> => attempt(compare, argv);
const short = ['--runs', '6', '--for', '30ms', '--warmup', '10ms'];

const row = z.object({
	a: z.number().nullable(),
	b: z.number().nullable(),
	difference: z.number().nullable(),
	low: z.number().nullable(),
	high: z.number().nullable(),
	verdict: z.string(),
	n: z.number(),
	significant: z.boolean(),
});
const effect = z.object({mean: z.number()});
const document = z.object({
	schema: z.number(),
	runs: z.number(),
	stopped: z.string(),
	metrics: z.record(z.string(), row),
	gate: z.record(z.string(), z.string()),
	notes: z.array(z.string()),
	ablations: z
		.array(
			z.object({
				path: z.string(),
				whole: effect,
				keys: z.array(z.object({key: z.string(), alone: effect, matters: z.boolean()})),
				interactions: z.array(z.object({keys: z.tuple([z.string(), z.string()]), matters: z.boolean()})),
				unexplained: effect,
			}),
		)
		.optional(),
	proofs: z
		.array(
			z.object({
				gate: z.string(),
				planted: z.object({key: z.string(), outcome: z.string()}).nullable(),
				equal: z.string().nullable(),
				fault: z.string().nullable(),
			}),
		)
		.optional(),
});

async function json(...argv: readonly string[]): Promise<z.infer<typeof document>> {
	const {output} = await comparing(...argv, '--format', 'json');
	return document.parse(JSON.parse(output));
}

test('the doorbell moved out of the lock: the spin is gone, throughput is the same', async () => {
	const {metrics, runs, stopped} = await json(
		'seed-2019-kick-under-lock',
		'--b',
		'driver.lockPolicy=kick-after-unlock',
		...short,
	);
	expect(runs).toBe(6);
	expect(stopped).toBe('runs');
	expect(metrics['lock.spin.worker']).toMatchObject({verdict: 'better', n: 6, significant: true});
	expect(metrics['throughput.completed'].verdict).not.toMatch(/better|worse/v);
	expect(metrics['latency.mean'].verdict).toBe('better');
});

test('a larger ring: only num_free differs, by exactly 960 slots', async () => {
	const {metrics} = await json('seed-2019-kick-under-lock', '--b', 'queue.size=1024', ...short);
	const moved = Object.entries(metrics).filter(([, {verdict}]) => verdict !== 'same' && verdict !== 'undecided');
	expect(moved.map(([name]) => name).toSorted()).toEqual([
		'ring.numFree.atAdd',
		'ring.numFree.max',
		'ring.numFree.mean',
		'ring.numFree.min',
	]);
	for (const [, {difference, verdict}] of moved) {
		expect(difference).toBe(960);
		expect(verdict).toBe('different');
	}

	for (const [name, {difference}] of Object.entries(metrics)) {
		if (!name.startsWith('ring.numFree.')) {
			expect(difference ?? 0).toBe(0);
		}
	}
});

test('a preset against itself: nothing differs, and it is said', async () => {
	const {metrics, notes} = await json('compositor-60hz', '--runs', '5', '--for', '100ms', '--warmup', '20ms');
	expect(Object.values(metrics).filter(({difference}) => difference !== null && difference !== 0)).toEqual([]);
	expect(Object.values(metrics).filter(({verdict, n}) => n === 5 && verdict !== 'same')).toEqual([]);
	expect(notes.join(' ')).toContain('the same settings');
});

test('one run says nothing but its figures', async () => {
	const {metrics} = await json(
		'seed-2019-kick-under-lock',
		'--b',
		'driver.lockPolicy=kick-after-unlock',
		'--runs',
		'1',
		'--for',
		'40ms',
		'--warmup',
		'20ms',
	);
	expect(new Set(Object.values(metrics).map(({verdict}) => verdict))).toEqual(new Set(['undecided']));
	expect(metrics['lock.spin.worker'].low).toBeNull();
});

test('a side that stalls is the verdict', async () => {
	const {exitCode, complaints, output} = await comparing(
		'seed-2019-kick-under-lock',
		'impossible-request',
		'--runs',
		'5',
		'--for',
		'40ms',
		'--warmup',
		'0ns',
	);
	expect(exitCode).toBe(1);
	expect(complaints?.join('\n')).toMatch(/^b stalls in 5 of 5 runs/v);
	expect(output).toContain('b stalls in 5 of 5 runs');
	expect(output).toContain('The sides have other clients');
	expect(output).not.toMatch(/ (?:better|worse) +\d/v);
	expect(output.replaceAll(/\s+/gv, ' ')).toContain('one side alone has it: lock.wait.*.');
});

test('gates: closed, open, and undecided both ways', async () => {
	const slower = ['seed-2019-kick-under-lock', '--b', 'guest.cost.prepare=60us', ...short];
	const closed = await comparing(...slower, '--fail-if', 'throughput.completed < -2%');
	expect(closed).toMatchObject({exitCode: 1, complaints: ['gate closed: throughput.completed < -2%']});
	const open = await comparing(...slower, '--fail-if', 'lock.spin.worker > +2ms/s');
	expect(open.exitCode).toBe(0);
	const few = [...slower.slice(0, 3), '--runs', '2', '--for', '20ms', '--fail-if', 'throughput.completed < -2%'];
	const undecided = await comparing(...few);
	expect(undecided.complaints?.[0]).toMatch(/^gate undecided after 2 pairs/v);
	const passed = await comparing(...few, '--undecided', 'pass');
	expect(passed.exitCode).toBe(0);
});

test('a gate is proved by a regression that is planted and by equal settings', async () => {
	const {proofs} = await json(
		'seed-2019-kick-under-lock',
		...short,
		'--fail-if',
		'latency.mean > +10%',
		'--prove-gate',
	);
	expect(proofs).toEqual([
		{
			gate: 'latency.mean > +10%',
			planted: expect.objectContaining({outcome: 'fails'}) as unknown,
			equal: 'passes',
			fault: null,
		},
	]);
	const hopeless = await comparing(
		'seed-2019-kick-under-lock',
		...short,
		'--fail-if',
		'throughput.completed > +10%',
		'--prove-gate',
	);
	expect(hopeless.complaints?.[0]).toMatch(/can not be shown to close/v);
});

test('of five keys, two of which matter and interact, those two are named', async () => {
	const {ablations} = await json(
		'seed-2019-kick-under-lock',
		...[
			'driver.lockPolicy=kick-after-unlock',
			'host.ioeventfd=true',
			'queue.size=128',
			'queue.cursorSize=32',
			'guest.irqVcpu=1',
		].flatMap(text => ['--b', text]),
		...short,
		'--fail-if',
		'lock.spin.worker > 500ms/s',
		'--ablate',
	);
	const [{keys, interactions, whole, unexplained}] = ablations ?? [];
	expect(
		keys
			.filter(({matters}) => matters)
			.map(({key}) => key)
			.toSorted(),
	).toEqual(['driver.lockPolicy', 'host.ioeventfd']);
	expect(interactions.filter(({matters}) => matters).map(({keys: pair}) => [...pair].toSorted())).toEqual([
		['driver.lockPolicy', 'host.ioeventfd'],
	]);
	expect(Math.abs(unexplained.mean)).toBeLessThan(0.02 * Math.abs(whole.mean));
});

test('a baseline is side a, seed by seed; what can not be compared with it is refused', async () => {
	const {output} = await attempt(run, [
		'seed-2019-kick-under-lock',
		'--runs',
		'5',
		'--for',
		'40ms',
		'--warmup',
		'20ms',
		'--format',
		'json',
	]);
	const file = path.join(folder, 'base.json');
	writeFileSync(file, output);
	const {metrics, runs} = await json('seed-2019-kick-under-lock', '--baseline', file);
	expect(runs).toBe(5);
	expect(metrics['throughput.completed']).toMatchObject({difference: 0, verdict: 'same', n: 5});
	await expect(comparing('ring-too-small', '--baseline', file)).rejects.toThrow(
		/its preset is seed-2019-kick-under-lock/v,
	);
	await expect(comparing('seed-2019-kick-under-lock', '--baseline', file, '--for', '1s')).rejects.toThrow(
		/its runs are 0\.04 s long/v,
	);
	await expect(
		comparing('seed-2019-kick-under-lock', '--baseline', file, '--b', 'clients.game.think=3us'),
	).rejects.toThrow(/its clients are others/v);
	writeFileSync(file, output.replaceAll(`"vqlab": "${version}"`, '"vqlab": "0.9.0"'));
	const {notes} = await json('seed-2019-kick-under-lock', '--baseline', file);
	expect(notes[0]).toContain('by vqlab 0.9.0: a change of the model is in the differences');
	writeFileSync(file, output.replace('"schema": 2', '"schema": 1'));
	await expect(comparing('seed-2019-kick-under-lock', '--baseline', file)).rejects.toThrow(/schema 1/v);
	writeFileSync(file, '{"a": 1}');
	await expect(comparing('seed-2019-kick-under-lock', '--baseline', file)).rejects.toThrow(
		/not the JSON of vqlab run/v,
	);
});

test('seed and length are of both sides, whichever way they are given', async () => {
	const shape = z.object({seeds: z.array(z.number()), warmupSeconds: z.number(), simulatedSeconds: z.number()});
	const asked = async (...argv: readonly string[]) => {
		const {output} = await comparing('seed-2019-kick-under-lock', '--runs', '2', ...argv, '--format', 'json');
		return shape.parse(JSON.parse(output));
	};

	const wanted = {seeds: [7, 8], warmupSeconds: 0.003, simulatedSeconds: 0.02};
	expect(await asked('--seed', '7', '--for', '20ms', '--warmup', '3ms')).toEqual(wanted);
	expect(await asked('--set', 'seed=7', '--set', 'duration=20ms', '--set', 'warmup=3ms')).toEqual(wanted);
	await expect(comparing('seed-2019-kick-under-lock', '--seed', '99999999999999999999')).rejects.toThrow(/seed/v);
	await expect(comparing('seed-2019-kick-under-lock', '--for', '0s')).rejects.toThrow(/duration/v);
	for (const set of ['seed=3', 'duration=1s', 'warmup=1s', 'window=2ms']) {
		// eslint-disable-next-line no-await-in-loop -- one after the other
		await expect(comparing('seed-2019-kick-under-lock', '--b', set)).rejects.toThrow(
			/both runs of a pair have the same/v,
		);
	}
});

test('mistakes are one line', async () => {
	await expect(comparing('seed-2019-kick-under-lock', '--prove-gate')).rejects.toThrow(/no gate to prove/v);
	await expect(
		comparing('seed-2019-kick-under-lock', ...short, '--fail-if', 'cursor.latency.p99 > +5us'),
	).rejects.toThrow(/^--fail-if 'cursor\.latency\.p99 > \+5us': both sides have no cursor\.latency\.p99/v);
	await expect(comparing('seed-2019-kick-under-lock', '--precision', '0')).rejects.toThrow(
		/no share between 0 and 1/v,
	);
	await expect(comparing('seed-2019-kick-under-lock', '--undecided', 'maybe')).rejects.toThrow(
		/neither fail nor pass/v,
	);
	await expect(comparing('seed-2019-kick-under-lock', '--same-within', 'latency.p98=2%')).rejects.toThrow(
		/did you mean latency\.p9/v,
	);
	await expect(comparing('seed-2019-kick-under-lock', '--ablate', '--runs', '1', '--for', '20ms')).rejects.toThrow(
		/differ in 0 keys/v,
	);
	await expect(comparing('seed-2019-kick-under-lock', '--b', 'queue.sise=3')).rejects.toThrow(/queue\.size/v);
});

test('every format has all that it is for', async () => {
	const argv = ['seed-2019-kick-under-lock', '--b', 'driver.lockPolicy=kick-after-unlock', ...short];
	const markdown = await comparing(...argv, '--format', 'markdown');
	expect(markdown.output.split('\n').filter(line => line.length > 78)).toEqual([]);
	expect(markdown.output).toContain('| lock.spin.worker ms/s');
	const csv = await comparing(...argv, '--format', 'csv');
	expect(csv.output).toMatch(
		/^metric,a,b,difference,low,high,ratio,ratioLow,ratioHigh,margin,verdict,significant,n\n/v,
	);
	expect(csv.output).toMatch(/^lock\.spin\.worker,.*,better,true,6$/mv);
	const gobench = await comparing(...argv, '--format', 'gobench');
	const results = readGoBenchmark(gobench.output);
	expect(results.map(({labels}) => labels.get('side'))).toEqual([...'aaaaaabbbbbb']);
	expect(results[0].configuration.get('preset')).toBe('seed-2019-kick-under-lock');
	expect(results[0].values.get('lock.spin.worker')).toBeGreaterThan(50);
	expect(results[6].values.get('lock.spin.worker')).toBeLessThan(1);
});
