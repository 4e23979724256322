import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';
import {withConstants} from '../scripts/constants.js';
import {withOwnEmits} from '../scripts/emits.js';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What `run-events` prints. */
export type EventRun = {
	/** ns of user CPU time an event. */
	readonly time: number;
	readonly commands: number;
	readonly bytes: number;
	readonly hash: string;
};

/** So large a space for new objects that nothing is collected while a run is measured. */
const withoutCollecting = ['--max-semi-space-size=256', '--min-semi-space-size=256'];

/** Bundles `run-events` of a tree beside its presets, as the program is; returns where it lies. */
export function bundledRun(tree: string, isBuiltWithConstants: boolean): string {
	const program = path.join(tree, 'distribution', 'run-events.js');
	const {
		outputFiles: [file],
	} = buildSync({
		entryPoints: [path.join(tree, 'bench', 'run-events.ts')],
		outfile: program,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		packages: 'external',
		minifySyntax: true,
		logLevel: 'warning',
		write: false,
	});
	const files = [{name: 'run-events.js', code: file.text}];
	const emitting = existsSync(path.join(tree, 'scripts', 'emits.ts')) ? withOwnEmits(files) : files;
	const [{code}] = isBuiltWithConstants ? withConstants(emitting) : emitting;
	mkdirSync(path.dirname(program), {recursive: true});
	writeFileSync(program, code);
	return program;
}

/** Runs `run-events` in a process of its own. */
export function eventProgram(): (
	preset: string,
	events: number,
	what: 'bare' | 'metrics',
	keeps?: boolean,
) => EventRun {
	const program = bundledRun(root, true);
	return (preset, events, what, keeps = false) =>
		JSON.parse(
			execFileSync(
				process.execPath,
				[...(keeps ? withoutCollecting : []), program, preset, String(events), what],
				{encoding: 'utf8'},
			),
		) as EventRun;
}
