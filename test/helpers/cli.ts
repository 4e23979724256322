import {spawnSync, type SpawnSyncReturns} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {distribution} from '../../scripts/bundle.js';

/** The built program. Call `bundle` first, in `beforeAll`, so that it is built from these sources. */
export const cliFile = path.join(distribution, 'cli.js');

export {bundle as buildCli} from '../../scripts/bundle.js';

/** Runs the program to its end, without a terminal. */
export function runCli(argv: readonly string[], options: {cwd?: string; input?: string | Uint8Array} = {}): SpawnSyncReturns<string> {
	return spawnSync(process.execPath, [cliFile, ...argv], {
		encoding: 'utf8',
		maxBuffer: 1e8,
		env: {...process.env, NO_COLOR: '1'},
		...options,
	});
}
