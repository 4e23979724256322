import {Buffer} from 'node:buffer';
import {closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, statSync} from 'node:fs';
import {UserError} from '../errors/user-error.js';
import {writeError} from './file-error.js';
import {inputAt} from './inputs.js';
import {placeOf} from './place.js';
import {takeWriter} from './single-writer.js';
import {writeAll} from './write-all.js';

/** The longest file that is gone on with, bytes: it is read at once. */
const largest = 1_073_741_824;

const newline = 0x0a;

type Opened = {
	readonly descriptor: number;
	/** What the user knows the file by, for messages. */
	readonly called: string;
	/** What was in it; undefined for a device or a pipe. */
	readonly bytes?: Buffer;
	/** For what this process opened itself. */
	readonly close?: () => void;
};

/**
A file of lines that only grows, one write a line: whenever the program is killed, what was written
before is there, and at most the last line is torn. One process writes it at a time. A device or a
pipe may be written to as well; it has no lines before.
*/
export class AppendFile {
	/**
	Opens the file and reads it, or makes it.

	@throws {UserError} when it can not be written, is an input, or another process writes it.
	*/
	static open(file: string, called: string): AppendFile {
		try {
			return AppendFile.opened(file, called);
		} catch (error) {
			throw writeError(called, error);
		}
	}

	private static opened(file: string, called: string): AppendFile {
		const place = placeOf(file);
		if (place.descriptor !== undefined) {
			return new AppendFile({descriptor: place.descriptor, called});
		}

		const status = statSync(place.path, {throwIfNoEntry: false, bigint: true});
		if (status !== undefined && inputAt(status) !== undefined) {
			throw new UserError(`${called} is what is read from, and would be changed: choose another name`);
		}

		const isFile = status === undefined || status.isFile();
		const writer = isFile ? takeWriter(place.path, called) : undefined;
		try {
			const flags = isFile ? constants.O_RDWR | constants.O_CREAT | constants.O_APPEND : constants.O_WRONLY;
			const descriptor = openSync(place.path, flags, 0o666);
			return new AppendFile({
				descriptor,
				called,
				close() {
					closeSync(descriptor);
					writer?.release();
				},
				...(isFile ? {bytes: readWhole(descriptor, called)} : {}),
			});
		} catch (error) {
			writer?.release();
			throw error;
		}
	}

	/** What stands behind the last line end: the start of a line that was never finished. */
	readonly torn: string;
	private readonly opened: Opened;
	private readonly bytes: Buffer;
	/** Where the last whole line ends. */
	private size: number;

	private constructor(opened: Opened) {
		this.opened = opened;
		this.bytes = opened.bytes ?? Buffer.alloc(0);
		this.size = this.bytes.lastIndexOf(newline) + 1;
		this.torn = this.bytes.toString('utf8', this.size);
	}

	/** The whole lines that were there when it was opened, without their ends. */
	*lines(): Generator<string> {
		for (let from = 0; from < this.bytes.lastIndexOf(newline) + 1;) {
			const to = this.bytes.indexOf(newline, from);
			yield this.bytes.toString('utf8', from, to);
			from = to + 1;
		}
	}

	/** Takes a torn last line away, before the first `append`. */
	dropTorn(): void {
		if (this.torn !== '') {
			ftruncateSync(this.opened.descriptor, this.size);
		}
	}

	/**
	Adds a line, its end not included.

	@throws {UserError} when it can not be written; what was there before is as it
	was, as far as the disk allows.
	*/
	append(line: string): void {
		const bytes = Buffer.from(`${line}\n`);
		try {
			writeAll(this.opened.descriptor, bytes);
			this.size += bytes.length;
		} catch (error) {
			this.cutBack();
			throw writeError(this.opened.called, error);
		}
	}

	/**
	Sees the lines to the disk and lets others write.

	@throws {UserError} when they did not get there.
	*/
	close(): void {
		try {
			if (this.opened.bytes !== undefined) {
				fsyncSync(this.opened.descriptor);
			}
		} catch (error) {
			throw writeError(this.opened.called, error);
		} finally {
			this.opened.close?.();
		}
	}

	private cutBack(): void {
		if (this.opened.bytes !== undefined) {
			try {
				ftruncateSync(this.opened.descriptor, this.size);
			} catch {
				// The torn line is dropped when the file is opened again.
			}
		}
	}
}

function readWhole(descriptor: number, called: string): Buffer {
	const {size} = fstatSync(descriptor);
	if (size > largest) {
		throw new UserError(`${called} is larger than ${largest / 1_048_576} MiB: begin a new file and vqlab merge`);
	}

	const bytes = Buffer.alloc(size);
	for (let from = 0; from < size;) {
		const count = readSync(descriptor, bytes, from, size - from, from);
		if (count === 0) {
			return bytes.subarray(0, from);
		}

		from += count;
	}

	return bytes;
}
