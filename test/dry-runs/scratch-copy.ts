import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files that a patch changes, and those that it brings; paths from the root of the repository. */
export type PatchFiles = {readonly changed: readonly string[]; readonly added: readonly string[]};

/** Reads the headers of a patch as `git diff` writes it. */
export function filesOf(patch: string): PatchFiles {
	const headers = [...readFileSync(patch, 'utf8').matchAll(/^--- (?<from>\S+)\n\+{3} b\/(?<to>\S+)$/gmv)];
	const named = (isNew: boolean) =>
		headers.filter(({groups}) => (groups?.from === '/dev/null') === isNew).map(({groups}) => groups?.to ?? '');
	return {changed: named(false), added: named(true)};
}

/** A copy of what is needed to compile and run the program, without a repository of its own. */
export class ScratchCopy {
	readonly folder = mkdtempSync(path.join(os.tmpdir(), 'vqlab-dry-run-'));
	/** The bundled program. */
	readonly program = path.join(this.folder, 'distribution/cli.js');

	constructor() {
		for (const name of ['source', 'presets', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json']) {
			cpSync(path.join(root, name), path.join(this.folder, name), {recursive: true});
		}

		symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'));
	}

	/**
	Throws when the patch does not fit any more: it is a part of the
	documentation and has to be kept up.
	*/
	apply(patch: string): void {
		const {GIT_DIR: _, GIT_INDEX_FILE: __, GIT_WORK_TREE: ___, ...env} = process.env;
		execFileSync('git', ['apply', '--whitespace=nowarn', patch], {
			cwd: this.folder,
			env: {...env, GIT_CEILING_DIRECTORIES: path.dirname(this.folder)},
		});
	}

	/** What the compiler says of these files and of what they import; empty when all is well. */
	typeErrors(files: readonly string[]): string {
		writeFileSync(
			path.join(this.folder, 'tsconfig.touched.json'),
			JSON.stringify({extends: './tsconfig.json', include: [], files}),
		);
		// With room for its trees among what is young it takes a sixth less.
		return this.node([
			'--max-semi-space-size=128',
			'--single-threaded-gc',
			'node_modules/typescript/bin/tsc',
			'--project',
			'tsconfig.touched.json',
		]).output;
	}

	/** Bundles the program. */
	build(): void {
		const {status, output} = this.node(['--import', 'tsx', 'scripts/build.ts']);
		if (status !== 0) {
			throw new Error(output);
		}
	}

	/** Runs the bundled program; what it prints. Throws when it fails. */
	readonly vqlab = (...args: readonly string[]): string => {
		const {status, output} = this.node(['distribution/cli.js', ...args]);
		if (status !== 0) {
			throw new Error(`vqlab ${args.join(' ')}: ${output}`);
		}

		return output;
	};

	remove(): void {
		rmSync(this.folder, {recursive: true, force: true});
	}

	private node(args: readonly string[]): {readonly status: number | null; readonly output: string} {
		const {status, stdout, stderr} = spawnSync(process.execPath, args, {
			cwd: this.folder,
			encoding: 'utf8',
			maxBuffer: 1e8,
		});
		return {status, output: status === 0 ? stdout : stdout + stderr};
	}
}
