import {existsSync} from 'node:fs';
import path from 'node:path';
import {presetsFolder} from '../presets/preset-files.js';
import {type CommandLine} from './command-line.js';
import {type Verb} from './verb.js';

/** The word that stands for the recordings that ship, where no file is called so. */
const sampleName = 'sample';

/** A recording of a guest that ships, and QEMU's log of the same time. */
export function sampleFiles(): {readonly guest: string; readonly host: string} {
	const folder = path.join(path.dirname(presetsFolder(import.meta.url)), 'samples');
	return {guest: path.join(folder, 'guest.txt.gz'), host: path.join(folder, 'qemu.log.gz')};
}

/** The command line with the files in the place of `sample`, for verbs that take a recording. */
export function withSample(line: CommandLine, command: Verb | undefined): CommandLine {
	const [verb, word, ...rest] = line.input;
	const kind = command?.takes?.[0];
	if (word !== sampleName || !(kind === 'recording' || kind === 'subject') || existsSync(sampleName)) {
		return line;
	}

	const {guest, host} = sampleFiles();
	return {...line, input: [verb, guest, ...rest], flags: {...line.flags, host: line.flags.host ?? host}};
}
