import {Buffer} from 'node:buffer';
import {constants, openSync, writeSync} from 'node:fs';
import {Writable} from 'node:stream';
import {isatty} from 'node:tty';
import {type Size} from './size.js';

/** Wall time between two tries at a terminal that takes nothing, ms. */
const retryAfter = 5;
/** The last words to a terminal that does not read are given up after so long, ms: less than a second with all that follows. */
const lastWordsPatience = 250;

/** Clears the lines that the user has scrolled away; Ink writes it where a frame is as high as the screen. */
const forgetScrollback = '\u001B[3J';

/** Writes at once, in part or not at all (0). Throws where the terminal is gone. */
export type WriteSome = (bytes: Uint8Array) => number;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

function sleep(milliseconds: number): void {
	Atomics.wait(sleeper, 0, 0, milliseconds);
}

/**
What is written to a terminal. Nothing waits for a terminal that does not read (a stopped `ssh`, a frozen
window): what it does not take is kept, `isBehind` asks for no more, and the keyboard, the simulation and
the signals go on. Of a frame that is out of date the rest can be dropped, since a screen is drawn anew.
*/
export class TerminalOutput extends Writable {
	private rest: Uint8Array = new Uint8Array(0);
	private done: ((error?: Error | null) => void) | undefined;
	private retry: NodeJS.Timeout | undefined;

	/** `size`: the terminal's, asked whenever it matters. */
	constructor(private readonly writeSome: WriteSome, private readonly size: () => Size) {
		super({decodeStrings: false});
	}

	get isTTY(): boolean {
		return true;
	}

	get columns(): number {
		return this.size().columns;
	}

	get rows(): number {
		return this.size().rows;
	}

	/** The terminal has not taken all that was written. */
	get isBehind(): boolean {
		return this.done !== undefined || this.writableLength > 0;
	}

	/** Forgets what the terminal has not taken yet. */
	drop(): void {
		// Each that is finished lets the next one in.
		while (this.done !== undefined) {
			this.finish();
		}
	}

	/**
	Forgets what was not taken, then writes before it returns; gives up on a terminal that takes nothing for a
	quarter of a second. Returns whether all was taken. Throws nothing.
	*/
	lastWords(text: string): boolean {
		this.drop();
		return writeNow(this.writeSome, text);
	}

	override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
		this.rest = typeof chunk === 'string' ? Buffer.from(chunk.replaceAll(forgetScrollback, '')) : chunk;
		this.done = callback;
		this.pump();
	}

	private readonly pump = (): void => {
		this.retry = undefined;
		try {
			while (this.rest.length > 0) {
				const count = this.writeSome(this.rest);
				if (count === 0) {
					this.retry = setTimeout(this.pump, retryAfter);
					return;
				}

				this.rest = this.rest.subarray(count);
			}
		} catch (error) {
			this.finish(error instanceof Error ? error : new Error(String(error)));
			return;
		}

		this.finish();
	};

	private finish(error?: Error): void {
		const {done} = this;
		clearTimeout(this.retry);
		this.rest = new Uint8Array(0);
		this.done = undefined;
		done?.(error);
	}
}

/** Writes all of a text before it returns, unless nothing is taken for a quarter of a second, or the terminal is gone. */
export function writeNow(writeSome: WriteSome, text: string): boolean {
	let rest: Uint8Array = Buffer.from(text);
	let waited = 0;
	try {
		while (rest.length > 0) {
			const count = writeSome(rest);
			if (count === 0) {
				if (waited >= lastWordsPatience) {
					return false;
				}

				sleep(retryAfter);
				waited += retryAfter;
			} else {
				waited = 0;
			}

			rest = rest.subarray(count);
		}
	} catch {
		// A terminal that is gone needs no restoring.
		return false;
	}

	return true;
}

/**
Opens the terminal behind a descriptor once more for writing, so that it can be written to without waiting and the
descriptor, which other programs share, stays as it is. Where that cannot be done (a terminal of
another user, a system without `/dev/fd`) and for what is no terminal the descriptor itself is written to.
*/
export function writerTo(descriptor: number): WriteSome {
	const target = isatty(descriptor) ? reopened(descriptor) ?? descriptor : descriptor;
	return bytes => {
		try {
			return writeSync(target, bytes);
		} catch (error) {
			if (error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EINTR')) {
				return 0;
			}

			throw error;
		}
	};
}

function reopened(descriptor: number): number | undefined {
	try {
		return openSync(`/dev/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch {
		return undefined;
	}
}

/** The terminal has been closed at its other end: every call on it fails. */
export function isGone(descriptor: number): boolean {
	return !isatty(descriptor);
}
