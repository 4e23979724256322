import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {distribution, root} from './places.js';

/** A command of a page with what the page shows it to print, standard error among it. */
export type ShownCommand = {readonly command: string; readonly output: string};

/** Blocks of commands and their output; the line before and the line after are the fences. */
const blocks = /(?<=^```console\n)[\s\S]*?(?=^```$)/gmv;

/**
The commands in a block: each begins with a dollar sign and goes on where a line ends in a
backslash.
*/
function commandsIn(block: string): readonly ShownCommand[] {
	return [...block.matchAll(/^\$ (?<command>(?:.*\\\n)*.*)\n(?<output>(?:(?!\$ ).*\n)*)/gmv)].map(({groups}) => ({
		command: groups?.command ?? '',
		output: groups?.output ?? '',
	}));
}

/** The pages of docs/ that show commands with what they print. */
export function shownPages(): readonly string[] {
	const folder = path.join(root, 'docs');
	return readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter(name => name.endsWith('.md') && readFileSync(path.join(folder, name), 'utf8').includes('```console\n'))
		.toSorted();
}

/** The commands of a page, in order. */
export function shownCommands(page: string): readonly ShownCommand[] {
	return (page.match(blocks) ?? []).flatMap(block => commandsIn(block));
}

/** The page with what its commands print, in order, in the place of what it shows. */
export function withOutputs(page: string, outputs: readonly string[]): string {
	let index = 0;
	return page.replaceAll(blocks, block =>
		commandsIn(block)
			.map(({command}) => `$ ${command}\n${outputs[index++]}`)
			.join(''),
	);
}

/** Figures of the machine that runs it: wall-clock time. */
export function withoutWallTime(output: string): string {
	return output.replaceAll(/(?<=warm-up in )[\d.]+ (?:m?s|min)/gv, '… s');
}

/**
Runs the commands of a page one after another as a reader would, in an empty folder with no
settings, with the built program as `vqlab`; what each prints.
*/
export class Reader {
	readonly #folder = mkdtempSync(path.join(tmpdir(), 'vqlab-reader-'));

	constructor() {
		const program = path.join(this.#folder, '.bin/vqlab');
		mkdirSync(path.dirname(program));
		writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${path.join(distribution, 'cli.js')}' "$@"\n`);
		chmodSync(program, 0o755);
		mkdirSync(path.join(this.#folder, 'here'));
	}

	/** What a command prints. */
	run(command: string): string {
		return spawnSync('bash', ['-c', `exec 2>&1\n${command}`], {
			cwd: path.join(this.#folder, 'here'),
			encoding: 'utf8',
			env: {
				PATH: `${path.join(this.#folder, '.bin')}:${process.env.PATH ?? ''}`,
				HOME: this.#folder,
				LC_ALL: 'C.UTF-8',
			},
			stdio: ['ignore', 'pipe', 'ignore'],
		}).stdout;
	}

	dispose(): void {
		rmSync(this.#folder, {recursive: true});
	}
}
