import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
	closeSync,
	copyFileSync,
	existsSync,
	ftruncateSync,
	linkSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {text} from 'node:stream/consumers';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {parameters as tableParameters} from '../source/simulation/parameters/table.js';
import {buildCli, callCli, cliFile, runCli} from './helpers/cli.js';

let folder = '';
let recording = '';

beforeAll(async () => {
	await buildCli();
	const exported = await callCli(['export', '--to', 'ftrace', '--for', '1ms']);
	recording = exported.stdout;
});

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
});

afterEach(() => {
	rmSync(folder, {recursive: true});
});

function at(name: string): string {
	return path.join(folder, name);
}

const client = {
	name: 'game',
	kind: 'closed',
	loop: [{commands: ['RESOURCE_FLUSH']}],
	wait: 'response',
};
const preset = JSON.stringify({title: 'a', clients: [client]});

const short = ['--for', '2ms', '--warmup', '1ms'];

/** Every place where a verb takes a file, and the command line around it. */
const inputs: ReadonlyArray<readonly [string, (file: string) => readonly string[]]> = [
	['preset', file => ['run', file, ...short]],
	['preset of an export', file => ['export', file, '--to', 'csv']],
	['cells', file => ['validate', file]],
	['preset of validate', file => ['validate', 'test/testbed/cells.json', '--preset', file]],
	['recording', file => ['calibrate', file]],
	['recording of a replay', file => ['replay', file]],
	['host log', file => ['calibrate', at('guest.txt'), '--host', file]],
	['table beside', file => ['calibrate', at('guest.txt'), '--side', file]],
	['results', file => ['merge', file]],
	['preset of a sweep', file => ['sweep', file, '--axis', 'queue.size=64,128']],
	['baseline', file => ['compare', '--baseline', file, ...short]],
	['report', file => ['run', ...short, '--expect', file]],
	['session', file => ['run', '--session', file]],
	['subject of a snapshot', file => ['snapshot', file]],
	[
		'samples',
		file => {
			symlinkSync(file, at('samples.json'));
			return ['run', at('samples-preset.json')];
		},
	],
];

/** One input of each reader: of a text, of a recording, of lines. */
const readers = new Set(['preset', 'recording', 'results']);

/** What a reader says of zeros without an end, or of how far it went. */
const endless =
	/it is no text|there is no event in its first 64 MiB|a line of it is larger than 16 MiB|is outside the preset's folder/v;

function prepare(): void {
	writeFileSync(at('guest.txt'), recording);
	writeFileSync(
		at('samples-preset.json'),
		JSON.stringify({
			...(JSON.parse(preset) as object),
			parameters: {'device.gpuTime': 'empirical(samples.json#a)'},
		}),
	);
}

type Ended = {readonly stdout: string; readonly stderr: string; readonly status: number | null};

function checkOneLine({stdout, stderr, status}: Ended): string {
	expect({stderr, lines: stderr.match(/\n/gv)?.length, status}).toEqual({stderr, lines: 1, status: 2});
	expect(stderr).toMatch(/^vqlab: \S/v);
	expect(stdout).toBe('');
	return stderr;
}

async function expectOneLine(argv: readonly string[], stdin?: number): Promise<string> {
	return checkOneLine(await callCli(argv, stdin === undefined ? {} : {stdin}));
}

/**
Runs it with no more address space for JavaScript than a run needs: what is read whole does not fit.
*/
function expectOneLineInLittle(argv: readonly string[], stdin: 'ignore' | number = 'ignore'): string {
	return checkOneLine(
		spawnSync(process.execPath, ['--max-old-space-size=128', cliFile, ...argv], {
			encoding: 'utf8',
			stdio: [stdin, 'pipe', 'pipe'],
		}),
	);
}

test.each(inputs)(
	'%s: an endless device, a folder, a socket, a circle of links, a name too long, a huge hole: one line each',
	async (what, argvOf) => {
		prepare();
		const server = createServer();
		server.listen(at('socket.json'));
		await once(server, 'listening');
		symlinkSync('b.json', at('a.json'));
		symlinkSync('a.json', at('b.json'));
		const hole = openSync(at('hole.json'), 'w');
		ftruncateSync(hole, 2 ** 36);
		closeSync(hole);
		// All but two of them read through the same reader.
		const others =
			what === 'preset' || what === 'recording'
				? [at('socket.json'), at('a.json'), at(`${'n'.repeat(256)}.json`), at('none/none.json')]
				: [];
		for (const file of [folder, ...others]) {
			await expectOneLine(argvOf(file)); // eslint-disable-line no-await-in-loop -- one call at a time
			rmSync(at('samples.json'), {force: true});
		}

		// Each reader shows once, in little memory, that it ends; what reads through it says so.
		expect(await expectOneLine(argvOf('/dev/zero'))).toMatch(endless);
		if (readers.has(what)) {
			expect(expectOneLineInLittle(argvOf('/dev/zero'))).toMatch(endless);
		}

		if (others.length > 0) {
			expectOneLineInLittle(argvOf(at('hole.json')));
		}

		server.close();
	},
);

