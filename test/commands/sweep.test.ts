import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeEach, expect, test} from 'vitest';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {merge} from '../../source/commands/merge.js';
import {sweep} from '../../source/commands/sweep.js';
import {type CommandContext, type CommandOutcome} from '../../source/commands/verb.js';
import {forgetInputs} from '../../source/files/inputs.js';
import {shownIn} from '../helpers/shown-in.js';

const folder = mkdtempSync(path.join(tmpdir(), 'sweep-'));
const at = (name: string): string => path.join(folder, name);
let warnings: string[] = [];

beforeEach(() => {
	warnings = [];
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

async function attempt(
	verb: typeof sweep,
	argv: readonly string[],
	context: Partial<CommandContext> = {},
): Promise<CommandOutcome> {
	forgetInputs();
	const line = parseCommandLine([verb.name, ...argv], import.meta);
	return verb({
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn(text) {
			warnings.push(text);
		},
		...context,
	});
}

const plan = [
	'seed-2019-kick-under-lock',
	'--axis',
	'queue.size=16,64',
	'--axis',
	'driver.lockPolicy=kick-under-lock,kick-after-unlock,kick-batched',
	'--runs',
	'2',
	'--for',
	'1ms',
	'--warmup',
	'1ms',
];
const sweeping = async (...argv: readonly string[]): Promise<CommandOutcome> => attempt(sweep, [...plan, ...argv]);
const merging = async (...argv: readonly string[]): Promise<CommandOutcome> => attempt(merge, argv);

/**
The lines of a results file without its header, sorted: their order is that in which they came.
*/
function linesOf(text: string): string[] {
	return text.trimEnd().split('\n').slice(1).toSorted();
}

const {output: wholeText} = await attempt(sweep, [...plan, '--format', 'ndjson']);
const whole = linesOf(wholeText);

test('each run is there once, and what is swept again is the same', async () => {
	expect(whole).toHaveLength(12);
	await sweeping('--output', at('whole.ndjson'));
	const text = readFileSync(at('whole.ndjson'), 'utf8');
	expect(linesOf(text)).toEqual(whole);
	await sweeping('--output', at('whole.ndjson'));
	expect(readFileSync(at('whole.ndjson'), 'utf8')).toBe(text);
	expect(readdirSync(folder)).toEqual(['whole.ndjson']);
});

test('points share their seeds: where the ring never fills its size moves nothing', () => {
	const rows = whole.map(line => JSON.parse(line) as {point: number; seed: number; eventHash: string});
	const hashOf = (point: number, seed: number): string | undefined =>
		rows.find(row => row.point === point && row.seed === seed)?.eventHash;
	expect(hashOf(0, 1)).toBe(hashOf(3, 1));
	expect(hashOf(0, 1)).not.toBe(hashOf(0, 2));
	expect(hashOf(0, 1)).not.toBe(hashOf(1, 1));
});

test('a file that was cut anywhere goes on to what an undisturbed sweep holds', async () => {
	await sweeping('--output', at('cut.ndjson'));
	const text = readFileSync(at('cut.ndjson'));
	const second = text.indexOf('\n') + 1;
	for (const size of [second - 1, second + 1, Math.floor(text.length / 2)]) {
		writeFileSync(at('cut.ndjson'), text.subarray(0, size));
		await sweeping('--output', at('cut.ndjson')); // eslint-disable-line no-await-in-loop -- the same file
		expect(linesOf(readFileSync(at('cut.ndjson'), 'utf8'))).toEqual(whole);
	}
});

test('what is interrupted prints what is finished, says how to go on, and goes on', async () => {
	const interrupt = new Interrupt();
	const shown: string[] = [];
	const progress = shownIn(shown, () => {
		if (shown.at(-1)?.includes('run 4 of 12')) {
			interrupt.stop('SIGINT');
		}
	});
	const {output} = await attempt(sweep, [...plan, '--output', at('part.ndjson')], {interrupt, progress});
	const {length} = linesOf(readFileSync(at('part.ndjson'), 'utf8'));
	expect(length).toBeGreaterThan(2);
	expect(length).toBeLessThan(12);
	expect(output).toContain(`${length} runs are done`);
	expect(warnings.join('\n')).toContain(
		`interrupted with ${12 - length} runs to make; the same command goes on: vqlab sweep`,
	);
	await sweeping('--output', at('part.ndjson'));
	expect(linesOf(readFileSync(at('part.ndjson'), 'utf8'))).toEqual(whole);
});

test('three shards are the whole', async () => {
	const files = [1, 2, 3].map(index => at(`part-${index}.ndjson`));
	for (const [index, file] of files.entries()) {
		await sweeping('--shard', `${index + 1}/3`, '--output', file); // eslint-disable-line no-await-in-loop -- one after another
	}

	const {file, exitCode} = await merging(...files, '--output', at('all.ndjson'));
	expect(exitCode).toBe(0);
	expect(linesOf(file ?? '')).toEqual(whole);
	const concatenated = files.map(name => readFileSync(name, 'utf8')).join('');
	writeFileSync(at('cat.ndjson'), concatenated);
	const joined = await merging(at('cat.ndjson'), '--format', 'ndjson');
	expect(joined.output).toContain(whole[0]);
	// Byte for byte, but for the command of the header, which is the same one too.
	const merged = await merging(...files, '--format', 'ndjson');
	const swept = await sweeping('--format', 'ndjson');
	expect(merged.output).toBe(swept.output);
});

test('a missing shard is named, with the command that makes it', async () => {
	const {exitCode, complaints, output} = await merging(at('part-1.ndjson'), at('part-3.ndjson'));
	expect(exitCode).toBe(1);
	expect(output).toContain('points are not finished');
	expect(complaints).toHaveLength(1);
	const [complaint = ''] = complaints ?? [];
	expect(complaint).toMatch(/^shard 2\/3 is missing, 2 points: \d/v);
	expect(complaint).toContain(`--shard 2/3 --output ${at('part-2.ndjson')}`);
	expect(complaint).toContain(
		'vqlab sweep seed-2019-kick-under-lock --seed 1 --runs 2 --for 1ms --warmup 1ms --axis queue.size=16,64',
	);
});

test('missing points are named, and the command that was printed makes them', async () => {
	const text = readFileSync(at('whole.ndjson'), 'utf8').split('\n');
	writeFileSync(
		at('lacking.ndjson'),
		`${text
			.filter(line => !line.startsWith('{"point":4,'))
			.join('\n')
			.trimEnd()}\n`,
	);
	const {complaints} = await merging(at('lacking.ndjson'));
	const [complaint = ''] = complaints ?? [];
	expect(complaint).toContain('point 4 (queue.size=64 driver.lockPolicy=kick-after-unlock) missing');
	const [, words = ''] = /this makes them: vqlab sweep (.*)$/v.exec(complaint) ?? [];
	await attempt(sweep, words.split(' '));
	expect(linesOf(readFileSync(at('lacking.ndjson'), 'utf8'))).toEqual(whole);
});

test.each([
	[['--for', '2ms']],
	[['--seed', '2']],
	[['--set', 'guest.vcpus=3']],
	[['--runs', '3']],
	[['--events', '1000']],
])('the results of another plan are refused: %j', async argv => {
	const before = readFileSync(at('whole.ndjson'), 'utf8');
	const place = plan.indexOf(argv[0]);
	const own = place === -1 ? plan : plan.toSpliced(place, 2);
	await expect(attempt(sweep, [...own, ...argv, '--output', at('whole.ndjson')])).rejects.toThrow(
		'holds another plan than this sweep',
	);
	expect(readFileSync(at('whole.ndjson'), 'utf8')).toBe(before);
});

test.each(['', 'notes', 'notes\n', '{"a":1}\n', '{"schema"', '\n'])(
	'a file with %j is not written over',
	async text => {
		writeFileSync(at('notes'), text);
		const outcome = sweeping('--output', at('notes'));
		if (text === '' || text === '{"schema"') {
			// Nothing, or the start of this very header: a sweep that was killed at once.
			await outcome;
			expect(linesOf(readFileSync(at('notes'), 'utf8'))).toEqual(whole);
		} else {
			await expect(outcome).rejects.toThrow('holds no results of vqlab sweep');
			expect(readFileSync(at('notes'), 'utf8')).toBe(text);
		}
	},
);

test('points that the model refuses have a row with the reason', async () => {
	const argv = ['--axis', 'queue.layout=all', '--axis', 'host.backend=all', '--for', '1ms', '--warmup', '1ms'];
	const {output} = await attempt(sweep, [...argv, '--format', 'ndjson']);
	const rows = output
		.trimEnd()
		.split('\n')
		.slice(1)
		.map(line => JSON.parse(line) as {refused: string | null; metrics: object | null; hash: string | null});
	const refused = rows.filter(row => row.refused !== null);
	expect(refused.length).toBeGreaterThan(0);
	expect(refused.every(({metrics, hash}) => metrics === null && hash === null)).toBe(true);
	expect(rows.filter(row => row.metrics !== null).length).toBe(rows.length - refused.length);
	const {output: text} = await attempt(sweep, argv);
	expect(text).toContain(`${refused.length} points are refused by the model`);
	expect(text).toContain('refused');
});

test('a list runs its points', async () => {
	const {output} = await attempt(sweep, [
		'--point',
		'queue.size=16 driver.lockPolicy=kick-batched',
		'--point',
		'queue.size=64',
		'--for',
		'1ms',
		'--warmup',
		'1ms',
		'--format',
		'csv',
	]);
	expect(output).toContain(
		'point,run,seed,queue.size,driver.lockPolicy,metric,value\n0,0,1,16,kick-batched,throughput.submitted,',
	);
	expect(output).toContain('\n1,0,1,64,,throughput.submitted,');
});

test.each([
	[[], 'nothing varies'],
	[['--axis', 'queue.size=16', '--point', 'queue.size=64'], 'drop --axis'],
	[['--point', 'seed=3'], 'all points of a sweep have the same seed'],
	[['--axis', 'queue.size=16', '--runs', '0'], '--runs 0 is no whole number'],
	[['--axis', 'queue.size=16', '--workers', '0'], '--workers 0 is no whole number'],
	[['--axis', 'queue.size=16', '--sample', 'random:5'], 'is not latin-hypercube:N'],
	[['--axis', 'queue.size=16', '--sample', 'latin-hypercube:0'], 'is not latin-hypercube:N'],
	[['--axis', 'queue.size=16', '--metric', 'latency.p98'], 'there is no such metric'],
	[['--axis', 'queue.size=16', '--pareto', 'max latency.p99'], 'a front has two goals at least'],
	[['--axis', 'queue.size=16', '--format', 'csv', '--output', 'x'], 'vqlab merge x --format csv'],
	[['--axis', 'queue.size=16', '--format', 'svg'], 'one or two axes'],
])('%j is refused before the first run', async (argv, words) => {
	await expect(attempt(sweep, argv)).rejects.toThrow(words);
});
