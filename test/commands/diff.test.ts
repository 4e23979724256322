import {expect, test} from 'vitest';
import {z} from 'zod';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {diff} from '../../source/commands/diff.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {type CommandOutcome} from '../../source/commands/verb.js';
import {shownIn} from '../helpers/shown-in.js';

async function differing(...argv: readonly string[]): Promise<CommandOutcome> {
	const line = parseCommandLine(['diff', ...argv], import.meta);
	return diff({
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn: () => undefined,
	});
}

const event = z.strictObject({
	kind: z.string(),
	actor: z.number(),
	argument: z.number(),
	time: z.number(),
});
const either = z.strictObject({a: z.number().nullable(), b: z.number().nullable()});
const side = z.strictObject({preset: z.string(), set: z.array(z.string()), parametersHash: z.string()});
const document = z.strictObject({
	schema: z.literal(2),
	vqlab: z.string(),
	a: side,
	b: side,
	seed: z.number(),
	simulatedSeconds: z.number(),
	events: z.strictObject({a: z.number(), b: z.number()}),
	eventHash: z.strictObject({a: z.string(), b: z.string()}),
	first: z
		.strictObject({
			index: z.number(),
			time: z.number(),
			a: event.nullable(),
			b: event.nullable(),
		})
		.nullable(),
	cause: z.strictObject({key: z.string(), a: z.string(), b: z.string()}).nullable(),
	differing: z.array(z.string()),
	later: z.array(z.string()),
	chain: z.array(z.strictObject({time: z.number(), what: z.string()})),
	felt: z
		.strictObject({
			command: z.string(),
			stage: z.string().nullable(),
			a: z.number().nullable(),
			b: z.number().nullable(),
			latency: either,
			slowest: z.number(),
		})
		.nullable(),
	stalls: z.strictObject({a: z.string().nullable(), b: z.string().nullable()}),
});

async function json(...argv: readonly string[]): Promise<z.infer<typeof document>> {
	const {output} = await differing(...argv, '--format', 'json');
	return document.parse(JSON.parse(output));
}

const seedPreset = 'seed-2019-kick-under-lock';
const short = ['--for', '60ms', '--warmup', '10ms'];
const brief = ['--for', '9ms', '--warmup', '0ms'];
const after = ['--b', 'driver.lockPolicy=kick-after-unlock'];

test('the doorbell moved out of the lock: it begins at the first doorbell and ends at a command of the slowest per cent', async () => {
	const {first, cause, chain, felt, events} = await json(seedPreset, ...after, ...short);
	expect(cause).toEqual({key: 'driver.lockPolicy', a: 'kick-under-lock', b: 'kick-after-unlock'});
	expect(first?.index).toBeLessThan(Math.min(events.a, events.b));
	expect(chain[0].what).toBe('in a game rings the doorbell with qlock held; in b it releases qlock');
	expect(chain[0].time).toBeLessThanOrEqual(first?.time ?? 0);
	expect(chain.at(-1)?.what).toMatch(/^a: kworker\/1:0 spins .* for qlock: game has it, at the doorbell$/v);
	expect(chain.map(({time}) => time)).toEqual(chain.map(({time}) => time).toSorted((a, b) => a - b));
	expect(felt?.slowest).toBeLessThanOrEqual(0.01);
	expect(felt?.stage).toBe('workerLockWait');
	expect(felt?.latency.a).toBeGreaterThan(felt?.latency.b ?? Infinity);
});

test('twenty lines at most, none wider than a report', async () => {
	const {output, exitCode} = await differing(seedPreset, '--b', 'device.gpuTime=const(3us)', ...after, ...brief);
	const lines = output.trimEnd().split('\n');
	expect(exitCode).toBe(0);
	expect(lines.length).toBeLessThanOrEqual(20);
	expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
	expect(output).toContain('again    vqlab diff');
	// Of several keys the one that parts the runs is named, and those that do not.
	expect(output).toContain(
		'cause: driver.lockPolicy, kick-under-lock in a, kick-after-unlock in b;\ndevice.gpuTime alone would ' +
			'part them later or never',
	);
});

test('settings that no event rests on: the same run', async () => {
	const argv = [seedPreset, '--b', 'queue.size=1024', ...brief];
	const {first, cause, chain, felt, eventHash} = await json(...argv);
	expect({first, cause, chain, felt}).toEqual({
		first: null,
		cause: null,
		chain: [],
		felt: null,
	});
	expect(eventHash.a).toBe(eventHash.b);
	const {output} = await differing(...argv);
	expect(output).toContain('same run: ');
	expect(output).toContain('No event depends on queue.size.');
});

test('a cost: the same thing happens at another time', async () => {
	const {first, cause, chain} = await json(seedPreset, '--b', 'guest.cost.prepare=5us', ...brief);
	expect(cause).toMatchObject({key: 'guest.cost.prepare', b: '5us'});
	expect(chain[0].what).toMatch(/calls spin_lock\(qlock\); in a .* us (?:later|earlier)$/v);
	expect(first?.a?.time).not.toBe(first?.b?.time);
});

test('a side that stalls: the command without a response, and exit 1', async () => {
	const argv = [seedPreset, 'impossible-request', '--for', '30ms', '--warmup', '0ms'];
	const {felt, stalls, cause} = await json(...argv);
	expect(stalls).toEqual({a: null, b: 'impossible-request'});
	expect(felt?.latency.b).toBeNull();
	expect(cause?.key).toBe('clients');
	const {exitCode, complaints} = await differing(...argv);
	expect(exitCode).toBe(1);
	expect(complaints).toEqual(['b stalls, impossible-request: no ring of this size can take it']);
});

test('another device, another seed on one side and another format are refused in one line', async () => {
	await expect(differing(seedPreset, 'pmem-flush')).rejects.toThrow(/^diff: side a is a 2d, side b a pmem: [^\n]*$/v);
	await expect(differing(seedPreset, '--b', 'seed=2')).rejects.toThrow(/^--b seed=2: both runs/v);
	await expect(differing(seedPreset, '--format', 'csv')).rejects.toThrow(/^--format csv is none of text, json/v);
});