test.each(['-', '/dev/stdin', '/dev/fd/0'])('run %s: what is endless costs no more than the limit', source => {
	const zero = openSync('/dev/zero', 'r');
	// Either reads it as the other does.
	const argv = source === '-' ? ['run', source] : ['export', source, '--to', 'csv'];
	expect(expectOneLineInLittle(argv, zero)).toContain('it is no text');
	closeSync(zero);
	// Without a zero in it nothing but its length is wrong.
	const {stderr, status} = spawnSync(
		'sh',
		['-c', 'yes "" | "$@"; exit $?', 'sh', process.execPath, '--max-old-space-size=128', cliFile, 'run', source],
		{encoding: 'utf8'},
	);
	expect([stderr.replace(/^vqlab: .*:/v, ''), status]).toEqual([' it is larger than 4 MiB\n', 2]);
});

test('a preset comes from a file, a pipe, a socket, a link to any of them', async () => {
	const {stdout} = await callCli(['export', '-', '--to', 'csv', ...short], {input: preset});
	expect(stdout).toContain('RESOURCE_FLUSH');
	for (const source of ['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']) {
		expect(runCli(['export', source, '--to', 'csv', ...short], {input: preset}).stdout).toBe(stdout);
	}

	expect(
		spawnSync(
			'sh',
			[
				'-c',
				'printf %s "$1" | "$2" "$3" export /dev/stdin --to csv --for 2ms --warmup 1ms',
				'sh',
				preset,
				process.execPath,
				cliFile,
			],
			{encoding: 'utf8'},
		).stdout,
	).toBe(stdout);
});

test('no output goes over an input of the same command, by whatever path', async () => {
	prepare();
	writeFileSync(at('p.json'), preset);
	copyFileSync('test/testbed/cells.json', at('cells.json'));
	writeFileSync(at('samples.json'), '{"a": [1, 2, 3]}');
	writeFileSync(at('host.log'), 'x');
	linkSync(at('p.json'), at('hard.json'));
	symlinkSync('p.json', at('soft.json'));
	const before = new Map(readdirSync(folder).map(name => [name, readFileSync(at(name))]));
	const guest = at('guest.txt');
	const cases: ReadonlyArray<readonly string[]> = [
		...['p.json', 'hard.json', 'soft.json', `../${path.basename(folder)}/p.json`].map(name => [
			'run',
			at('p.json'),
			...short,
			'--output',
			`${folder}/${name}`,
		]),
		['run', at('soft.json'), ...short, '--output', at('hard.json')],
		['run', '-', ...short, '--output', at('p.json')],
		['run', '/dev/stdin', ...short, '--output', at('p.json')],
		['export', at('p.json'), '--to', 'csv', '--output', at('p.json')],
		['replay', guest, '--output', guest],
		['calibrate', guest, '--output', guest],
		['calibrate', guest, '--host', at('host.log'), '--output', at('host.log')],
		['calibrate', guest, '--side', at('host.log'), '--output', at('host.log')],
		['validate', at('cells.json'), '--output', at('cells.json')],
		['validate', 'test/testbed/cells.json', '--preset', at('p.json'), '--output', at('p.json')],
		['run', at('samples-preset.json'), ...short, '--output', at('samples.json')],
		['merge', at('host.log'), '--format', 'html', '--output', at('host.log')],
		['compare', '--baseline', at('host.log'), '--output', at('host.log')],
		['run', ...short, '--expect', at('host.log'), '--output', at('host.log')],
		['run', '--session', at('host.log'), '--output', at('host.log')],
		['snapshot', guest, '--beside', at('p.json'), '--output', at('p.json')],
	];
	for (const argv of cases) {
		const descriptor = openSync(at('p.json'), 'r');
		// What is opened by its place is that of the process.
		const ended = argv.includes('/dev/stdin')
			? expectOneLineInLittle(argv, descriptor)
			: await expectOneLine(argv, descriptor); // eslint-disable-line no-await-in-loop -- one call at a time
		expect(ended, argv.join(' ')).toContain('was read from');
		closeSync(descriptor);
	}

	expect(new Map(readdirSync(folder).map(name => [name, readFileSync(at(name))]))).toEqual(before);
	const toNew = ['run', at('p.json'), ...short, '--output', at('new.json')];
	expect(await callCli(toNew)).toMatchObject({status: 0});
	expect(await callCli([...toNew, '--format', 'json'])).toMatchObject({status: 0});
	expect(JSON.parse(readFileSync(at('new.json'), 'utf8'))).toHaveProperty('metrics');
});

