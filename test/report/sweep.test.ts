import {expect, test} from 'vitest';
import {type Goal} from '../../source/experiment/sweep/pareto.js';
import {type WrittenSet} from '../../source/experiment/sweep/plan.js';
import {type Results, setsOf, type SweepHeader, type SweepResult} from '../../source/experiment/sweep/results.js';
import {sweepCsv} from '../../source/report/sweep-csv.js';
import {sweepJson} from '../../source/report/sweep-json.js';
import {sweepMarkdown} from '../../source/report/sweep-markdown.js';
import {sweepSvg} from '../../source/report/sweep-svg.js';
import {sweepText} from '../../source/report/sweep-text.js';
import {type SweepView, viewOf} from '../../source/report/sweep-view.js';

const again = ['vqlab', 'sweep'];
const spin = 'lock.spin.worker';
const done = 'throughput.completed';

type Figures = (set: WrittenSet, run: number) => SweepResult['metrics'];

function resultsOf(axes: SweepHeader['axes'], figures: Figures, given: Partial<SweepHeader> = {}): Results {
	const header: SweepHeader = {
		schema: 2,
		vqlab: '1.0.0',
		preset: 'a <preset> & more',
		axes,
		runs: 2,
		points: 0,
		plan: '0123456789abcdef',
		seed: 1,
		warmup: '1ms',
		duration: '1s',
		set: {},
		shard: null,
		command: 'vqlab sweep',
		...given,
	};
	const sets = setsOf(header);
	const results = sets.flatMap((set, point) =>
		[0, 1].map((run): SweepResult => {
			const metrics = figures(set, run);
			return {
				point,
				hash: null,
				run,
				seed: 1 + run,
				set,
				metrics,
				eventHash: null,
				events: 0,
				end: 'duration',
				stall: null,
				refused: metrics === null ? 'queue.layout: no such ring' : null,
			};
		}),
	);
	return {
		header: {...header, points: sets.length},
		results: results.filter(({run, refused}) => run === 0 || refused === null),
	};
}

const size = {key: 'queue.size', values: [16, 32, 64]};
const policy = {key: 'driver.lockPolicy', values: ['kick-under-lock', 'kick-batched']};
const two = resultsOf([size, policy], (set, run) => ({
	[spin]: set['driver.lockPolicy'] === 'kick-batched' ? 0 : 80 + run,
	[done]: 1000 * Number(set['queue.size']) + run,
}));

function shown(results: Results, metrics: readonly string[] = [], goals: readonly Goal[] = []): SweepView {
	return viewOf(results, {metrics, goals});
}

test('two axes are a map, with what each of them does', () => {
	const text = sweepText(shown(two, [spin]), again, false, true);
	expect(text).toContain(
		[
			'lock.spin.worker ms/s',
			'                   queue.size',
			'driver.lockPolicy      16      32      64',
			'kick-under-lock    █ 80.5  █ 80.5  █ 80.5',
			'kick-batched          ░ 0     ░ 0     ░ 0',
			'░ from 0  ▒ from 20.1  ▓ from 40.3  █ from 60.4  to 80.5',
		].join('\n'),
	);
	expect(text).toContain('driver.lockPolicy 0 (kick-batched) to 80.5');
	expect(text.replaceAll('\n', ' ')).toContain('queue.size moves nothing');
	expect(sweepText(shown(two, [spin]), again, true, true)).toContain('kick-under-lock    # 80.5');
});

test('one axis of numbers is a line, with its values below', () => {
	const one = resultsOf([size], set => ({[done]: Number(set['queue.size'])}));
	const text = sweepText(shown(one), again, false, false);
	expect(text).toContain('throughput.completed /s over queue.size');
	expect(text).toMatch(/\n {6}16 +32 +64\n/v);
	const flat = resultsOf([size], () => ({[done]: 5}));
	expect(sweepText(shown(flat), again, false, false)).toContain(
		'throughput.completed /s is 5.00 at every queue.size.',
	);
});

test('what differs by less than the margin has no shades', () => {
	const flat = resultsOf([size, policy], (set, run) => ({[done]: 1000 + Number(set['queue.size']) / 16 + run}));
	const text = sweepText(shown(flat), again, false, false);
	expect(text).not.toMatch(/[▒▓█]/v);
	expect(text).toContain('all within 0.30 % of the largest');
	expect(sweepSvg(shown(flat))).toContain('all within 0.30 % of the largest');
});

