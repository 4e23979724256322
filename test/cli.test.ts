import {readFileSync} from 'node:fs';
import {beforeAll, expect, test} from 'vitest';
import packageJson from '../package.json' with {type: 'json'};
import {version} from '../source/version.js';
import {buildCli, callCli, cliFile, runCli} from './helpers/cli.js';

beforeAll(buildCli);

test('the version is that of the package', () => {
	expect(version).toBe(packageJson.version);
	const {stdout, stderr, status} = runCli(['--version']);
	expect({stdout, stderr, status}).toEqual({stdout: `${version}\n`, stderr: '', status: 0});
});

test('the built program is started by its first line', () => {
	expect(readFileSync(cliFile, 'utf8').split('\n', 1)[0]).toBe('#!/usr/bin/env node');
});

test.each([[['--help']], [['-h']], [['run', '--help']], [['explain', '--help']]])(
	'%j prints help on stdout',
	async argv => {
		const {stdout, stderr, status} = await callCli(argv);
		expect(status).toBe(0);
		expect(stderr).toBe('');
		expect(stdout).toMatch(/^Usage$/mv);
		expect(stdout).toMatch(/^Examples$/mv);
	},
);

test('the help and the commands without a simulation start without React, Ink and zod', () => {
	const [, statics] = /^(?<imports>[\s\S]*)$/v.exec(readFileSync(cliFile, 'utf8')) ?? [];
	const chunks = [...(statics ?? '').matchAll(/(?:from|import)"\.\/(?<chunk>[^"]+)"/gv)].map(
		match => match.groups?.chunk ?? '',
	);
	expect(chunks.length).toBeGreaterThan(0);
	for (const chunk of chunks) {
		const text = readFileSync(new URL(chunk, `file://${cliFile}`), 'utf8');
		expect(text).not.toMatch(/react\.element|react\.transitional|ZodError/v);
	}
});

test('without a terminal the dashboard names the command that does without', async () => {
	const {stdout, stderr, status} = runCli([]);
	expect({stdout, stderr, status}).toEqual({
		stdout: '',
		stderr: 'vqlab: the dashboard needs a terminal on stdin and stdout; without one: vqlab run\n',
		status: 2,
	});
	const named = await callCli(['spin-on-one-cpu']);
	expect(named.stderr).toContain('vqlab run spin-on-one-cpu');
});

test.each([
	[['rumn'], 'no command or preset is called rumn'],
	[['seed-2019-kick-underlock'], 'did you mean seed-2019-kick-under-lock?'],
	[['--spee', '1:1'], 'unknown flag --spee; did you mean --speed?'],
	[['--runs', '3'], 'unknown flag --runs'],
	[['run', '--speed', '1:1'], 'unknown flag --speed'],
	[['presets', '--seed', '1'], 'unknown flag --seed'],
	[['run', 'a', 'b'], 'vqlab run does not take b'],
	[['a', 'b'], 'not also b'],
	[['explain', 'queue.siez'], 'did you mean queue.size?'],
	[['explain', '--format', 'jso'], 'did you mean json?'],
	[['schema', 'x'], 'vqlab schema does not take x'],
])('%j is bad usage: one line, exit 2', async (argv, message) => {
	const {stdout, stderr, status} = await callCli(argv);
	expect(stderr).toMatch(/^vqlab: [^\n]+\n$/v);
	expect(stderr).toContain(message);
	expect(stdout).toBe('');
	expect(status).toBe(2);
});

test('the other commands print what they know', async () => {
	const printed = async (...argv: readonly string[]): Promise<string> => {
		const {stdout} = await callCli(argv);
		return stdout;
	};

	expect(await printed('explain', 'driver.lockPolicy')).toContain('kick-after-unlock');
	expect(await printed('presets')).toContain('seed-2019-kick-under-lock');
	expect(JSON.parse(await printed('presets', '--format', 'json'))).toBeInstanceOf(Array);
	expect(JSON.parse(await printed('schema'))).toHaveProperty('properties.parameters');
});