test('an output that can not be written is refused before anything is simulated', async () => {
	const long = ['run', '--for', '1000s'];
	symlinkSync('b', at('a'));
	symlinkSync('a', at('b'));
	for (const name of ['n'.repeat(256), 'a', 'none/x', '', 'a/b']) {
		await expectOneLine([...long, '--output', at(name)]); // eslint-disable-line no-await-in-loop -- one call at a time
	}

	expect(readdirSync(folder).toSorted()).toEqual(['a', 'b']);
});

test('a pipe takes the output while it has a reader; then it is enough', async () => {
	spawnSync('mkfifo', [at('pipe')]);
	const child = spawn(process.execPath, [cliFile, 'explain', '--output', at('pipe')], {stdio: 'ignore'});
	const status = once(child, 'exit');
	expect(spawnSync('cat', [at('pipe')], {encoding: 'utf8'}).stdout).toContain('queue.size');
	expect(await status).toEqual([0, null]);
	const cut = spawn(process.execPath, [cliFile, 'explain', '--format', 'json', '--output', at('pipe')], {
		stdio: 'ignore',
	});
	const cutStatus = once(cut, 'exit');
	spawnSync('head', ['-c', '1', at('pipe')]);
	expect(await cutStatus).toEqual([0, null]);
});

test('a recording comes through a pipe or a socket; one that has stalled keeps nobody from ending', async () => {
	prepare();
	spawnSync('mkfifo', [at('pipe')]);
	// What is read is shown, not fitted: that takes longer than all else here.
	const piped = spawn(process.execPath, [cliFile, 'snapshot', at('pipe')], {stdio: ['ignore', 'pipe', 'ignore']});
	writeFileSync(at('pipe'), recording);
	const [fromPipe] = await Promise.all([text(piped.stdout), once(piped, 'exit')]);
	const fromSocket = runCli(['snapshot', '/dev/stdin'], {input: recording}).stdout;
	// The charts; beside and below them stands the name of the source.
	const charts = (screen: string): readonly string[] => screen.split('\n').slice(2, 20);
	expect(charts(fromPipe)).toEqual(charts(fromSocket));
	expect(fromSocket).toMatch(/stdin +recorded, no model +[1-9]\d* events/v);
	// Calibrate reads the same, to its end: too short to fit.
	const short = recording.split('\n').slice(0, 200).join('\n');
	expect(runCli(['calibrate', '/dev/stdin'], {input: short}).stderr).toMatch(/has [1-9]\d* commands/v);
	for (const source of [at('pipe'), '/dev/stdin']) {
		const child = spawn(process.execPath, [cliFile, 'calibrate', source], {stdio: ['pipe', 'ignore', 'pipe']});
		const descriptor = openSync(at('pipe'), 'r+');
		writeFileSync(descriptor, 'PERFILE2 and what comes behind it');
		child.stdin.write('PERFILE2 and what comes behind it');
		const [stderr, status] = await Promise.all([text(child.stderr), once(child, 'exit')]); // eslint-disable-line no-await-in-loop -- one after the other
		expect(stderr).toBe(`vqlab: ${source}: it is a perf.data: perf script > trace.txt\n`);
		expect(status).toEqual([2, null]);
		closeSync(descriptor);
	}

	const empty = spawn(process.execPath, [cliFile, 'calibrate', at('pipe')], {stdio: ['ignore', 'ignore', 'pipe']});
	closeSync(openSync(at('pipe'), 'w'));
	expect(await text(empty.stderr)).toContain('it is empty');
});

test.runIf(existsSync('/dev/full'))('a device that is full is one line', async () => {
	expect(await expectOneLine(['explain', '--output', '/dev/full'])).toContain('no space is left on the device');
});

test('a run whose costs let no time pass ends with its budget', async () => {
	const costs = tableParameters
		.filter(
			entry =>
				entry.type === 'distribution' &&
				entry.key.includes('.cost.') &&
				entry.devices === undefined &&
				entry.family === undefined,
		)
		.map(({key}) => [key, '0ns']);
	const parameters = {...(Object.fromEntries(costs) as object), 'driver.lockPolicy': 'kick-under-lock'};
	const timeless = JSON.stringify({...(JSON.parse(preset) as object), parameters});
	const {stdout, status} = await callCli(['run', '-', '--for', '1s', '--events', '20000', '--format', 'json'], {
		input: timeless,
	});
	expect(status).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({end: 'budget', events: 20_000});
	const events = ['--events', '20000'];
	expect(await callCli(['export', '-', '--to', 'csv', ...events], {input: timeless})).toMatchObject({status: 0});
	const ended = await callCli(['run', '-', ...events], {input: timeless});
	expect(ended.stdout).toContain('ended by its budget of events (--events)');
	for (const budget of ['0', '1e9', '99999999999999999']) {
		await expectOneLine(['run', '--events', budget]); // eslint-disable-line no-await-in-loop -- one call at a time
	}
});
