import {execFileSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';

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

/** Bundles `run-events` beside the presets, as the program is. */
export function eventProgram(): (
	preset: string,
	events: number,
	what: 'bare' | 'metrics',
	keeps?: boolean,
) => EventRun {
	const program = path.join(root, 'distribution', 'run-events.js');
	buildSync({
		entryPoints: [path.join(root, 'bench', 'run-events.ts')],
		outfile: program,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		packages: 'external',
		logLevel: 'warning',
	});
	return (preset, events, what, keeps = false) =>
		JSON.parse(
			execFileSync(
				process.execPath,
				[...(keeps ? withoutCollecting : []), program, preset, String(events), what],
				{encoding: 'utf8'},
			),
		) as EventRun;
}
