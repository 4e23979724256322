import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {cp, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type ProgramMutation} from './program-mutations.js';

/** What the tests need beside the modules. */
const copied = ['source', 'test', 'presets', 'scripts', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** A copy of the program, in which one thing at a time is done wrong. */
export class ProgramCopy {
	private constructor(private readonly folder: string) {}

	static async of(root: string): Promise<ProgramCopy> {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'vqlab-mutants-'));
		await Promise.all(
			copied.map(async name => cp(path.join(root, name), path.join(folder, name), {recursive: true})),
		);
		await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
		return new ProgramCopy(folder);
	}

	/** Whether all of these tests pass. */
	async passes(tests: readonly string[]): Promise<boolean> {
		if (tests.length === 0) {
			// Without a name Vitest takes all that there are.
			return true;
		}

		const files = tests.map(name => `test/${name}`);
		const child = spawn(
			process.execPath,
			['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--maxWorkers=1', '--reporter=dot', ...files],
			{cwd: this.folder, stdio: 'ignore'},
		);
		const [code] = (await once(child, 'exit')) as [number | null];
		return code === 0;
	}

	/**
	Whether the nearest tests see it.

	@throws when the text is not there exactly once: the table has to be kept up.
	*/
	async kills({file, find, replace, tests}: ProgramMutation): Promise<boolean> {
		const name = path.join(this.folder, 'source', file);
		const text = await readFile(name, 'utf8');
		if (text.split(find).length !== 2) {
			throw new Error(`the text to change is not found exactly once in ${file}: ${JSON.stringify(find)}`);
		}

		await writeFile(
			name,
			text.replace(find, () => replace),
		);
		try {
			return !(await this.passes(tests));
		} finally {
			await writeFile(name, text);
		}
	}

	async remove(): Promise<void> {
		await rm(this.folder, {recursive: true});
	}
}
