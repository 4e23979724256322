import {spawnSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {buildSync} from 'esbuild';
import {type Figure} from './figure.js';

/** Bytes of the recording that is read. */
const size = 300_000_000;

type Reading = {readonly events: number; readonly seconds: number; readonly processor: number; readonly peak: number};

/**
How fast recordings are read and in how much memory, beside `grep -c` on the same file in the same
run.
*/
export function benchReading(): readonly Figure[] {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'vqlab-bench-'));
	try {
		const reader = path.join(folder, 'read-file.mjs');
		buildSync({
			entryPoints: [fileURLToPath(new URL('read-file.ts', import.meta.url))],
			bundle: true,
			platform: 'node',
			format: 'esm',
			outfile: reader,
			logLevel: 'error',
		});
		return ['base_flood1_p2.guest', 'base_flood1_p2.host'].flatMap(name => {
			const file = path.join(folder, `${name}.txt`);
			repeat(new URL(`../test/fixtures/traces/${name}.txt.gz`, import.meta.url), file);
			const megabytes = statSync(file).size / 1e6;
			const begun = performance.now();
			spawnSync('grep', ['-c', '.', file]);
			const reference = {what: 'grep -c', value: (1000 * megabytes) / (performance.now() - begun)};
			const figures = (name.endsWith('guest') ? ['read', 'view'] : ['read']).flatMap((what): Figure[] => {
				const child = spawnSync(process.execPath, [reader, file, what], {encoding: 'utf8'});
				const {seconds, peak} = JSON.parse(child.stdout) as Reading;
				return [
					{
						name: `${what} ${name}`,
						value: megabytes / seconds,
						unit: 'MB/s',
						better: 'more',
						reference,
						goal: {of: 'value', bound: 200, why: 'docs/performance.md, Reading'},
					},
					{
						name: `${what} ${name}, peak`,
						value: peak / 1e6,
						unit: 'MB resident',
						better: 'less',
						goal: {of: 'value', bound: 150},
					},
				];
			});
			rmSync(file);
			return figures;
		});
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** A recording over and over; its times go back, which costs the reader no less. */
function repeat(packed: URL, file: string): void {
	const content = gunzipSync(readFileSync(packed));
	const descriptor = openSync(file, 'w');
	for (let written = 0; written < size; written += content.length) {
		writeSync(descriptor, content);
	}

	closeSync(descriptor);
}
