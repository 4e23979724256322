import {
	closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {Buffer} from 'node:buffer';
import {UserError} from '../parameters/user-error.js';

/**
Says before a long command starts that its result would have no place to go.

@throws {UserError} when the folder is not there or the name is a directory's.
*/
export function checkOutputFile(file: string): void {
	if (statSync(file, {throwIfNoEntry: false})?.isDirectory()) {
		throw new UserError(`--output ${file} is a directory; give the name of a file`);
	}

	const folder = path.dirname(file);
	if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
		throw new UserError(`--output ${file} can not be written: there is no folder ${folder}`);
	}
}

/**
Writes a whole file or nothing: into a temporary file beside it, which is renamed when it is
complete. A device or a pipe (`/dev/stdout`) is written to directly.

@throws {UserError} when the folder is not there or may not be written.
*/
export function writeOutputFile(file: string, text: string): void {
	checkOutputFile(file);
	const existing = statSync(file, {throwIfNoEntry: false});
	const direct = existing !== undefined && !existing.isFile();
	const place = existing ? realpathSync(file) : file;
	const target = direct ? place : path.join(path.dirname(place), `.${path.basename(place)}.${process.pid}.tmp`);
	try {
		const descriptor = openSync(target, direct ? 'w' : 'wx');
		try {
			writeAll(descriptor, text);
			if (!direct) {
				fsyncSync(descriptor);
			}
		} finally {
			closeSync(descriptor);
		}

		if (!direct) {
			renameSync(target, place);
		}
	} catch (error) {
		if (!direct) {
			rmSync(target, {force: true});
		}

		throw new UserError(`--output ${file} can not be written: ${reason(error)}`);
	}
}

function writeAll(descriptor: number, text: string): void {
	const bytes = Buffer.from(text);
	let written = 0;
	while (written < bytes.length) {
		written += writeSync(descriptor, bytes, written);
	}
}

/** What the operating system said, without the path and the call that Node appends. */
function reason(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.split(',', 1)[0];
}
