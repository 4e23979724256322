import {spawn} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {writtenRecords} from '../scripts/written-records.js';
import {type Figure} from './figure.js';

const root = fileURLToPath(new URL('../', import.meta.url));

/** An hour of a light load, so that it passes within the bench. */
const runs = [
	['idle-desktop', 60, 'headless'],
	['idle-desktop', 60, 'dashboard'],
] as const;

/** What lives after the last simulated minute, beside what did after the first. */
export async function benchMemory(): Promise<readonly Figure[]> {
	const program = path.join(root, 'distribution', 'keep-running.js');
	await build({
		entryPoints: [path.join(root, 'bench', 'keep-running.ts')],
		outfile: program,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		jsx: 'automatic',
		packages: 'external',
		plugins: [writtenRecords],
		logLevel: 'warning',
	});
	// Side by side: what lives does not depend on how fast.
	return Promise.all(
		runs.map(async ([preset, minutes, what]): Promise<Figure> => {
			const argv = ['--expose-gc', program, preset, String(minutes), what];
			// React keeps more in a build for development.
			const child = spawn(process.execPath, argv, {
				env: {...process.env, NODE_ENV: 'production'},
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			const {after} = JSON.parse(await text(child.stdout)) as {readonly after: readonly number[]};
			return {
				name: `${preset}, ${what}, ${minutes} min`,
				value: (after.at(-1) ?? Number.NaN) / 1e6,
				unit: 'MB live',
				better: 'less',
				reference: {what: 'after 1 min', value: after[0] / 1e6},
				goal: {of: 'ratio', bound: 1.1, why: 'docs/performance.md, Memory'},
			};
		}),
	);
}
