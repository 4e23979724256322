import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** A C program of `bench/reference`, compiled here and now. */
export type CProgram = {
	/** What it prints: one line of JSON. */
	run(...argv: readonly string[]): Readonly<Record<string, number>>;
	remove(): void;
};

/** Undefined where there is no compiler: figures then stand without a reference. */
export function compiled(name: string): CProgram | undefined {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-bench-'));
	const program = path.join(folder, name);
	const source = fileURLToPath(new URL(`reference/${name}.c`, import.meta.url));
	try {
		execFileSync('cc', ['-O2', '-o', program, source, '-lm'], {stdio: ['ignore', 'ignore', 'inherit']});
	} catch (error) {
		rmSync(folder, {recursive: true});
		console.log(`${name}.c is not measured: ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	}

	return {
		run: (...argv) =>
			JSON.parse(execFileSync(program, argv, {encoding: 'utf8'})) as Readonly<Record<string, number>>,
		remove() {
			rmSync(folder, {recursive: true});
		},
	};
}
