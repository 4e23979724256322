import {spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {distribution} from './places.js';

/**
Prints the `eventHash` of a short run of every preset with the Node that is named (this one
without a name). Two versions of Node must print the same text:

	tsx scripts/hash.ts [node]

The runs share a process: most of the time of a short one is its start, and a compiler that has
learnt from one preset must not change the events of the next.
*/
const [node = process.execPath] = process.argv.slice(2);

/** Of the built library, in the other Node. */
const program = `
import {configurationOf, listPresets, runSimulation} from '${pathToFileURL(path.join(distribution, 'index.js')).href}';
for (const preset of listPresets().toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
	const configuration = configurationOf(preset);
	const {eventHash} = runSimulation({
		configuration,
		seed: configuration.parameters.seed,
		warmup: 20e6,
		duration: 100e6,
		changes: [],
	});
	console.log(preset.name + ' ' + eventHash);
}
`;

const {status} = spawnSync(node, ['--input-type=module', '--eval', program], {stdio: ['ignore', 'inherit', 'inherit']});
process.exitCode = status ?? 1;
