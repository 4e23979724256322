import {execFileSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';
import {type Figure} from './figure.js';

const root = fileURLToPath(new URL('../', import.meta.url));

/** An hour of a light load; two minutes of a heavy one, as many events as an hour of the other. */
const runs = [
	['compositor-60hz', 60, 'headless'],
	['compositor-60hz', 60, 'dashboard'],
	['seed-2019-kick-under-lock', 2, 'dashboard'],
] as const;

/** What lives after the last simulated minute, beside what did after the first. */
export function benchMemory(): readonly Figure[] {
	const program = path.join(root, 'distribution', 'keep-running.js');
	buildSync({
		entryPoints: [path.join(root, 'bench', 'keep-running.ts')],
		outfile: program,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		jsx: 'automatic',
		packages: 'external',
		logLevel: 'warning',
	});
	return runs.map(([preset, minutes, what]) => {
		const argv = ['--expose-gc', program, preset, String(minutes), what];
		const {after} = JSON.parse(execFileSync(process.execPath, argv, {encoding: 'utf8'})) as {
			readonly after: readonly number[];
		};
		return {
			name: `${preset}, ${what}, ${minutes} min`,
			value: (after.at(-1) ?? Number.NaN) / 1e6,
			unit: 'MB live',
			better: 'less',
			reference: {what: 'after 1 min', value: after[0] / 1e6},
			goal: {of: 'ratio', bound: 1.1},
		};
	});
}
