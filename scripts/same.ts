import {execFile, execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {bundle} from './bundle.js';
import {distribution, root} from './places.js';
import {type Difference, jsonDifferences, textDifferences} from './same/differences.js';
import {type Job, jobsOf} from './same/jobs.js';
import {reasons} from './same/reasons.js';

/**
Proves that a change of the code changed no answer: builds a base commit beside the working tree and
compares every event hash, report and export of the presets and fixtures of the base, and the
snapshots of the screens.

	npm run same -- BASE [--only TEXT]

What differs on purpose stands in `same/reasons.ts`. Exit code 1 when anything else does.
*/
const {
	values: {only},
	positionals: [base],
} = parseArgs({
	allowPositionals: true,
	options: {only: {type: 'string', default: ''}},
});
if (base === undefined) {
	throw new Error('give the commit to compare with: npm run same -- BASE');
}

/** Lines that are shown of one answer. */
const shown = 4;
const scratch = mkdtempSync(path.join(tmpdir(), 'same-'));
const baseTree = path.join(scratch, 'base');

type Answer = {readonly status: number; readonly stdout: string};

async function answerOf(folder: string, cwd: string, {args}: Job): Promise<Answer> {
	return new Promise(resolve => {
		execFile(
			process.execPath,
			[
				path.join(folder, 'cli.js'),
				...args,
				...(args[0] === 'presets' || args[0] === 'explain' || args[0] === 'schema' ? [] : ['--quiet']),
			],
			{
				cwd,
				encoding: 'utf8',
				maxBuffer: 1e9,
				env: {...process.env, NO_COLOR: '1', COLUMNS: '120'},
			},
			(error, stdout, stderr) => {
				const status = error === null ? 0 : Number(error.code ?? -1);
				resolve({status, stdout: status === 0 || status === 1 ? stdout : stdout + stderr});
			},
		);
	});
}

/** Without what a run took of wall time. */
function timeless(text: string): string {
	return text
		.replace(/"wallSeconds": [\d.e\-]+/v, '"wallSeconds": 0')
		.replace(/ warm-up in [\d.]+ s/v, ' warm-up in 0 s');
}

function isMeant(job: string, {place}: Difference): boolean {
	return reasons.some(reason => reason.job.test(job) && (reason.place === undefined || reason.place.test(place)));
}

/** The snapshots of a tree, by the name of their file: a file that only moved is the same. */
function snapshotsOf(folder: string): ReadonlyMap<string, string> {
	const names = readdirSync(path.join(folder, 'test'), {recursive: true, encoding: 'utf8'}).filter(name =>
		name.endsWith('.snap'),
	);
	return new Map(names.map(name => [path.basename(name), readFileSync(path.join(folder, 'test', name), 'utf8')]));
}

let differing = 0;
function report(job: string, differences: readonly Difference[]): void {
	const meant = differences.filter(difference => isMeant(job, difference));
	const others = differences.filter(difference => !meant.includes(difference));
	if (others.length === 0) {
		return;
	}

	differing++;
	console.log(`${job}: ${others.length} places differ${meant.length > 0 ? `, and ${meant.length} as meant` : ''}`);
	for (const {place, before, after} of others.slice(0, shown)) {
		console.log(`\t${place}: ${before.slice(0, 200)} -> ${after.slice(0, 200)}`);
	}
}

try {
	execFileSync('git', ['worktree', 'add', '--detach', baseTree, base], {cwd: root, stdio: 'ignore'});
	symlinkSync(path.join(root, 'node_modules'), path.join(baseTree, 'node_modules'));
	execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
		cwd: baseTree,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	// Beside the presets, which the program looks for above its own files.
	await bundle();
	const jobs = jobsOf(baseTree).filter(({name}) => name.includes(only));
	const waiting = [...jobs];
	const next = async (): Promise<void> => {
		for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
			const [before, after] = [
				await answerOf(path.join(baseTree, 'distribution'), baseTree, job), // eslint-disable-line no-await-in-loop -- one after the other
				await answerOf(distribution, baseTree, job), // eslint-disable-line no-await-in-loop -- one after the other
			];
			const differences = (job.form === 'json' ? jsonDifferences : textDifferences)(
				timeless(before.stdout),
				timeless(after.stdout),
			);
			report(
				job.name,
				before.status === after.status
					? differences
					: [
							{place: 'exit code', before: String(before.status), after: String(after.status)},
							...differences,
						],
			);
		}
	};

	await Promise.all(Array.from({length: availableParallelism()}, next));
	if (only === '') {
		const after = snapshotsOf(root);
		for (const [name, text] of snapshotsOf(baseTree)) {
			report(`snapshots ${name}`, textDifferences(text, after.get(name) ?? ''));
		}
	}

	console.log(`${jobs.length} answers compared, ${differing} differ`);
	for (const {why} of reasons) {
		console.log(`meant: ${why}`);
	}
} finally {
	execFileSync('git', ['worktree', 'remove', '--force', baseTree], {cwd: root, stdio: 'ignore'});
	rmSync(scratch, {recursive: true, force: true});
}

process.exitCode = differing > 0 ? 1 : 0;
