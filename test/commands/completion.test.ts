import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runCompletionCommand} from '../../source/commands/completion.js';
import {candidatesFor} from '../../source/commands/completion/candidates.js';
import {commands} from '../../source/commands/registry.js';
import {UserError} from '../../source/errors/user-error.js';
import {presetNames} from '../../source/presets/preset-files.js';
import {parameters} from '../../source/simulation/parameters/table.js';
import {buildCli, callCli, cliFile} from '../helpers/cli.js';
import {TestTerminal} from '../helpers/terminal.js';

async function values(...words: readonly string[]): Promise<readonly string[]> {
	const found = await candidatesFor(words.slice(0, -1), words.at(-1) ?? '');
	return found.values.map(([value]) => value);
}

describe('what may come next', () => {
	test('verbs and presets first', async () => {
		expect(await values('')).toEqual(expect.arrayContaining([...commands.map(({name}) => name), ...presetNames()]));
		expect(await values('comp')).toEqual(
			expect.arrayContaining(['compare', 'completion', ...presetNames().filter(name => name.startsWith('comp'))]),
		);
	});

	test("a verb's own flags; one that was given does not come again, unless it repeats", async () => {
		expect(await values('run', '--un')).toEqual(['--until-stall']);
		expect(await values('view', '--un')).toEqual([]);
		const free = await values('run', '--seed', '1', '--set', 'queue.size=64', '--se');
		expect(free.toSorted()).toEqual(['--session', '--set']);
	});

	test('keys, values of a choice, switches, the default; those of the clients of the preset in the line', async () => {
		const keys = await values('run', '--set', '');
		expect(keys).toEqual(expect.arrayContaining(parameters.map(({key}) => `${key}=`)));
		expect(await values('run', '-s', 'queue.eventIdx=')).toEqual(['queue.eventIdx=true', 'queue.eventIdx=false']);
		expect(await values('run', '--set=queue.layout=')).toEqual([
			'--set=queue.layout=split',
			'--set=queue.layout=packed',
		]);
		expect(await values('compare', 'seed-2019-kick-under-lock', '--b', 'clients.game.th')).toEqual([
			'clients.game.think=',
		]);
	});

	test('presets, formats, metrics, verbs, shells, words to explain', async () => {
		expect(await values('run', 'seed-')).toEqual(['seed-2019-kick-under-lock']);
		expect(await values('run', 'seed-2019-kick-under-lock', 'seed-')).toEqual([]);
		expect(await values('compare', 'seed-2019-kick-under-lock', 'seed-')).toEqual(['seed-2019-kick-under-lock']);
		expect(await values('run', '--format', 'c')).toEqual(['csv']);
		expect(await values('export', '--to', 'p')).toEqual(['perfetto']);
		expect(await values('run', '--assert', 'latency.p99')).toEqual(['latency.p99', 'latency.p999']);
		expect(await values('help', 'comp')).toEqual(['compare', 'completion']);
		expect(await values('completion', '')).toEqual(['bash', 'zsh', 'fish']);
		expect(await values('explain', 'worker-s')).toContain('worker-spin');
	});

	test('files where a file may stand, and nothing that is made up', async () => {
		expect(await candidatesFor(['calibrate'], 'gue')).toEqual({values: [], files: true, open: false});
		expect(await candidatesFor(['run', '--output'], '')).toMatchObject({files: true, values: []});
		expect(await candidatesFor(['run', '--seed'], '')).toMatchObject({files: false, values: []});
		expect(await candidatesFor(['run', '--set'], 'no.such=')).toMatchObject({values: []});
	});

	test.each([[[]], [['powershell']], [['bash', 'zsh']]])('refuses %j', async words => {
		await expect(runCompletionCommand(words)).rejects.toThrow(UserError);
	});
});

test('the choices of a verb are those that it takes', async () => {
	const wrong: string[] = [];
	for (const {name, choices, takes = []} of commands) {
		if (choices?.format === undefined) {
			continue;
		}

		const words = takes.includes('file') ? ['nowhere.json'] : [];
		const {stderr} = await callCli([name, ...words, '--format', 'nosuch']); // eslint-disable-line no-await-in-loop -- one call at a time
		const formats = typeof choices.format === 'function' ? [] : choices.format;
		if (!stderr.includes(`--format nosuch is none of ${formats.join(', ')}`)) {
			wrong.push(`${name}: ${stderr}`);
		}
	}

	expect(wrong).toEqual([]);
});

const hasShell = (name: string): boolean => spawnSync(name, ['-c', 'exit 0']).status === 0;

describe('in the shells', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-shells-'));
	const own = {PATH: `${folder}:${process.env.PATH ?? ''}`, HOME: folder};
	const environment = {...process.env, ...own};

	beforeAll(async () => {
		await buildCli();
		writeFileSync(path.join(folder, 'vqlab'), `#!/bin/sh\nexec '${process.execPath}' '${cliFile}' "$@"\n`);
		chmodSync(path.join(folder, 'vqlab'), 0o755);
		writeFileSync(path.join(folder, 'guest recording.txt'), '');
	});

	afterAll(() => {
		rmSync(folder, {recursive: true});
	});

	/**
	Types lines into an interactive shell, each with Tab and until what is wanted of it is there;
	what the screen showed then.
	*/
	async function typed(shell: string, argv: readonly string[], setup: string): Promise<readonly string[]> {
		const terminal = new TestTerminal(shell, argv, {cwd: folder, environment: own});
		const shown: string[] = [];
		try {
			await terminal.until(/[#$%] $/mv);
			terminal.write(`${setup}; echo set-$((40 + 2))\r`);
			await terminal.until('set-42');
			for (const [line, wanted] of lines) {
				terminal.write(`${line}\t`);
				await terminal.until(wanted); // eslint-disable-line no-await-in-loop -- one line after the other
				shown.push(terminal.unwrapped);
				// The line is given up, and the screen with it.
				terminal.write('\u0015clear\r');
				await terminal.until(({text}) => !text.includes(wanted)); // eslint-disable-line no-await-in-loop -- the same
			}

			return shown;
		} finally {
			terminal.dispose();
		}
	}

	const lines = [
		['vqlab run --set queue.si', 'queue.size='],
		['vqlab run --set driver.lockPolicy=kick-a', 'kick-after-unlock'],
		['vqlab run seed-', 'seed-2019-kick-under-lock'],
		['vqlab calibrate gue', String.raw`guest\ recording.txt`],
	] as const;

	const begun = lines.map(([line]) => expect.stringContaining(`${line.slice(0, line.lastIndexOf(' '))} `) as unknown);

	test.runIf(hasShell('bash'))('bash', async () => {
		const setup = 'source <(vqlab completion bash)';
		expect(await typed('bash', ['--norc', '--noprofile', '-i'], setup)).toEqual(begun);
	});

	test.runIf(hasShell('zsh'))('zsh', async () => {
		const setup = 'autoload -Uz compinit; compinit -u -d ./dump; source <(vqlab completion zsh)';
		expect(await typed('zsh', ['-f', '-i'], setup)).toEqual(begun);
	});

	test.runIf(hasShell('fish'))('fish', () => {
		const asked = lines.map(([line]) => `echo; complete -C '${line}'`).join('; ');
		const out = execFileSync('fish', ['-c', `vqlab completion fish | source; ${asked}`], {
			cwd: folder,
			env: environment,
			encoding: 'utf8',
		});
		const answers = out.trim().split('\n\n');
		expect(answers).toEqual(
			lines.map(([, wanted]) => expect.stringContaining(wanted.replace('\\', '')) as unknown),
		);
	});
});
