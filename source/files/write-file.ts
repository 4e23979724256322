import {Buffer} from 'node:buffer';
import {
	accessSync,
	type BigIntStats,
	closeSync,
	constants,
	fchmodSync,
	fchownSync,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	linkSync,
	lstatSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
} from 'node:fs';
import path from 'node:path';
import {UserError} from '../errors/user-error.js';
import {codeOf, writeError} from './file-error.js';
import {inputAt} from './inputs.js';
import {type Place, placeOf} from './place.js';
import {writeAll} from './write-all.js';

export type WriteOptions = {
	/** What the user knows the file by, for messages: `--output run.json`. */
	readonly called: string;
	/**
	`refuse`: a name that is taken is refused. `replace`: what is there is replaced, but for what
	was read from. `force`: that too.
	*/
	readonly existing: 'refuse' | 'replace' | 'force';
	/**
	A device, a pipe or `/dev/stdout` may be written to as well; it may make the program wait.
	*/
	readonly direct?: boolean;
};

/** A place that was looked at: what is there, if anything. */
type Target = Place & {readonly status: BigIntStats | undefined};

/**
Says before a long work starts that its result would have no place to go.

@throws {UserError} when the file could not be written, is an input, or is
there and may not be replaced.
*/
export function checkPlace(file: string, options: WriteOptions): void {
	inOneLine(options.called, () => targetOf(file, options));
}

/**
Whether writing there is a matter of the disk alone. A pipe waits for its reader.

@throws {UserError} as `checkPlace` does.
*/
export function isOnDisk(file: string, options: WriteOptions): boolean {
	return inOneLine(options.called, () => {
		const {descriptor, status} = targetOf(file, options);
		return descriptor === undefined && (status === undefined || status.isFile());
	});
}

/**
Writes a whole file or nothing: into a temporary file of a random name in the same folder, which
takes the name when it is complete and on the disk. Symbolic links stay, mode and owner too. A file
with several names (hard links), or in a folder that takes no new file, is written in its place
instead: first what makes it longer, so that a full disk leaves it as it was.

@throws {UserError} when it can not be written, is an input, or is there and may not be replaced;
{ReaderGone} for a pipe that nobody reads any more.
*/
export function writeFile(file: string, text: string, options: WriteOptions): void {
	inOneLine(options.called, () => {
		const target = targetOf(file, options);
		const {descriptor, status} = target;
		if (descriptor !== undefined) {
			writeAll(descriptor, text);
		} else if (status === undefined || status.isFile()) {
			writeOnDisk(target, Buffer.from(text), options);
		} else {
			withFile(target.path, constants.O_WRONLY, opened => {
				writeAll(opened, text);
			});
		}
	});
}

function inOneLine<Result>(called: string, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		throw writeError(called, error);
	}
}

function targetOf(file: string, {called, existing, direct = false}: WriteOptions): Target {
	const folder = path.dirname(file);
	if (file.endsWith('/') || !isFolder(folder)) {
		throw new UserError(
			file.endsWith('/')
				? `${called} names a folder; give the name of a file`
				: `${called} can not be written: there is no folder ${folder}`,
		);
	}

	// A link that leads to nothing has the name, too.
	if (existing === 'refuse' && lstatSync(file, {throwIfNoEntry: false}) !== undefined) {
		throw new UserError(`${called} is there already: choose another name`);
	}

	const place = placeOf(file);
	const status =
		place.descriptor === undefined
			? statSync(place.path, {throwIfNoEntry: false, bigint: true})
			: fstatSync(place.descriptor, {bigint: true});
	if (status === undefined) {
		// A name that is too long is told here, and a folder that takes nothing.
		lstatSync(place.path, {throwIfNoEntry: false});
		accessSync(path.dirname(place.path), constants.W_OK | constants.X_OK);
		return {...place, status};
	}

	if (status.isDirectory()) {
		throw new UserError(`${called} is a directory; give the name of a file`);
	}

	if (!direct && (place.descriptor !== undefined || !status.isFile())) {
		throw new UserError(`${called} is no file: choose another name`);
	}

	const input = inputAt(status);
	if (input !== undefined && existing !== 'force') {
		throw new UserError(`${called} is what ${input} was read from, and would be lost: choose another name`);
	}

	if (place.descriptor === undefined) {
		accessSync(place.path, constants.W_OK);
	}

	return {...place, status};
}

