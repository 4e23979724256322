import {expect, test} from 'vitest';
import {z} from 'zod';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {shownIn} from '../helpers/shown-in.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {type CommandOutcome} from '../../source/commands/verb.js';
import {run} from '../../source/commands/run.js';
import {type Stretch} from '../../source/run/stretches.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';
import {UserError} from '../../source/errors/user-error.js';
import {runKind, type RunTask, type Simulated} from '../../source/work/kinds/run.js';
import {seedMetrics} from '../helpers/seed-metrics.js';
import {seedConfiguration} from '../helpers/seed-report.js';

const simulated: Simulated = {
	metrics: seedMetrics,
	stretches: [],
	events: 1000,
	eventHash: '0123456789abcdef',
	hashes: [],
	end: 'duration',
	simulatedSeconds: 2,
	unfinished: 3,
	stall: null,
	sleeps: [],
	windows: Array.from({length: 5}, (_, index) => ({t: 0.2 + index / 1000, window: 0.001, metrics: seedMetrics})),
	contention: [0.06, 0.08, 0.07],
	throughput: [28_000, 28_100, 27_900],
};

const stalled: Simulated = {
	...simulated,
	end: 'stall',
	stall: {kind: 'lost-kick', text: '3 commands wait in the control queue'},
};

type Attempt = CommandOutcome & {
	readonly requests: readonly RunTask[];
	readonly progress: readonly string[];
	readonly warnings: readonly string[];
};

/** Runs the command with a simulation that returns fixed results, one a run. */
async function attempt(
	argv: readonly string[],
	results: readonly Simulated[] = [simulated],
	interrupt = new Interrupt(),
): Promise<Attempt> {
	const line = parseCommandLine(['run', ...argv], import.meta);
	const requests: RunTask[] = [];
	const progress: string[] = [];
	const warnings: string[] = [];
	const outcome = await run(
		{
			line,
			input: line.input.slice(1),
			interrupt,
			progress: shownIn(progress),
			warn(text) {
				warnings.push(text);
			},
		},
		{
			...runKind,
			// A single thread, as in the sources.
			load: async () => async (request, pause) => {
				const result = results[requests.length % results.length];
				requests.push(request);
				await pause(0.5);
				return result;
			},
		},
	);
	return {
		...outcome,
		requests,
		progress,
		warnings,
	};
}

test('what is simulated is what was asked for', async () => {
	const {requests} = await attempt([
		'--set',
		'queue.size=256',
		'--seed',
		'7',
		'--for',
		'1s',
		'--warmup',
		'100ms',
		'--window',
		'2ms',
		'--check',
		'--change',
		'600ms driver.lockPolicy=kick-after-unlock',
		'--change',
		'300ms host.load=1',
	]);
	expect(requests).toHaveLength(1);
	expect(requests[0]).toMatchObject({
		seed: 7,
		duration: 1e9,
		warmup: 1e8,
		window: 2e6,
		check: true,
		series: false,
		changes: [
			{at: 3e8, set: {'host.load': 1}},
			{at: 6e8, set: {'driver.lockPolicy': 'kick-after-unlock'}},
		],
		configuration: {parameters: {'queue.size': 256, seed: 7}},
	});
});

test('the text ends with the command that repeats the run, settings and changes included', async () => {
	const {output, exitCode} = await attempt(['--set', 'device.gpuTime=exp(20us)', '--change', '500ms host.load=1']);
	expect(exitCode).toBe(0);
	const again = output.slice(output.indexOf('\nagain')).replaceAll('\\\n', ' ').replaceAll(/\s+/gv, ' ').trim();
	expect(again).toBe(
		"again vqlab run seed-2019-kick-under-lock --set 'device.gpuTime=exp(20us)' --change '500ms " +
			"host.load=1' --seed 1 --for 2s --warmup 200ms --expect 0123456789abcdef@1.0.0",
	);
});

