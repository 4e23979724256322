import {mkdtemp, readFile, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import fc from 'fast-check';
import {createVirtqueue} from '../source/virtqueue/create-virtqueue.js';
import {type CreateRing} from '../test/conformance/replay.js';
import {findVectorFiles, replayFile} from '../test/conformance/vector-file.js';
import {conversation, runLiveness} from '../test/virtqueue/liveness.js';
import {sequence} from '../test/virtqueue/operations.js';
import {runStructure} from '../test/virtqueue/structure.js';
import {mutations, type Mutation} from './mutants/ring-mutations.js';
import {ProgramCopy} from './mutants/program-mutants.js';
import {type ProgramMutation, programMutations} from './mutants/program-mutations.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = path.join(root, 'test/fixtures/conformance');
/**
Random sequences for a mutant that all vectors let live; the seed makes
the table the same every time.
*/
const runs = {numRuns: 400, seed: 1};

/** The ring with one rule changed, bundled into this folder with what it imports, and loaded. */
async function load(folder: string, {file, find, replace}: Mutation): Promise<CreateRing> {
	const changed = path.join(root, 'source/virtqueue', file);
	const text = await readFile(changed, 'utf8');
	if (text.split(find).length !== 2) {
		throw new Error(`the text to change is not found exactly once in ${file}: ${JSON.stringify(find)}`);
	}

	const outfile = path.join(folder, 'create-virtqueue.mjs');
	await build({
		entryPoints: [path.join(root, 'source/virtqueue/create-virtqueue.ts')],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		logLevel: 'warning',
		plugins: [
			{
				name: 'one rule changed',
				setup({onLoad}) {
					// Read by Go, which knows no flags.
					// eslint-disable-next-line require-unicode-regexp
					onLoad({filter: /\.ts$/}, ({path: name}) =>
						name === changed ? {contents: text.replace(find, () => replace), loader: 'ts'} : undefined,
					);
				},
			},
		],
	});
	const module = (await import(pathToFileURL(outfile).href)) as {createVirtqueue: CreateRing};
	return module.createVirtqueue;
}

function survivesSequences(create: CreateRing): boolean {
	return (
		!fc.check(
			fc.property(sequence, value => {
				runStructure(create, value);
			}),
			runs,
		).failed &&
		!fc.check(
			fc.property(conversation, value => {
				runLiveness(create, value);
			}),
			runs,
		).failed
	);
}

/** The first thing that catches this ring, or null. */
async function killerOf(create: CreateRing, files: readonly string[]): Promise<string | null> {
	for (const file of files) {
		try {
			// The first file that fails is enough.
			// eslint-disable-next-line no-await-in-loop
			const {failure} = await replayFile(file, create);
			if (failure) {
				return `${path.basename(file)}, step ${failure.step}, ${failure.operation}: ${failure.field}`;
			}
		} catch (error) {
			return `${path.basename(file)}: ${String(error)}`;
		}
	}

	return survivesSequences(create) ? null : 'random sequences';
}

type Score = {readonly killed: number; readonly all: number};

/** Lets the vectors and random sequences look for each mutant of the ring. */
async function ringMutants(): Promise<Score> {
	const files = await findVectorFiles([fixtures]);
	const wrongly = await killerOf(createVirtqueue, files);
	if (wrongly !== null) {
		throw new Error(`the ring itself fails: ${wrongly}`);
	}

	const temporary = await mkdtemp(path.join(os.tmpdir(), 'vqlab-mutants-'));
	let killed = 0;
	try {
		for (const [index, mutation] of mutations.entries()) {
			// One at a time: a mutant may be slow to fail, and the table is read from the top.
			// eslint-disable-next-line no-await-in-loop
			const create = await load(path.join(temporary, String(index)), mutation);
			// eslint-disable-next-line no-await-in-loop
			const killer = await killerOf(create, files);
			killed += Number(killer !== null);
			console.log(`${mutation.rule.padEnd(4)}${mutation.wrong.padEnd(54)}${killer ?? 'SURVIVES'}`);
		}
	} finally {
		await rm(temporary, {recursive: true});
	}

	return {killed, all: mutations.length};
}

/** Lets the nearest tests look for each mutant of the rest, in as many copies as there are CPUs. */
async function otherMutants(chosen: readonly ProgramMutation[]): Promise<Score> {
	const copies = await Promise.all(Array.from({length: os.availableParallelism()}, async () => ProgramCopy.of(root)));
	const killed: boolean[] = [];
	let told = 0;
	try {
		await expectSound(copies, [...new Set(chosen.flatMap(mutation => mutation.tests))]);
		// All copies take from one list.
		const waiting = chosen.entries();
		await Promise.all(
			copies.map(async copy => {
				for (const [index, mutation] of waiting) {
					// One at a time in a copy.
					// eslint-disable-next-line no-await-in-loop
					killed[index] = await copy.kills(mutation);
					for (; told in killed; told++) {
						const {file, wrong, tests} = chosen[told];
						const by = killed[told] ? tests.join(', ') : 'SURVIVES';
						console.log(`${file.padEnd(30)}${wrong.padEnd(54)}${by}`);
					}
				}
			}),
		);
	} finally {
		await Promise.all(copies.map(async copy => copy.remove()));
	}

	return {killed: killed.filter(Boolean).length, all: chosen.length};
}

/** Throws where one of these tests fails without any mutant. Each copy runs some of them. */
async function expectSound(copies: readonly ProgramCopy[], tests: readonly string[]): Promise<void> {
	await Promise.all(
		copies.map(async (copy, place) => {
			const own = tests.filter((_, index) => index % copies.length === place);
			if (!(await copy.passes(own))) {
				throw new Error(`the program itself fails: ${own.join(', ')}`);
			}
		}),
	);
}

/**
Says which mutants live: of the ring and of the rest of the program, or only of files whose name has
a word in it (`npm run mutants -- cpu/`; `ring`). Returns the exit code: 1 where fewer than 95 of
100 are killed.
*/
async function main(word = ''): Promise<number> {
	const chosen = programMutations.filter(({file}) => file.includes(word));
	// Side by side: those of the ring are tried in this process, the others in children of it.
	const scores = await Promise.all([
		...(word === '' || word === 'ring' ? [ringMutants()] : []),
		...(chosen.length > 0 ? [otherMutants(chosen)] : []),
	]);
	const killed = scores.reduce((sum, score) => sum + score.killed, 0);
	const all = scores.reduce((sum, score) => sum + score.all, 0);
	console.log(`${killed} of ${all} mutants killed`);
	return killed >= 0.95 * all ? 0 : 1;
}

try {
	process.exitCode = await main(process.argv[2]);
} catch (error) {
	console.error(`mutants: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
