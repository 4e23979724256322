import {expect, test} from 'vitest';
import {intervalsSvg, waterfallSvg} from '../../source/charts/svg-bars.js';
import {lineSvg} from '../../source/charts/svg-line.js';
import {metricAt} from '../../source/metrics/metric-path.js';
import {htmlPage} from '../../source/report/html.js';
import {markdownReport} from '../../source/report/markdown.js';
import {runHtml} from '../../source/report/run-html.js';
import {seedReport} from '../helpers/seed-report.js';

const again = [
	'vqlab',
	'run',
	'seed',
	'--set',
	'driver.lockPolicy=kick-after-unlock',
	'--assert',
	"'latency.p99 < 5ms'",
];

/** Elements that are opened and not closed, or closed and not opened. */
function unbalanced(html: string): readonly string[] {
	const alone = new Set(['meta', 'br', 'hr', 'rect', 'path', 'circle', '!doctype']);
	const open: string[] = [];
	for (const {groups} of html.matchAll(/<(?<end>\/?)(?<name>[!a-z][\w]*)[^>]*?(?<self>\/?)>/giv)) {
		const {end = '', name = '', self = ''} = groups ?? {};
		if (self === '/' || (alone.has(name.toLowerCase()) && end === '' && name !== 'rect')) {
			continue;
		}

		if (end === '') {
			open.push(name);
		} else if (open.pop() !== name) {
			return [`</${name}>`];
		}
	}

	return open;
}

test('a page stands alone: no script, no link, nothing to load, every element closed', () => {
	const html = runHtml(seedReport, {contention: [0.1, null, 0.2], throughput: [1e4, 2e4, 3e4]}, again);
	expect(html).not.toMatch(/<script|<link|<img|<iframe|javascript:|@import|url\(/v);
	expect([...html.matchAll(/https?:\/\/[^"\s<]+/gv)].map(([address]) => address)).toEqual([
		'http://www.w3.org/2000/svg',
	]);
	expect(unbalanced(html)).toEqual([]);
	expect(unbalanced('<p><b></p>')).not.toEqual([]);
	expect(html).toContain('<table border="1"');
	expect(html).toContain('<td>lock.matrix.doorbell.worker.count</td>');
	expect(html).toContain('vqlab run seed');
	expect(html).not.toMatch(/\bNaN\b|\bundefined\b/v);
});

test('what a user wrote is text', () => {
	const html = htmlPage({title: '<b>&', text: 'a <script>alert(1)</script> & `x < y`', pictures: []});
	expect(html).toContain('<title>&lt;b&gt;&amp;</title>');
	expect(html).not.toContain('<script>');
	expect(html).toContain('a &lt;script');
	expect(html).toContain('<code>x &lt; y</code>');
});

test('the Markdown of a run is as narrow as a mail, with the figures that the verdict rests on', () => {
	const text = markdownReport(seedReport, again);
	const wide = text.split('\n').filter(line => line.length > 78);
	expect(wide).toEqual([]);
	const shown = seedReport.verdict.evidence.filter(
		({metric}) => typeof metricAt(seedReport.metrics, metric) === 'number',
	);
	expect(shown).not.toEqual([]);
	for (const {metric} of shown) {
		expect(text).toContain(`| ${metric} |`);
	}

	expect(text.split('\n').length).toBeLessThan(45);
	expect(text).toContain("'latency.p99 < 5ms'");
});

test('pictures keep within their frames', () => {
	const pictures = [
		lineSvg({title: 'a', values: [0, null, 5e9, 3], from: 0, to: 2, marks: [{at: 1, text: 'queue.size'}]}),
		lineSvg({title: 'nothing', values: [], from: 0, to: 0, marks: []}),
		waterfallSvg(
			'b',
			[
				{name: 'prepare', value: 3},
				{name: 'service', value: 9},
			],
			'us',
		),
		intervalsSvg('c', [{name: 'x', at: 400, low: -500, high: 900, word: 'worse'}], 20),
	];
	for (const {width, height, elements} of pictures) {
		for (const [, x, y] of elements.join('').matchAll(/[ML](?<x>-?[\d.]+) (?<y>-?[\d.]+)/gv)) {
			expect(Number(x)).toBeGreaterThanOrEqual(0);
			expect(Number(x)).toBeLessThanOrEqual(width);
			expect(Number(y)).toBeLessThanOrEqual(height);
		}
	}
});
