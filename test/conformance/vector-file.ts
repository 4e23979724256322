import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {UserError} from '../../source/errors/user-error.js';
import {parseHeader} from './header.js';
import {readLines} from './lines.js';
import {Replay, type CreateRing, type Mismatch} from './replay.js';
import {parseStep} from './step.js';

/** What replaying one vector file gave. */
export type FileResult = {
	readonly file: string;
	readonly steps: number;
	readonly passed: number;
	/** Where the ring first differed; the steps after it count as not passed. */
	readonly failure: (Mismatch & {readonly step: number; readonly operation: string}) | null;
};

/** One file on its way through the ring: the header makes the ring, each further line is a step. */
class Progress {
	steps = 0;
	passed = 0;
	failure: FileResult['failure'] = null;
	private replay: Replay | null = null;
	private readonly create: CreateRing;

	constructor(create: CreateRing) {
		this.create = create;
	}

	accept(text: string): void {
		if (this.replay === null) {
			this.replay = new Replay(parseHeader(text), this.create);
			return;
		}

		const number = this.steps;
		const step = parseStep(text, number);
		this.steps += 1;
		if (this.failure !== null) {
			return;
		}

		const mismatch = this.replay.step(step);
		if (mismatch === null) {
			this.passed += 1;
		} else {
			this.failure = {...mismatch, step: number, operation: step.operation.op};
		}
	}
}

/**
Replays one vector file, plain or gzip; a file that is none is a `UserError` that names the line.
*/
export async function replayFile(file: string, create: CreateRing): Promise<FileResult> {
	const progress = new Progress(create);
	let line = 1;
	try {
		for await (const text of readLines(file)) {
			progress.accept(text);
			line += 1;
		}

		if (progress.steps === 0) {
			throw new UserError('the file ends before its first step');
		}
	} catch (error) {
		throw error instanceof UserError ? new UserError(`${file}: line ${line}: ${error.message}`) : error;
	}

	const {steps, passed, failure} = progress;
	return {
		file,
		steps,
		passed,
		failure,
	};
}

/** The vector files (.jsonl, .jsonl.gz) below the folders, and the files themselves, in order. */
export async function findVectorFiles(paths: readonly string[]): Promise<string[]> {
	const found = await Promise.all(
		paths.map(async name => {
			const entry = await stat(name).catch(() => {
				throw new UserError(`${name}: no such file or folder`);
			});
			if (!entry.isDirectory()) {
				return [name];
			}

			const names = await readdir(name, {recursive: true}).catch(() => {
				throw new UserError(`${name}: cannot be read`);
			});
			const files = names.filter(file => file.endsWith('.jsonl') || file.endsWith('.jsonl.gz')).toSorted();
			if (files.length === 0) {
				throw new UserError(`${name}: a folder without a .jsonl or .jsonl.gz file`);
			}

			return files.map(file => path.join(name, file));
		}),
	);
	return found.flat();
}
