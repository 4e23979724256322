import {spawnSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {buildSync} from 'esbuild';

/** Bytes of the recording that is read. */
const size = 300_000_000;

type Reading = {readonly events: number; readonly seconds: number; readonly processor: number; readonly peak: number};

/**
Prints how fast recordings are read and in how much memory, beside `grep -c` on
the same file in the same run.
*/
export function benchReading(): void {
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
		console.log(`\nreading: ${size / 1e6} MB each; wall, user and peak of resident memory`);
		for (const name of ['base_flood1_p2.guest', 'base_flood1_p2.host']) {
			const file = path.join(folder, `${name}.txt`);
			repeat(new URL(`../test/fixtures/traces/${name}.txt.gz`, import.meta.url), file);
			const bytes = statSync(file).size;
			console.log(name);
			const begun = performance.now();
			const {stdout} = spawnSync('grep', ['-c', '.', file], {encoding: 'utf8'});
			row('grep -c', `${Number(stdout)} lines`, bytes, (performance.now() - begun) / 1000);
			for (const what of name.endsWith('guest') ? ['read', 'view'] : ['read']) {
				const child = spawnSync(process.execPath, [reader, file, what], {encoding: 'utf8'});
				const {events, seconds, processor, peak} = JSON.parse(child.stdout) as Reading;
				row(
					what,
					`${events} events`,
					bytes,
					seconds,
					`${megabytes(bytes, processor)} MB/s of user time, ${Math.round(peak / 1e6)} MB resident`,
				);
			}

			rmSync(file);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}
}

function row(what: string, count: string, bytes: number, seconds: number, rest = ''): void {
	console.log(`  ${what.padEnd(10)} ${count.padStart(16)}   ${megabytes(bytes, seconds).padStart(5)} MB/s   ${rest}`);
}

function megabytes(bytes: number, seconds: number): string {
	return (bytes / 1e6 / seconds).toFixed(0);
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
