import process from 'node:process';
import {isatty} from 'node:tty';
import {codeOf, writeError} from '../files/file-error.js';
import {standard} from '../files/standard-descriptors.js';
import {writeAll} from '../files/write-all.js';
import {pagerFor, showInPager} from '../terminal/pager.js';
import {UserError} from '../errors/user-error.js';
import {isClosedByShell} from './closed-stream.js';

let isErrorOutputBroken = false;

/**
Writes to standard output; when it returns, the text is with the kernel.

@throws {UserError} when it can not be written, {ReaderGone} when nobody reads it any more.
*/
export function print(text: string): void {
	refuseClosedOutput();
	try {
		writeAll(standard.output, text);
	} catch (error) {
		throw writeError('standard output', error);
	}
}

/**
Prints a text to read, on a terminal through the pager when it is longer than the screen. Throws as
`print` does.
*/
export async function printLong(text: string): Promise<void> {
	const isTerminal = isatty(standard.input) && isatty(standard.output);
	const {columns, rows} = process.stdout;
	const pager = pagerFor(text, process.env, {isTerminal, columns, rows});
	if (pager === undefined || !(await showInPager(text, pager, process.env))) {
		print(text);
	}
}

/**
Says before a long work starts that nobody would see what comes of it.

@throws {UserError} when standard output is closed.
*/
export function refuseClosedOutput(): void {
	if (isClosedByShell(standard.output)) {
		throw new UserError('standard output can not be written: it is closed');
	}
}

/**
Writes to the error stream. That this fails is no reason to give up
the work; see `errorOutputBroke`.
*/
export function printError(text: string): void {
	try {
		writeAll(standard.errorOutput, text);
	} catch (error) {
		const code = codeOf(error);
		if (code === undefined) {
			throw error;
		}

		// Nobody wants to read it: then nothing is lost.
		isErrorOutputBroken ||= code !== 'EPIPE';
	}
}

/** Something that was to be said on the error stream could not be written. */
export function errorOutputBroke(): boolean {
	return isErrorOutputBroken;
}

/** The error stream is a terminal on which a line can be drawn over. */
export function isErrorTerminal(): boolean {
	return isatty(standard.errorOutput) && process.env.TERM !== 'dumb';
}

/** Columns of the terminal behind the error stream. */
export function errorColumns(): number {
	return process.stderr.columns ?? 80;
}
