import {spawnSync, type SpawnSyncReturns} from 'node:child_process';
import {statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {bundle, distribution} from '../../scripts/bundle.js';
import {newestSource} from '../../scripts/declarations.js';

/**
The built program. Call `buildCli` first, in `beforeAll`, so that it is built from these sources.
*/
export const cliFile = path.join(distribution, 'cli.js');

/** Builds the program, unless it is newer than its sources. */
export async function buildCli(): Promise<void> {
	const built = statSync(cliFile, {throwIfNoEntry: false});
	if (built === undefined || built.mtimeMs < newestSource()) {
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
