import path from 'node:path';
import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type RunOutcome, runSimulation} from '../../source/run/run.js';
import {type VerdictName} from '../../source/metrics/verdict-names.js';
import {type GivenParameters} from '../../source/simulation/parameters/resolve.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {type Verdict} from '../../source/diagnosis/finding.js';
import {judge} from '../../source/diagnosis/verdict.js';
import {jsonReport} from '../../source/report/json.js';
import {textReport} from '../../source/report/text.js';
import {seedReport} from '../helpers/seed-report.js';

const folder = path.join(import.meta.dirname, '../fixtures/incidents');

type Judged = RunOutcome & {readonly verdict: Verdict};

function run(name: string, settings: GivenParameters = {}): Judged {
	const configuration = configurationOf(loadPreset(path.join(folder, `${name}.json`)), settings);
	const outcome = runSimulation({
		configuration,
		seed: 1,
		warmup: 20e6,
		duration: 250e6,
		changes: [],
	});
	return {...outcome, verdict: judge(outcome.metrics, configuration, outcome.stall)};
}

const throughput = (name: string, settings?: GivenParameters): number =>
	run(name, settings).metrics.throughput.completed;

/** Published incidents and what their verdict must name. */
const findings: Readonly<Record<string, readonly [VerdictName, RegExp]>> = {
	'i01-one-vcpu-doorbell': ['doorbell', /ms\/s of vCPU 0/v],
	'i02-no-used-irq': ['stall', /lost-irq/v],
	'i03-rare-lost-kick': ['stall', /lost-kick/v],
	'i06-nested-exits': ['doorbell', /ms\/s of vCPU 0/v],
	'i06e-nested-end': ['doorbell', /ms\/s of vCPU 0/v],
	'i07-worker-hogs': ['worker-long', /worker runs, \d\S*\/s of \d\S* buffers, \d\S* ms each/v],
	'i08-seg-max-128': ['stall', /impossible-request/v],
	'i08-chain-over-1024': ['stall', /1502 segments .* at most 1024/v],
	'i10-kick-each': ['round-trip', /Bound by the round trip/v],
	'i10e-kick-end': ['round-trip', /Bound by the round trip/v],
	'i14-half-rate': ['fence-wait', /Fences wait for the GPU: .* of 60 frames\/s shown/v],
	'i15-two-users': ['loop-bound', /main loop/v],
	'i17-bql-busy': ['bql-busy', /others hold it \d\S* %: \d\S* us of each doorbell/v],
};

test('every incident has its finding', () => {
	const names = readdirSync(folder).map(name => path.parse(name).name);
	expect(names.toSorted()).toEqual(Object.keys(findings).toSorted());
});

test.each(Object.entries(findings))('%s', (name, [bottleneck, words]) => {
	const {verdict, stall, metrics, simulation} = run(name);
	expect(verdict.bottleneck, verdict.text).toBe(bottleneck);
	expect(verdict.text).toMatch(words);
	expect(stall !== null).toBe(bottleneck === 'stall');
	// JSON and text say the same.
	const report = {
		...seedReport,
		parameters: simulation.configuration.parameters as object as typeof seedReport.parameters,
		metrics,
		verdict,
		stall,
	};
	expect(JSON.parse(jsonReport(report))).toMatchObject({verdict: {bottleneck, severity: verdict.severity}});
	expect(jsonReport(report)).toContain(verdict.text.slice(0, 40));
	expect(textReport(report, {again: ['vqlab'], chart: []})).toContain(
		bottleneck === 'stall' ? '! stall' : `verdict  ${bottleneck}`,
	);
});

test('what a stall leaves undone is asked and not done', () => {
	for (const name of ['i02-no-used-irq', 'i03-rare-lost-kick', 'i08-seg-max-128']) {
		const {verdict} = run(name);
		expect(verdict.asked).toBeGreaterThan(verdict.done);
		expect(verdict.severity).toBe('problem');
		expect(verdict.unfinished).toBeGreaterThan(0);
	}
});

test('with a doorbell for each command the loss of one heals', () => {
	expect(run('i03-rare-lost-kick', {'queue.eventIdx': false}).end).toBe('duration');
});

test('what helped then helps here', () => {
	expect(throughput('i01-one-vcpu-doorbell', {'host.ioeventfd': true})).toBeGreaterThan(
		1.5 * throughput('i01-one-vcpu-doorbell'),
	);
	expect(throughput('i06e-nested-end', {'driver.lockPolicy': 'kick-batched'})).toBeGreaterThan(
		3 * throughput('i06-nested-exits'),
	);
	expect(run('i10-kick-each').metrics.kicks.perCommand).toBeCloseTo(1, 2);
	expect(run('i10e-kick-end', {'driver.lockPolicy': 'kick-batched'}).metrics.kicks.perCommand).toBeCloseTo(1 / 16, 2);
});

test('the runs of the worker are long, and those of more than 10 ms are counted', () => {
	const {runTime} = run('i07-worker-hogs').metrics.worker;
	expect(runTime.mean).toBeGreaterThan(4000);
	// Of a burst of 200 one run takes 145 at 90 us each.
	expect(runTime.hogged > 0).toBe((runTime.max ?? 0) > 10_000);
});

test('a client that shows every other frame misses the others', () => {
	const {perSecond, missed} = run('i14-half-rate').metrics.frames?.shell ?? {perSecond: 0, missed: 0};
	expect(perSecond + missed).toBeCloseTo(60, 6);
	expect(Math.abs(perSecond - 30)).toBeLessThan(4);
});
