import {expect, test} from 'vitest';
import {csvReport, runsCsv} from '../../source/report/csv.js';
import {jsonReport, jsonRunsReport, toJson} from '../../source/report/json.js';
import {markdownReport} from '../../source/report/markdown.js';
import {metricAt, metricPaths} from '../../source/metrics/metric-path.js';
import {ndjsonReport} from '../../source/report/ndjson.js';
import {estimate, summarize} from '../../source/report/replications.js';
import {textRunsReport} from '../../source/report/text-runs.js';
import {type RunReport} from '../../source/report/run-report.js';
import {seedMetrics} from '../helpers/seed-metrics.js';
import {seedReport} from '../helpers/seed-report.js';

const rows = [
	{
		t: 0.2,
		window: 0.001,
		metrics: {throughput: {completed: 28_000}, latency: {p99: null}, cpu: {vcpus: [{spin: 0.1}]}},
		changes: [],
	},
	{
		t: 0.201,
		window: 0.001,
		metrics: {throughput: {completed: 0}, latency: {p99: 843.5}, cpu: {vcpus: [{spin: Number.NaN}]}},
		changes: [{at: 0.2015, set: {'host.load': 1}}],
	},
];

test('the JSON has the keys of the contract in their order, whatever order the report has', () => {
	const {schema, ...rest} = seedReport;
	const shuffled = {...rest, extra: 1, schema};
	const document: unknown = JSON.parse(jsonReport(shuffled));
	expect(Object.keys(document ?? {}).join(' ')).toBe(
		'schema vqlab node preset parametersHash eventHash seed parameters clients faults changes ' +
			'warmupSeconds simulatedSeconds wallSeconds events end unfinished metrics stretches verdict stall hashes',
	);
	expect(document).toMatchObject({
		metrics: {throughput: {completed: 28_224}, cursor: null},
		verdict: {bottleneck: 'worker-spin', advice: []},
	});
});

test('NaN and infinities become null', () => {
	expect(JSON.parse(toJson({a: Number.NaN, b: [Number.POSITIVE_INFINITY], c: -1e-9}))).toEqual({
		a: null,
		b: [null],
		c: -1e-9,
	});
});

test('a line of ndjson a window', () => {
	const lines = ndjsonReport(rows).split('\n');
	expect(lines).toHaveLength(3);
	expect(JSON.parse(lines[1])).toEqual({
		t: 0.201,
		window: 0.001,
		metrics: {throughput: {completed: 0}, latency: {p99: 843.5}, cpu: {vcpus: [{spin: null}]}},
		changes: [{at: 0.2015, set: {'host.load': 1}}],
	});
	expect(ndjsonReport([])).toBe('');
});

test('csv of several runs has a row a metric of a run, and none for what is not defined', () => {
	const lines = runsCsv([seedReport, {...seedReport, seed: 2}])
		.trimEnd()
		.split('\n');
	const values = [...metricPaths(seedReport.metrics)].filter(([, value]) => value !== null);
	expect(lines[0]).toBe('run,seed,metric,value');
	expect(lines).toHaveLength(1 + 2 * values.length);
	expect(lines).toContain(`0,${seedReport.seed},throughput.completed,28224`);
	expect(lines).toContain('1,2,throughput.completed,28224');
	expect(lines.slice(1).filter(line => !/^[01],\d+,[\w.\[\]]+,-?[\d.e\-]+$/v.test(line))).toEqual([]);
});

test('csv has the dotted paths as header and an empty field for what is not defined', () => {
	expect(csvReport(rows)).toBe(
		[
			't,window,throughput.completed,latency.p99,cpu.vcpus[0].spin',
			'0.2,0.001,28000,,0.1',
			'0.201,0.001,0,843.5,',
			'',
		].join('\n'),
	);
});

test('csv quotes what a reader would take apart', () => {
	const [header] = csvReport([
		{
			t: 0,
			window: 1,
			metrics: {frames: {'a,"b"': {missed: 1}}},
			changes: [],
		},
	]).split('\n');
	expect(header).toBe('t,window,"frames.a,""b"".missed"');
});

test('paths reach every leaf', () => {
	const paths = metricPaths(seedMetrics);
	expect(paths.get('lock.matrix.doorbell.worker.spin')).toBe(66.5);
	expect(paths.get('cpu.vcpus[1].idle')).toBe(0.718);
	expect(paths.get('frames')).toBeNull();
	expect(metricAt(seedMetrics, 'cursor.kicks.perCommand')).toBeNull();
	expect(metricAt(seedMetrics, 'kicks.perFortnight')).toBeUndefined();
});

test('markdown has the verdict, the main figures and the command at the end', () => {
	const text = markdownReport(seedReport, ['vqlab', 'run', 'seed']);
	expect(text).toContain('| lock.spin.worker | 67.6 | ms/s |');
	expect(text).toContain('**worker-spin**: Dequeue worker spins 67.6 ms/s');
	expect(text.trimEnd().split('\n').slice(-2)).toEqual(['vqlab run seed', '```']);
});

function withThroughput(completed: number, seed: number): RunReport {
	return {
		...seedReport,
		seed,
		metrics: {...seedMetrics, throughput: {asked: completed, submitted: completed, completed}},
	};
}

test('the interval over runs is that of Student', () => {
	// Quantile 0.975 with 2 degrees of freedom: 4.302 652 73; standard
	// error of 9, 10, 11: 1 / sqrt 3.
	const result = estimate('throughput.completed', [9, 10, 11]);
	expect(result?.mean).toBe(10);
	expect(result?.low).toBeCloseTo(10 - 4.302_652_73 / Math.sqrt(3), 7);
	expect(result?.high).toBeCloseTo(10 + 4.302_652_73 / Math.sqrt(3), 7);
	expect(estimate('throughput.completed', [])).toBeNull();
	expect(estimate('throughput.completed', [7])).toEqual({
		mean: 7,
		low: 7,
		high: 7,
		runs: 1,
	});
});

test('a percentile over runs is wider by half its bin', () => {
	const result = estimate('latency.p99', [100.5, 100.5, 100.5]);
	expect((result?.high ?? 0) - 100.5).toBeCloseTo(0.256, 3);
	expect(100.5 - (result?.low ?? 0)).toBeCloseTo(0.256, 3);
});

test('with many runs the interval nears that of the normal distribution', () => {
	const values = Array.from({length: 1000}, (_, index) => index % 2);
	const half = (estimate('throughput.completed', values)?.high ?? 0) - 0.5;
	expect(half).toBeCloseTo(1.962 * Math.sqrt(0.25 / 999), 4);
});

test('several runs: each whole in JSON, and a summary', () => {
	const report = summarize([withThroughput(100, 1), withThroughput(110, 2), withThroughput(120, 3)]);
	expect(report.summary['throughput.completed']).toMatchObject({mean: 110, runs: 3});
	const document: unknown = JSON.parse(jsonRunsReport(report));
	expect(document).toMatchObject({
		schema: 2,
		runs: [{seed: 1}, {seed: 2}, {seed: 3}],
		summary: {'throughput.completed': {mean: 110}},
	});
	const text = textRunsReport(report, ['vqlab', 'run', 'x', '--runs', '3']);
	expect(text).toMatchSnapshot();
	expect(text.split('\n').every(line => line.length <= 80)).toBe(true);
});
