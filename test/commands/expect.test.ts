import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {z} from 'zod';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {expectedOf} from '../../source/commands/expect.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {run} from '../../source/commands/run.js';
import {type CommandOutcome} from '../../source/commands/verb.js';
import {version} from '../../source/version.js';
import {shownIn} from '../helpers/shown-in.js';

const folder = mkdtempSync(path.join(tmpdir(), 'expect-'));
const file = path.join(folder, 'run.json');
/** More than two blocks of events. */
const length = ['--for', '240ms', '--warmup', '0ms'];

async function running(...argv: readonly string[]): Promise<CommandOutcome & {readonly warnings: readonly string[]}> {
	const line = parseCommandLine(['run', 'seed-2019-kick-under-lock', ...argv], import.meta);
	const warnings: string[] = [];
	const outcome = await run({
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn(text) {
			warnings.push(text);
		},
	});
	return {...outcome, warnings};
}

const document = z.object({eventHash: z.string(), hashes: z.array(z.string()), events: z.number()});
let report: z.infer<typeof document>;

beforeAll(async () => {
	const {output} = await running(...length, '--format', 'json');
	writeFileSync(file, output);
	report = document.parse(JSON.parse(output));
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

test('a report has a hash for each whole block of events', () => {
	expect(report.hashes).toHaveLength(Math.floor(report.events / 65_536));
	expect(report.hashes.length).toBeGreaterThanOrEqual(2);
	expect(new Set([...report.hashes, report.eventHash]).size).toBe(report.hashes.length + 1);
});

test('the same run says so, and the command that repeats it carries its hash', async () => {
	const {output, exitCode} = await running(...length, '--expect', `${report.eventHash}@${version}`);
	expect(exitCode).toBe(0);
	expect(output).toContain(`same run: event hash ${report.eventHash}`);
	expect(output.replaceAll(/\s*\\\n\s*/gv, ' ')).toContain(`--expect ${report.eventHash}@${version}`);
	const csv = await running('--for', '2ms', '--warmup', '0ms', '--format', 'csv', '--expect', report.eventHash);
	expect(csv).toMatchObject({exitCode: 1, warnings: []});
});

test('another run: both hashes and versions, the block and the event, and exit 1', async () => {
	const {exitCode, complaints, output} = await running(
		...length,
		'--set',
		'device.gpuTime=const(3us)',
		'--set',
		'host.load=1',
		'--expect',
		file,
	);
	expect(exitCode).toBe(1);
	expect(complaints).toHaveLength(1);
	expect(complaints?.[0]).toMatch(
		new RegExp(
			String.raw`^--expect: another run: event hash ${report.eventHash} by vqlab ${version} was expected, this is [\da-f]{16} by vqlab ${version}; the first block that differs is 1 \(events 0 to 65535\), the first event that differs is \d+: \w+ of \d+ at [\d.]+ us there, \w+ of \d+ at [\d.]+ us here$`,
			'v',
		),
	);
	expect(output.replaceAll(/\s+/gv, ' ')).toContain('another run: event hash');
});

test('a report of another program: the block alone, as its run can not be made here', async () => {
	const other = path.join(folder, 'other.json');
	const json = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
	const hashes = [report.hashes[0], '0123456789abcdef', ...report.hashes.slice(2)];
	writeFileSync(other, JSON.stringify({...json, vqlab: '9.9.9', eventHash: 'fedcba9876543210', hashes}));
	const {complaints} = await running(...length, '--expect', other);
	expect(complaints?.[0]).toMatch(
		/fedcba9876543210 by vqlab 9\.9\.9 was expected.*the first block that differs is 2 \(events 65536 to 131071\)$/v,
	);
});

test('what is no report and several runs are refused in one line', async () => {
	const bad = path.join(folder, 'bad.json');
	writeFileSync(bad, '{"schema": 2}');
	expect(() => expectedOf(bad)).toThrow(/^--expect .*bad\.json: it is not the JSON of vqlab run/v);
	expect(() => expectedOf('no-such-file')).toThrow(/^--expect .*no-such-file[^\n]*8 to 16 digits[^\n]*$/v);
	expect(expectedOf('0123ABCD')).toEqual({eventHash: '0123abcd', vqlab: null, report: null});
	await expect(running('--runs', '2', '--expect', '0123abcd')).rejects.toThrow(/drop --runs$/v);
});
