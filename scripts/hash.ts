import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {distribution, root} from './bundle.js';

/**
Prints the `eventHash` of a short run of every preset with the Node that is named (this one
without a name). Two versions of Node must print the same text:

	tsx scripts/hash.ts [node]
*/
const [node = process.execPath] = process.argv.slice(2);
const names = readdirSync(path.join(root, 'presets'))
	.filter(name => name.endsWith('.json') && name !== 'preset.schema.json')
	.map(name => path.basename(name, '.json'))
	.toSorted((a, b) => (a < b ? -1 : 1));

for (const name of names) {
	// A preset that stalls in this time exits with 1, after its report.
	const {status, stdout, stderr} = spawnSync(
		node,
		[path.join(distribution, 'cli.js'), 'run', name, '--for', '100ms', '--warmup', '20ms', '--format', 'json'],
		{encoding: 'utf8', maxBuffer: 1e8},
	);
	if (status !== 0 && status !== 1) {
		throw new Error(`the run of ${name} failed: ${stderr}`);
	}

	const report: unknown = JSON.parse(stdout);
	if (typeof report !== 'object' || report === null || !('eventHash' in report)) {
		throw new Error(`the run of ${name} printed no eventHash`);
	}

	console.log(`${name} ${String(report.eventHash)}`);
}
