import {expect, test} from 'vitest';
import {textReport} from '../../source/report/text.js';
import {chartLines} from '../../source/report/text-chart.js';
import {againLines, wrap} from '../../source/report/text-layout.js';
import {judge} from '../../source/diagnosis/verdict.js';
import {seedMetrics} from '../helpers/seed-metrics.js';
import {seedConfiguration, seedReport} from '../helpers/seed-report.js';

const again = ['vqlab', 'run', 'seed-2019-kick-under-lock', '--seed', '1', '--for', '2s', '--warmup', '200ms'];

test('the text of the seed story, as people read it', () => {
	expect(textReport(seedReport, {again, chart: []})).toMatchSnapshot();
});

test('no line is longer than 80 columns and the last one repeats the run', () => {
	const lines = textReport(seedReport, {
		again,
		chart: chartLines({title: 'throughput', values: [1, 5, 2], window: 0.001}, false),
	})
		.trimEnd()
		.split('\n');
	expect(lines.filter(line => line.length > 80)).toEqual([]);
	expect(lines.at(-1)).toBe('again    vqlab run seed-2019-kick-under-lock --seed 1 --for 2s --warmup 200ms');
});

test('a stall takes the place of the verdict', () => {
	const stall = {
		kind: 'lost-kick',
		text: '64 commands wait in the control queue; host and guest both sleep since 2.000 s',
	};
	const text = textReport(
		{
			...seedReport,
			end: 'stall',
			stall,
			verdict: judge(seedMetrics, seedConfiguration, stall),
		},
		{again, chart: []},
	);
	expect(text).toContain('! stall\n  64 commands wait in the control queue');
	expect(text).not.toContain('verdict');
	expect(text).toContain('ended by its stall');
});

test('a run that ends inside its warm-up says that its figures are of that, in 80 columns', () => {
	const text = textReport({...seedReport, end: 'budget', simulatedSeconds: 0}, {again, chart: []});
	expect(text.replaceAll('\n', ' ')).toContain(
		'nothing measured: ended inside the warm-up of 0.2 s, whose figures these are',
	);
	expect(text.split('\n').filter(line => line.length > 80)).toEqual([]);
	expect(textReport({...seedReport, end: 'budget'}, {again, chart: []})).toContain(
		'simulated 2 s after 0.2 s warm-up',
	);
});

test('changes are named with their times', () => {
	const text = textReport({...seedReport, changes: [{at: 0.5, set: {'queue.size': 256}}]}, {again, chart: []});
	expect(text).toContain('at 0.5 s: queue.size = 256');
});

test('a chart in ASCII has the shape of the other one', () => {
	const series = {title: 'contention', values: [0, 4, 1, 3, null, 2], window: 0.001};
	const drawn = chartLines(series, false);
	const ascii = chartLines(series, true);
	expect(ascii.map(line => line.length)).toEqual(drawn.map(line => line.length));
	expect(ascii.join('\n')).toMatch(/^[\u0020-\u007E\n]*$/v);
	expect(drawn.join('\n')).toContain('╭');
});

test('a chart of a single value is left out', () => {
	expect(chartLines({title: 'x', values: [1], window: 1}, false)).toEqual([]);
	expect(chartLines({title: 'x', values: [null, null, null], window: 1}, false)).toEqual([]);
});

test('a long command is broken between its words, as a shell takes it', () => {
	const text = againLines([
		'vqlab',
		'run',
		...Array.from({length: 8}, (_, index) => `--set=some.parameter.${index}=value`),
	]);
	expect(text.split('\n').every(line => line.length <= 80)).toBe(true);
	expect(text.replaceAll(' \\\n ', '').replaceAll(/ +/gv, ' ')).toContain(
		'--set=some.parameter.0=value --set=some.parameter.1=value',
	);
});

test('words longer than a line are not cut', () => {
	expect(wrap('a '.repeat(2) + 'x'.repeat(100), 2)).toEqual(['  a a', `  ${'x'.repeat(100)}`]);
});
