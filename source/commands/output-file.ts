import {fstatSync, statSync} from 'node:fs';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {noteInput} from '../files/inputs.js';
import {standard} from '../files/standard-descriptors.js';
import {checkPlace, isOnDisk, writeFile, type WriteOptions} from '../files/write-file.js';
import {type CommandLine} from './command-line.js';
import {type Interrupt} from './interrupt.js';

function optionsOf(file: string): WriteOptions {
	return {called: `--output ${file}`, existing: 'replace', direct: true};
}

/**
What the words and flags of a command line name is read, if it is a file: no output goes over it.
*/
export function noteNamedInputs({input: [, ...words], flags}: CommandLine): void {
	const {host, side, beside, preset, session, baseline, expect} = flags;
	for (const name of [...words, ...side, host, beside, preset, session, baseline, expect]) {
		if (name === '-') {
			noteInput('standard input', fstatSync(standard.input, {bigint: true}));
		} else if (name !== undefined) {
			noteFile(name);
		}
	}
}

function noteFile(name: string): void {
	try {
		noteInput(name, statSync(name, {bigint: true}));
	} catch {
		// No file, or none that can be reached: whoever reads it says so.
	}
}

/**
Says before a long command starts that its result would have no place to go.

@throws {UserError} when it can not be written or would go over an input.
*/
export function checkOutputFile(file: string): void {
	checkPlace(file, optionsOf(file));
}

/**
Writes the result, whole or not at all. A signal that comes meanwhile waits until the file is
complete; where a pipe or a device is written to, it ends the program at once.

@throws {UserError} when it can not be written; {ReaderGone} when nobody reads it.
*/
export async function writeOutputFile(file: string, text: string, interrupt: Interrupt): Promise<void> {
	const options = optionsOf(file);
	if (isOnDisk(file, options)) {
		await interrupt.during(async () => {
			writeFile(file, text, options);
			await nextTurn();
		});
	} else {
		writeFile(file, text, options);
	}
}