function isFolder(folder: string): boolean {
	return statSync(folder, {throwIfNoEntry: false})?.isDirectory() === true;
}

function writeOnDisk(target: Target, bytes: Uint8Array, {called, existing}: WriteOptions): void {
	const {path: file, status} = target;
	if (status !== undefined && status.nlink > 1n) {
		writeInPlace(file, bytes);
		return;
	}

	const draft = path.join(
		path.dirname(file),
		`.vqlab-${Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')}.tmp`,
	);
	try {
		writeDraft(draft, bytes, status);
		if (existing === 'refuse') {
			takeName(draft, file, called);
		} else {
			renameSync(draft, file);
		}
	} catch (error) {
		rmSync(draft, {force: true});
		// The folder takes no file, or this one is mounted by itself.
		if (status !== undefined && ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(codeOf(error) ?? '')) {
			writeInPlace(file, bytes);
			return;
		}

		throw error;
	}

	syncFolder(path.dirname(file));
}

function writeDraft(draft: string, bytes: Uint8Array, old: BigIntStats | undefined): void {
	withFile(
		draft,
		constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
		descriptor => {
			writeAll(descriptor, bytes);
			if (old !== undefined) {
				keepOwner(descriptor, old);
				fchmodSync(descriptor, Number(old.mode & 0o7777n));
			}

			fsyncSync(descriptor);
		},
		old === undefined ? 0o666 : 0o600,
	);
}

/** Only a privileged user can give a file away; another one owns what he writes. */
function keepOwner(descriptor: number, {uid, gid}: BigIntStats): void {
	const own = fstatSync(descriptor, {bigint: true});
	if (own.uid === uid && own.gid === gid) {
		return;
	}

	try {
		fchownSync(descriptor, Number(uid), Number(gid));
	} catch (error) {
		if (codeOf(error) !== 'EPERM') {
			throw error;
		}
	}
}

/**
Gives the draft the name, unless somebody has taken it meanwhile: a link is
refused then, where there are links.
*/
function takeName(draft: string, file: string, called: string): void {
	try {
		linkSync(draft, file);
	} catch (error) {
		const code = codeOf(error);
		if (code === 'EEXIST' || lstatSync(file, {throwIfNoEntry: false}) !== undefined) {
			throw new UserError(`${called} is there already: choose another name`);
		}

		if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code ?? '')) {
			throw error;
		}

		renameSync(draft, file);
		return;
	}

	rmSync(draft);
}

/**
Overwrites a file, its end first: what fails for want of room fails before anything old is lost.
*/
function writeInPlace(file: string, bytes: Uint8Array): void {
	withFile(file, constants.O_WRONLY, descriptor => {
		const {size} = fstatSync(descriptor);
		if (bytes.length > size) {
			try {
				writeAll(descriptor, bytes.subarray(size), size);
				fsyncSync(descriptor);
			} catch (error) {
				ftruncateSync(descriptor, size);
				throw error;
			}
		}

		writeAll(descriptor, bytes.subarray(0, size), 0);
		ftruncateSync(descriptor, bytes.length);
		fsyncSync(descriptor);
	});
}

function withFile(file: string, flags: number, work: (descriptor: number) => void, mode = 0o666): void {
	const descriptor = openSync(file, flags, mode);
	try {
		work(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** After that the new name outlasts a power cut. Some file systems can not. */
function syncFolder(folder: string): void {
	try {
		const descriptor = openSync(folder, constants.O_RDONLY);
		try {
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}
	} catch {
		// The file itself is on the disk.
	}
}
