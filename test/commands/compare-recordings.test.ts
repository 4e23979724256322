import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {z} from 'zod';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {compare} from '../../source/commands/compare.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {type CommandOutcome} from '../../source/commands/verb.js';
import {shownIn} from '../helpers/shown-in.js';

const trace = (name: string): string => fileURLToPath(new URL(`../fixtures/traces/${name}.txt.gz`, import.meta.url));
const [busy, quiet] = [trace('base_flood1_p1.guest'), trace('base_paced_p0.guest')];

async function comparing(...argv: readonly string[]): Promise<CommandOutcome> {
	const line = parseCommandLine(['compare', ...argv], import.meta);
	return compare({
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn: () => undefined,
	});
}

const document = z.object({
	stopped: z.literal('recordings'),
	runs: z.number(),
	method: z.string(),
	recordedSeconds: z.object({a: z.number(), b: z.number()}),
	a: z.object({preset: z.string(), parametersHash: z.null()}),
	metrics: z.record(z.string(), z.object({verdict: z.string(), n: z.number(), low: z.number().nullable()})),
	gate: z.record(z.string(), z.string()),
});

test('two recordings: what a trace shows, not paired, and it is said', async () => {
	const {output, exitCode, complaints} = await comparing(
		busy,
		quiet,
		'--fail-if',
		'throughput.completed < -2%',
		'--format',
		'json',
	);
	const {metrics, method, gate, a} = document.parse(JSON.parse(output));
	expect(method).toMatch(/^not paired: block bootstrap over \d+ and \d+ blocks/v);
	expect(a.preset).toBe('base_flood1_p1.guest.txt.gz');
	expect(metrics['throughput.completed'].verdict).toBe('worse');
	expect(Object.keys(metrics)).toContain('latency.traced.p50');
	expect(Object.keys(metrics).filter(path => path.startsWith('cpu.'))).toEqual([]);
	expect(gate).toEqual({'throughput.completed < -2%': 'fails'});
	expect({exitCode, complaints}).toEqual({exitCode: 1, complaints: ['gate closed: throughput.completed < -2%']});
});

test('a recording beside itself: no difference, and no word for one', async () => {
	const {output} = await comparing(busy, busy, '--format', 'csv');
	const words = output.split('\n').map(line => line.split(',')[10]);
	expect(words).not.toContain('better');
	expect(words).not.toContain('worse');
	expect(words).not.toContain('different');
	const {output: text} = await comparing(busy, busy);
	expect(text).toContain('not paired: block bootstrap');
});

test('other kinds, one recording alone and flags about runs are refused in one line', async () => {
	await expect(comparing(busy, 'seed-2019-kick-under-lock')).rejects.toThrow(/is a recording and .* is none[^\n]*$/v);
	await expect(comparing(busy)).rejects.toThrow(/give a second one beside it[^\n]*$/v);
	await expect(comparing(busy, quiet, '--runs', '5')).rejects.toThrow(/^--runs: is about runs[^\n]*$/v);
	await expect(comparing(busy, trace('base_flood1_p1.host'))).rejects.toThrow(/it is a host's log[^\n]*$/v);
	await expect(comparing(busy, 'no-such-file.txt')).rejects.toThrow(/no-such-file\.txt[^\n]*$/v);
});
