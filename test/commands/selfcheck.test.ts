import {expect, test} from 'vitest';
import {shownIn} from '../helpers/shown-in.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {runSelfcheckCommand} from '../../source/commands/selfcheck.js';
import {type PairResult} from '../../source/selfcheck/pair-check.js';
import {type CheckResult, type SelfcheckResult} from '../../source/selfcheck/selfcheck.js';
import {type TheoryResult} from '../../source/selfcheck/theory-check.js';

const law: TheoryResult = {
	law: 'Little',
	applies: 'always',
	setting: 'load | 0.8',
	quantity: 'commands',
	exact: 4,
	runs: 3,
	simulated: 4.02,
	error: 0.005,
	interval: 0.01,
	commands: 1000,
	verdict: 'within 1 %',
};

const pair: PairResult = {
	id: 'X1',
	preset: 'some-preset',
	quantity: 'frames/s',
	source: 'somebody #1',
	published: {before: 60, after: 120},
	ratio: 2,
	band: [1.9, 2.1],
	predicted: {before: 60, after: 121, ratio: 2.0167},
	control: 1,
	counted: true,
	verdict: 'in band',
};

async function check(result: SelfcheckResult, format = 'text', stopAfter = Infinity) {
	const interrupt = new Interrupt();
	const line = parseCommandLine(['selfcheck', '--format', format], import.meta);
	const progress: string[] = [];
	const checks: readonly CheckResult[] = [
		...result.theory.map(theory => ({theory})),
		...result.pairs.map(one => ({pair: one})),
	];
	const outcome = await runSelfcheckCommand(
		{
			line,
			input: [],
			interrupt,
			progress: shownIn(progress, () => {
				if (progress.length === stopAfter + 1) {
					interrupt.stop('SIGINT');
				}
			}),
			warn() {
				// There is nothing to warn of.
			},
		},
		{
			count: checks.length,
			kind: {
				name: 'check',
				load:
					async () =>
					({check: number}) =>
						checks[number],
			},
		},
	);
	return {...outcome, progress};
}

test('all holds: exit code 0 and nothing to complain of', async () => {
	const {output, exitCode, complaints, progress} = await check({theory: [law], pairs: [pair]});
	expect(exitCode).toBe(0);
	expect(complaints).toEqual([]);
	expect(progress).toEqual(['selfcheck 0.00 0 of 2', 'selfcheck 0.50 1 of 2: Little', 'selfcheck 1.00 2 of 2: X1']);
	expect(output).toContain('1 of 1 closed forms met; 1 of 1 published pairs in band');
	for (const text of [
		'simulated 4.02, exact 4',
		'somebody #1',
		'published 60 to 120, x2',
		'control x1: in band',
		'A3: 14K to 34K',
	]) {
		expect(output).toContain(text);
	}

	for (const text of output.split('\n')) {
		expect(text.length).toBeLessThanOrEqual(80);
	}
});

test.each<[string, SelfcheckResult, RegExp]>([
	[
		'a law',
		{theory: [{...law, error: -0.03, verdict: 'out'}], pairs: [pair]},
		/^Little \(load \| 0\.8\): -3\.00 % off$/v,
	],
	['a pair', {theory: [law], pairs: [{...pair, verdict: 'out of band'}]}, /^X1: out of band/v],
	['a control', {theory: [law], pairs: [{...pair, verdict: 'control in band'}]}, /^X1: control in band/v],
])('%s that falls out is exit code 1', async (_, result, complaint) => {
	const {exitCode, complaints} = await check(result);
	expect(exitCode).toBe(1);
	expect(complaints).toEqual([expect.stringMatching(complaint)]);
});

test('a band that contains 1 is said not to count', async () => {
	const {output} = await check({theory: [law], pairs: [{...pair, band: [0.9, 2.1], counted: false}]});
	expect(output).toContain('0 of 0 published pairs');
	expect(output.replaceAll(/\s+/gv, ' ')).toContain('does not count (the band contains 1)');
});

test('JSON and Markdown hold the same', async () => {
	const results = {theory: [law], pairs: [pair]};
	const {output} = await check(results, 'json');
	expect(JSON.parse(output)).toMatchObject({
		schema: 2,
		theory: [{law: 'Little'}],
		published: [{id: 'X1'}],
		summary: {holds: true},
	});
	const markdown = await check(results, 'markdown');
	expect(markdown.output).toContain(String.raw`| Little | always | load \| 0.8 |`);
	expect(markdown.output).toContain('| X1 | somebody #1 | some-preset |');
});

test('a signal ends it between two checks, with what was finished', async () => {
	const {output, progress} = await check({theory: [law], pairs: [pair]}, 'text', 1);
	expect(progress).toHaveLength(2);
	expect(output).not.toContain('X1');
});

test('another format is refused', async () => {
	await expect(check({theory: [], pairs: []}, 'csv')).rejects.toThrow('--format csv is none of text, json, markdown');
});