test('the JSON has every parameter as presets write it, and the changes in seconds', async () => {
	const {output} = await attempt(['--format', 'json', '--change', '500ms device.fencePoll=1ms']);
	expect(JSON.parse(output)).toMatchObject({
		schema: 2,
		preset: 'seed-2019-kick-under-lock',
		seed: 1,
		eventHash: '0123456789abcdef',
		parameters: {'device.fencePoll': '10ms', 'driver.lockPolicy': 'kick-under-lock', 'queue.size': 64},
		changes: [{at: 0.5, set: {'device.fencePoll': '1ms'}}],
		warmupSeconds: 0.2,
		simulatedSeconds: 2,
		end: 'duration',
		unfinished: 3,
		stall: null,
		verdict: {bottleneck: 'worker-spin'},
	});
});

test('a change stands in the window in which it was made', async () => {
	const {output, requests} = await attempt(['--format', 'ndjson', '--change', '202ms host.load=1']);
	const rows: unknown[] = output
		.trimEnd()
		.split('\n')
		.map((line): unknown => JSON.parse(line));
	expect(requests[0]?.series).toBe(true);
	expect(rows).toHaveLength(5);
	expect(rows[2]).toMatchObject({t: 0.202, changes: [{at: 0.202, set: {'host.load': 1}}]});
	expect(rows[1]).toMatchObject({changes: []});
});

