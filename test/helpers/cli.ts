import {spawnSync, type SpawnSyncReturns} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {distribution} from '../../scripts/places.js';
import {newestSource} from '../../scripts/declarations.js';
import {runProgram} from '../../source/commands/program.js';
import {standard} from '../../source/files/standard-descriptors.js';

/**
The built program. Call `buildCli` first, in `beforeAll`, so that it is built from these sources.
*/
export const cliFile = path.join(distribution, 'cli.js');

/** Builds the program, unless it is newer than its sources. */
export async function buildCli(): Promise<void> {
	const built = statSync(cliFile, {throwIfNoEntry: false});
	if (built === undefined || built.mtimeMs < newestSource()) {
		const {bundle} = await import('../../scripts/bundle.js');
		await bundle();
	}
}

/** Runs the program to its end, without a terminal. */
export function runCli(
	argv: readonly string[],
	options: {cwd?: string; input?: string | Uint8Array} = {},
): SpawnSyncReturns<string> {
	return spawnSync(process.execPath, [cliFile, ...argv], {
		encoding: 'utf8',
		maxBuffer: 1e8,
		env: {...process.env, NO_COLOR: '1'},
		...options,
	});
}

export type Called = {readonly stdout: string; readonly stderr: string; readonly status: number};

let isCalling = false;

/**
Does the same within this process, a hundred times as fast: for what the program says and how it
ends. How a process starts, takes signals, shares descriptors and memory needs one: `runCli`. The
three streams are files; `stdout` is another one where it is given, as `/dev/full`, and `stdin` a
descriptor. One call at a time.
*/
export async function callCli(
	argv: readonly string[],
	{input = '', stdin, stdout}: {input?: string | Uint8Array; stdin?: number; stdout?: string} = {},
): Promise<Called> {
	if (isCalling) {
		throw new Error('a process has one standard output: wait for the call before');
	}

	isCalling = true;
	const before = {...standard};
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-streams-'));
	const at = (name: string): string => path.join(folder, name);
	writeFileSync(at('input'), input);
	const opened = [openSync(at('input'), 'r'), openSync(stdout ?? at('output'), 'w'), openSync(at('error'), 'w')];
	[standard.input, standard.output, standard.errorOutput] = opened;
	standard.input = stdin ?? standard.input;
	try {
		const status = await runProgram(argv);
		const said = (name: string): string => readFileSync(at(name), 'utf8');
		return {stdout: stdout === undefined ? said('output') : '', stderr: said('error'), status};
	} finally {
		Object.assign(standard, before);
		for (const descriptor of opened) {
			closeSync(descriptor);
		}

		rmSync(folder, {recursive: true});
		isCalling = false;
	}
}
