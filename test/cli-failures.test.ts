import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {beforeAll, expect, test} from 'vitest';
import {flags as allFlags, spelling} from '../source/commands/flags.js';
import {commands} from '../source/commands/registry.js';
import {type Verb} from '../source/commands/verb.js';
import {buildCli, callCli, cliFile, runCli} from './helpers/cli.js';

beforeAll(buildCli);

/** Fails so, with one line that says why, on stderr and nowhere else. */
async function expectOneLine(argv: readonly string[], code: number): Promise<string> {
	const {stderr, status} = await callCli(argv);
	expect({status, lines: stderr.match(/\n/gv)?.length, argv}).toEqual({status: code, lines: 1, argv});
	expect(stderr).toMatch(/^vqlab: \S/v);
	return stderr;
}

/** Command lines that no verb of this kind takes. */
function badUsages({name, words, flags}: Verb): string[][] {
	const own: readonly string[] = flags;
	const quiet = own.includes('quiet') ? ['--quiet'] : [];
	const foreign = Object.keys(allFlags).find(flag => !['help', 'version', ...own].includes(flag)) ?? '';
	return [
		[name, '--no-such-flag', ...quiet],
		[name, spelling(foreign), ...quiet],
		// Some take as many as a shell hands over.
		...(words < 100 ? [[name, ...Array.from({length: words + 1}, () => 'x'), ...quiet]] : []),
		...(own.includes('format') ? [[name, '--format', 'parchment', ...quiet]] : []),
		...(own.includes('output') ? [[name, '--output', '/no/such/folder/file', ...quiet]] : []),
	];
}

test.each(commands.flatMap(command => badUsages(command)).map(argv => [argv]))(
	'%j: bad usage is exit 2 and a line',
	async argv => {
		await expectOneLine(argv, 2);
	},
);

const lost = ['run', 'lost-kick', '--for', '1s', '--warmup', '0s'];
const short = ['run', '--for', '5ms', '--warmup', '1ms'];

test.each(['text', 'json', 'ndjson', 'csv', 'markdown'])(
	'%s with --quiet: a failed run says why in a line',
	async format => {
		const machine = ['--format', format, '--quiet'];
		expect(await expectOneLine([...lost, ...machine], 1)).toContain('stall');
		expect(await expectOneLine([...short, ...machine, '--until-stall'], 1)).toContain('no stall');
		expect(await expectOneLine([...short, ...machine, '--assert', 'throughput.completed < 1'], 1)).toContain(
			'assertion failed',
		);
	},
);

test.each([
	[['presets'], 0],
	[[...short, '--format', 'csv', '--assert', 'throughput.completed < 1'], 1],
	[['run', '--no-such-flag'], 2],
] as const)('%j: the process ends so, with the same words', async (argv, code) => {
	const {stdout, stderr, status} = runCli(argv);
	expect(status).toBe(code);
	expect({stdout, stderr, status}).toEqual(await callCli(argv));
});

test('a stall that was looked for is no failure', () => {
	expect(runCli([...lost, '--until-stall', '--quiet'])).toMatchObject({status: 0, stderr: ''});
});

test('line ends that the user has written do not make a second line', async () => {
	await expectOneLine(['run', 'no\nsuch\r\npreset'], 2);
	await expectOneLine(['run', '--set', 'queue.size=\n'], 2);
	await expectOneLine(['no\nsuch'], 2);
});

test.runIf(existsSync('/dev/full'))('an output that does not fit is a line, too', () => {
	const {status, stderr} = spawnSync('sh', ['-c', '"$0" "$1" explain > /dev/full', process.execPath, cliFile], {
		encoding: 'utf8',
	});
	expect(status).toBe(2);
	expect(stderr).toMatch(/^vqlab: standard output can not be written: [^\n]+\n$/v);
});
