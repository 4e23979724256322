import {cp, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import fc from 'fast-check';
import {createVirtqueue} from '../source/virtqueue/create-virtqueue.js';
import {type CreateRing} from '../test/conformance/replay.js';
import {findVectorFiles, replayFile} from '../test/conformance/vector-file.js';
import {conversation, runLiveness} from '../test/virtqueue/liveness.js';
import {sequence} from '../test/virtqueue/operations.js';
import {runStructure} from '../test/virtqueue/structure.js';
import {mutations, type Mutation} from './mutations.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = path.join(root, 'test/fixtures/conformance');
/**
Random sequences for a mutant that all vectors let live; the seed makes
the table the same every time.
*/
const runs = {numRuns: 400, seed: 1};

/** A copy of the ring's source with one rule changed, loaded. */
async function load(folder: string, {file, find, replace}: Mutation): Promise<CreateRing> {
	await mkdir(path.join(folder, 'errors'), {recursive: true});
	await cp(path.join(root, 'source/virtqueue'), path.join(folder, 'virtqueue'), {recursive: true});
	await cp(path.join(root, 'source/errors/user-error.ts'), path.join(folder, 'errors/user-error.ts'));
	await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
	const name = path.join(folder, 'virtqueue', file);
	const text = await readFile(name, 'utf8');
	if (text.split(find).length !== 2) {
		throw new Error(`the text to change is not found exactly once in ${file}: ${JSON.stringify(find)}`);
	}

	await writeFile(
		name,
		text.replace(find, () => replace),
	);
	const {href} = pathToFileURL(path.join(folder, 'virtqueue/create-virtqueue.ts'));
	const module = (await import(href)) as {createVirtqueue: CreateRing};
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

/** Kills every mutant, or says which one lives. Returns the exit code. */
async function main(): Promise<number> {
	const files = await findVectorFiles([fixtures]);
	const wrongly = await killerOf(createVirtqueue, files);
	if (wrongly !== null) {
		console.error(`mutants: the ring itself fails: ${wrongly}`);
		return 1;
	}

	const temporary = await mkdtemp(path.join(os.tmpdir(), 'vqlab-mutants-'));
	let survivors = 0;
	try {
		for (const [index, mutation] of mutations.entries()) {
			// One at a time: a mutant may be slow to fail, and the table is read from the top.
			// eslint-disable-next-line no-await-in-loop
			const create = await load(path.join(temporary, String(index)), mutation);
			// eslint-disable-next-line no-await-in-loop
			const killer = await killerOf(create, files);
			survivors += Number(killer === null);
			console.log(`${mutation.rule.padEnd(4)}${mutation.wrong.padEnd(54)}${killer ?? 'SURVIVES'}`);
		}
	} catch (error) {
		console.error(`mutants: ${error instanceof Error ? error.message : String(error)}`);
		return 1;
	} finally {
		await rm(temporary, {recursive: true});
	}

	console.log(`${mutations.length - survivors} of ${mutations.length} mutants killed`);
	return survivors === 0 ? 0 : 1;
}

process.exitCode = await main();