test('a refused point is a word in every form, and its reason is told once', () => {
	const results = resultsOf([size, policy], set =>
		set['queue.size'] === 32 ? null : {[spin]: Number(set['queue.size'])},
	);
	const text = sweepText(shown(results), again, false, false);
	expect(text).toMatch(/kick-batched +░ 16\.0 refused +█ 64\.0/v);
	expect(text.split('queue.layout: no such ring')).toHaveLength(2);
	expect(sweepMarkdown(shown(results), again)).toContain('| 2 | 32 | kick-under-lock | refused |');
	expect(sweepCsv(results, ['queue.size'], [])).toContain('2,0,1,32,,\n');
	expect(sweepSvg(shown(results))).toContain('>refused</text>');
	expect(text).not.toContain('What each axis does');
});

test.each([
	[
		'many columns',
		resultsOf([{key: 'queue.size', values: Array.from({length: 40}, (_, index) => index)}, policy], () => ({
			[spin]: 1,
		})),
	],
	[
		'three axes',
		resultsOf([size, policy, {key: 'guest.vcpus', values: [1, 2, 3, 4, 5, 6]}], () => ({[spin]: 1, [done]: 2})),
	],
	[
		'long values',
		resultsOf(
			[{key: 'host.cost.exitUser', values: ['lognormal(5us,0.6)', `quantiles(${'0:1us,'.repeat(20)})`]}, size],
			() => ({[spin]: 1}),
		),
	],
	[
		'many runs',
		resultsOf([size, policy], (_, run) =>
			Object.fromEntries(
				['latency.p99', 'latency.mean', done, spin, 'cpu.vcpusBusy'].map(path => [path, 123_456.7 * (run + 1)]),
			),
		),
	],
])('%s fit in the narrowest terminal', (_, results) => {
	const lines = sweepText(shown(results), again, false, false).split('\n');
	expect(lines.filter(line => line.length > 80)).toEqual([]);
});

test('the front is told, drawn, and bold', () => {
	const goals: Goal[] = [
		{path: done, wanted: 'max'},
		{path: spin, wanted: 'min'},
	];
	const view = shown(two, [], goals);
	expect(view.front).toEqual([5]);
	const text = sweepText(view, again, false, false);
	expect(text).toContain(': 1 of 6 points,');
	expect(text).toContain('●');
	expect(sweepMarkdown(view, again)).toContain('| **5** | **64** | **kick-batched** |');
	expect(sweepSvg(view)).toContain('the front');
	expect(JSON.parse(sweepJson(view, true))).toMatchObject({pareto: {front: [5]}});
});

test('the document has means with their intervals', () => {
	const document = JSON.parse(sweepJson(shown(two), false)) as {
		results: ReadonlyArray<{metrics: Record<string, object>}>;
	};
	expect(document.results[0].metrics[done]).toMatchObject({mean: 16_000.5, runs: 2});
	expect(document).toMatchObject({missing: [], plan: '0123456789abcdef'});
});

test('the long form has a row a metric of a run', () => {
	const lines = sweepCsv(two, ['queue.size', 'driver.lockPolicy'], []).trimEnd().split('\n');
	expect(lines).toHaveLength(1 + 6 * 2 * 2);
	expect(lines.slice(0, 3)).toEqual([
		'point,run,seed,queue.size,driver.lockPolicy,metric,value',
		`0,0,1,16,kick-under-lock,${spin},80`,
		`0,0,1,16,kick-under-lock,${done},16000`,
	]);
	expect(sweepCsv(two, ['queue.size'], [spin]).trimEnd().split('\n')).toHaveLength(1 + 6 * 2);
});

test('a picture is XML that stands alone, whatever names are in it', () => {
	const picture = sweepSvg(shown(two)) ?? '';
	expect(picture).toContain('<title>a &lt;preset&gt; &amp; more: mean of 2 runs of 1s a point</title>');
	expect(picture).not.toMatch(/NaN|Infinity|undefined|href|<script/v);
	const open = [...picture.matchAll(/<(?<name>[a-z]+)[^>]*(?<!\/)>/gv)]
		.map(({groups}) => groups?.name ?? '')
		.toSorted();
	const closed = [...picture.matchAll(/<\/(?<name>[a-z]+)>/gv)].map(({groups}) => groups?.name ?? '').toSorted();
	expect(open).toEqual(closed);
	expect(
		sweepSvg(shown(resultsOf([size, policy, {key: 'guest.vcpus', values: [1, 2]}], () => ({[spin]: 1})))),
	).toBeUndefined();
});

test('a file without a run has a form, too', () => {
	const empty: Results = {...two, results: []};
	expect(sweepText(shown(empty, [spin]), again, false, true)).toContain('6 points are not finished.');
	expect(sweepSvg(shown(empty, [spin]))).not.toMatch(/NaN|Infinity/v);
});
