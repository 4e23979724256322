import {execFileSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {root} from '../scripts/places.js';
import {bundledRun} from './event-program.js';

/**
How much faster the model is than that of another commit: builds that one beside the working tree,
lets both simulate the same events in turns, each in a process of its own, and compares the medians
of their user CPU time. Says so when the events were not the same.

	tsx bench/against.ts BASE [--runs 7] [--events 2000000] [--bare] [PRESET …]
*/
const {
	values: {runs, events, bare},
	positionals: [base, ...presets],
} = parseArgs({
	allowPositionals: true,
	options: {
		runs: {type: 'string', default: '7'},
		events: {type: 'string', default: '2000000'},
		bare: {type: 'boolean', default: false},
	},
});
if (base === undefined) {
	throw new Error('give the commit to compare with: tsx bench/against.ts BASE');
}

const scratch = mkdtempSync(path.join(tmpdir(), 'against-'));
const baseTree = path.join(scratch, 'base');

function run(program: string, preset: string): {readonly time: number; readonly hash: string} {
	const args = [program, preset, events, bare ? 'bare' : 'metrics'];
	return JSON.parse(execFileSync(process.execPath, args, {encoding: 'utf8'})) as {time: number; hash: string};
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1];

try {
	execFileSync('git', ['worktree', 'add', '--detach', baseTree, base], {cwd: root, stdio: 'ignore'});
	symlinkSync(path.join(root, 'node_modules'), path.join(baseTree, 'node_modules'));
	copyFileSync(path.join(root, 'bench', 'run-events.ts'), path.join(baseTree, 'bench', 'run-events.ts'));
	// Each as its own commit builds the program.
	const [before, after] = [baseTree, root].map(tree =>
		bundledRun(tree, existsSync(path.join(tree, 'scripts', 'constants.ts'))),
	);
	console.log(`ns of user CPU an event, ${bare ? 'bare' : 'with metrics'}, medians of ${runs}`);
	for (const preset of presets.length > 0 ? presets : ['seed-2019-kick-under-lock', 'testbed']) {
		const times: [number[], number[]] = [[], []];
		const hashes = new Set<string>();
		for (let i = 0; i < Number(runs); i++) {
			for (const [which, program] of [before, after].entries()) {
				const {time, hash} = run(program, preset);
				times[which].push(time);
				hashes.add(hash);
			}
		}

		const [old, now] = [median(times[0]), median(times[1])];
		const same = hashes.size === 1 ? 'same events' : 'OTHER EVENTS';
		console.log(
			`${preset.padEnd(30)} ${old.toFixed(1).padStart(7)} ${now.toFixed(1).padStart(7)}  ` +
				`x${(old / now).toFixed(3)}  ${same}`,
		);
	}
} finally {
	execFileSync('git', ['worktree', 'remove', '--force', baseTree], {cwd: root, stdio: 'ignore'});
	rmSync(scratch, {recursive: true, force: true});
}