test('csv and markdown', async () => {
	const csv = await attempt(['--format', 'csv']);
	expect(csv.output.split('\n')).toHaveLength(7);
	expect(csv.output).toMatch(/^t,window,throughput\.submitted,/v);
	const markdown = await attempt(['--format', 'markdown']);
	expect(markdown.output).toMatch(/^# vqlab: seed-2019-kick-under-lock$/mv);
});

test('assertions that hold give 0, one that fails gives 1 and a line', async () => {
	expect(await attempt(['--assert', 'latency.p99 < 1ms', '--assert', 'throughput.completed > 28k/s'])).toMatchObject({
		exitCode: 0,
	});
	expect(await attempt(['--assert', 'latency.p99 < 1ms', '--assert', 'lock.spin.worker < 1'])).toMatchObject({
		exitCode: 1,
		complaints: ['assertion failed: lock.spin.worker < 1 (it is 67.6)'],
	});
});

test('an assertion about what is not defined here is bad usage', async () => {
	await expect(attempt(['--assert', 'cursor.kicks.perSecond < 1'])).rejects.toThrow(UserError);
});

test('a stall gives 1; with --until-stall it is what was looked for', async () => {
	expect(await attempt([], [stalled])).toMatchObject({
		exitCode: 1,
		complaints: ['stall: 3 commands wait in the control queue'],
	});
	expect(await attempt(['--until-stall'], [stalled])).toMatchObject({exitCode: 0, complaints: []});
	expect(await attempt(['--until-stall'])).toMatchObject({
		exitCode: 1,
		complaints: ['no stall in 2.2 s of simulated time (--until-stall)'],
	});
});

test('of several runs the seeds that stall are named; one stall is enough for --until-stall', async () => {
	expect(await attempt(['--runs', '3'], [simulated, stalled, simulated])).toMatchObject({
		exitCode: 1,
		complaints: ['seed 2: stall: 3 commands wait in the control queue'],
	});
	expect(await attempt(['--runs', '3', '--until-stall'], [simulated, stalled, simulated])).toMatchObject({
		exitCode: 0,
	});
	expect(await attempt(['--runs', '3', '--until-stall'])).toMatchObject({
		exitCode: 1,
		complaints: ['no stall in 2.2 s of simulated time, 3 runs (--until-stall)'],
	});
});

const kickAfterUnlock = resolveParameters({'driver.lockPolicy': 'kick-after-unlock'});

/**
A run whose policy was changed at 1 s: the spin is gone in the second stretch, or so few
commands came that nobody knows.
*/
function changed(commands: number): Simulated {
	const stretch = (from: number, to: number, worker: number, count: number): Stretch => ({
		from,
		to,
		set: from === 1e9 ? {'driver.lockPolicy': 'kick-after-unlock'} : {},
		configuration: from === 1e9 ? {...seedConfiguration, parameters: kickAfterUnlock} : seedConfiguration,
		metrics: {...seedMetrics, lock: {...seedMetrics.lock, spin: {worker, submitter: 0, total: worker}}},
		commands: count,
		settling: count < 200,
	});
	return {...simulated, stretches: [stretch(2e8, 1e9, 80, 20_000), stretch(1e9, 2.2e9, 0.1, commands)]};
}

const change = ['--change', '1s driver.lockPolicy=kick-after-unlock'];

test('in a run with changes verdict and assertions are about the last stretch, metrics about all of it', async () => {
	const {output, exitCode, complaints} = await attempt(
		[...change, '--format', 'json', '--assert', 'lock.spin.worker < 1', '--assert', 'whole:lock.spin.worker < 1'],
		[changed(20_000)],
	);
	expect({exitCode, complaints}).toEqual({
		exitCode: 1,
		complaints: ['assertion failed: whole:lock.spin.worker < 1 (it is 67.6)'],
	});
	const document = z
		.looseObject({
			metrics: z.looseObject({}),
			verdict: z.looseObject({bottleneck: z.string()}),
			stretches: z.array(z.looseObject({verdict: z.looseObject({bottleneck: z.string()})})),
		})
		.parse(JSON.parse(output));
	expect(document.metrics).toMatchObject({lock: {spin: {worker: 67.6}}});
	expect(document.stretches).toMatchObject([
		{
			from: 0.2,
			to: 1,
			set: {},
			settling: false,
			metrics: {lock: {spin: {worker: 80}}},
			verdict: {bottleneck: 'worker-spin'},
		},
		{
			from: 1,
			to: 2.2,
			set: {'driver.lockPolicy': 'kick-after-unlock'},
			settling: false,
			metrics: {lock: {spin: {worker: 0.1}}},
		},
	]);
	expect(document.verdict).toEqual(document.stretches[1].verdict);
	expect(document.verdict.bottleneck).not.toBe('worker-spin');
	expect(Object.keys(document.stretches[0]).toSorted()).toEqual([
		'from',
		'metrics',
		'set',
		'settling',
		'to',
		'verdict',
	]);
});

test('a last stretch of few commands is not judged, and an assertion about it is warned of', async () => {
	const {output, warnings} = await attempt(
		[...change, '--format', 'json', '--assert', 'lock.spin.worker < 1'],
		[changed(37)],
	);
	expect(JSON.parse(output)).toMatchObject({
		verdict: {
			bottleneck: 'settling',
			text: '37 commands in the 1.20 s since the change, fewer than 200: too few to be judged.',
		},
		stretches: [{settling: false}, {settling: true}],
	});
	expect(warnings).toEqual([
		'warning: seed 1: the last stretch, which --assert looks at, has fewer than 200 commands',
	]);
});

test('text and markdown have a column a stretch, and no line of text is wider than 80', async () => {
	const text = await attempt(change, [changed(37)]);
	expect(text.output).toMatch(/^stretch +whole +1 +~2$/mv);
	expect(text.output).toMatch(/^lock\.spin\.worker ms\/s +67\.6 +80\.0 +0\.100$/mv);
	expect(text.output).toMatch(/^Stretch 2, from 1 s to 2\.2 s, driver\.lockPolicy = kick-after-unlock, settling$/mv);
	expect(text.output.split('\n').filter(line => line.length > 80)).toEqual([]);
	const markdown = await attempt([...change, '--format', 'markdown'], [changed(20_000)]);
	expect(markdown.output).toContain('| metric | whole | stretch 1 | stretch 2 | unit |');
	expect(markdown.output).toContain('| lock.spin.worker | 67.6 | 80.0 | 0.100 | ms/s |');
});

test('what a change has set is tried by a change, not by a --set that acts before it', async () => {
	const result = changed(20_000);
	const [first] = result.stretches;
	const back: Simulated = {...result, stretches: [...result.stretches, {...first, from: 2e9, to: 2.2e9}]};
	const {output} = await attempt([...change, '--change', '2s driver.lockPolicy=kick-under-lock'], [back]);
	expect(output).toContain("\ntry      --change '2s driver.lockPolicy=kick-after-unlock'\n");
});

test('windows name the stretch that they lie in, and none across a change', async () => {
	const across: Simulated = {
		...changed(20_000),
		windows: [0.9985, 0.9995, 1.0005].map(t => ({t, window: 0.001, metrics: seedMetrics})),
	};
	const ndjson = await attempt([...change, '--format', 'ndjson'], [across]);
	const rows = ndjson.output
		.trimEnd()
		.split('\n')
		.map((line): unknown => JSON.parse(line));
	expect(rows).toMatchObject([
		{stretch: 1, changes: []},
		{stretch: null, changes: [{at: 1}]},
		{stretch: 2, changes: []},
	]);
	const csv = await attempt([...change, '--format', 'csv'], [across]);
	expect(
		csv.output
			.trimEnd()
			.split('\n')
			.map(line => line.split(',').at(-1)),
	).toEqual(['stretch', '1', '', '2']);
});

test('several runs with changes are summed up stretch by stretch', async () => {
	const json = await attempt([...change, '--runs', '2', '--format', 'json'], [changed(20_000), changed(37)]);
	expect(JSON.parse(json.output)).toMatchObject({
		summary: {'lock.spin.worker': {mean: 67.6}},
		stretches: [
			{
				from: 0.2,
				to: 1,
				set: {},
				settling: false,
				summary: {'lock.spin.worker': {mean: 80, runs: 2}},
			},
			{
				from: 1,
				to: 2.2,
				set: {'driver.lockPolicy': 'kick-after-unlock'},
				settling: true,
				summary: {'lock.spin.worker': {mean: 0.1, runs: 2}},
			},
		],
	});
	const text = await attempt([...change, '--runs', '2'], [changed(20_000), changed(37)]);
	expect(text.output).toContain('\nfrom 0.2 s to 1 s\n');
	expect(text.output).toContain('\nfrom 1 s to 2.2 s, driver.lockPolicy = kick-after-unlock, settling\n');
	expect(text.output.split('\n').filter(line => line.length > 80)).toEqual([]);
});

test('several runs have seeds in a row, a summary and assertions for each', async () => {
	const slow = {
		...simulated,
		metrics: {...seedMetrics, throughput: {submitted: 20_000, completed: 20_000, asked: 20_000}},
	};
	const {requests, output, exitCode, complaints, progress} = await attempt(
		['--runs', '3', '--seed', '5', '--format', 'json', '--assert', 'throughput.completed > 25k/s'],
		[simulated, slow, simulated],
	);
	expect(requests.map(request => request.seed)).toEqual([5, 6, 7]);
	expect(JSON.parse(output)).toMatchObject({
		schema: 2,
		runs: [{seed: 5, parameters: {seed: 5}}, {seed: 6, parameters: {seed: 6}}, {seed: 7}],
		summary: {'throughput.completed': {runs: 3}},
	});
	expect(exitCode).toBe(1);
	expect(complaints).toEqual(['seed 6: assertion failed: throughput.completed > 25k/s (it is 20000)']);
	expect(progress).toEqual(['run 0.17 seed 5, 1 of 3', 'run 0.50 seed 6, 2 of 3', 'run 0.83 seed 7, 3 of 3']);
});

test('an interrupted series reports what was finished', async () => {
	const interrupt = new Interrupt();
	interrupt.stop('SIGTERM');
	const {requests, output} = await attempt(['--runs', '3', '--format', 'json'], [simulated], interrupt);
	expect(requests).toEqual([]);
	expect(JSON.parse(output)).toMatchObject({runs: []});
	expect(interrupt.exitCode).toBe(143);
});

test('a series of too many rows is refused', async () => {
	await expect(attempt(['--format', 'csv', '--for', '100s'])).rejects.toThrow('give a longer --window');
	expect(await attempt(['--format', 'csv', '--for', '100s', '--window', '10ms'])).toMatchObject({exitCode: 0});
});

test('what is beyond the real thing is warned of', async () => {
	const {warnings} = await attempt(['--set', 'queue.size=2048']);
	expect(warnings).toEqual(['warning: queue.size = 2048: QEMU allows at most 1024 slots']);
});
