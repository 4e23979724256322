import {Buffer} from 'node:buffer';
import {constants, openSync, writeSync} from 'node:fs';
import {isatty} from 'node:tty';
import {type Size} from './size.js';

/** Wall time between two tries at a terminal that takes nothing, ms. */
const retryAfter = 1;
/**
The last words to a terminal that does not read are given up after so long, ms: less than
a second with all that follows.
*/
const lastWordsPatience = 250;

/**
Between these a terminal shows nothing, so that no frame is seen half drawn (synchronized output).
*/
const beginUpdate = '\u001B[?2026h';
const endUpdate = '\u001B[?2026l';

/** Writes at once, in part or not at all (0). Throws where the terminal is gone. */
export type WriteSome = (bytes: Uint8Array) => number;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

function sleep(milliseconds: number): void {
	Atomics.wait(sleeper, 0, 0, milliseconds);
}

/**
What is written to a terminal. Nothing waits for a terminal that does not read (a stopped
`ssh`, a frozen window): what it does not take is kept, `isBehind` asks for no more, and the
keyboard, the simulation and the signals go on. Of a frame that is out of date the rest can be
dropped, since a screen is drawn anew.
*/
export class TerminalOutput {
	private readonly writeSome: WriteSome;
	private readonly size: () => Size;
	private readonly onGone: () => void;
	private rest: Uint8Array = new Uint8Array(0);
	private retry: NodeJS.Timeout | undefined;
	private isFailed = false;

	/**
	`size`: the terminal's, asked whenever it matters. `onGone`: called when the terminal is gone.
	*/
	constructor(writeSome: WriteSome, size: () => Size, onGone: () => void) {
		this.writeSome = writeSome;
		this.size = size;
		this.onGone = onGone;
	}

	get columns(): number {
		return this.size().columns;
	}

	/** The terminal has not taken all that was written. */
	get isBehind(): boolean {
		return this.rest.length > 0;
	}

	/** Writes a frame, or what goes before one, as soon as the terminal takes it. */
	write(text: string): boolean {
		if (this.isFailed) {
			return false;
		}

		const bytes = Buffer.from(this.update(text));
		this.rest = this.isBehind ? Buffer.concat([this.rest, bytes]) : bytes;
		if (this.retry === undefined) {
			this.pump();
		}

		return !this.isBehind;
	}

	/**
	Forgets what was not taken, then writes before it returns; gives up on a terminal that takes
	nothing for a quarter of a second. Returns whether all was taken. Throws nothing.
	*/
	lastWords(text: string): boolean {
		this.drop();
		return writeNow(this.writeSome, text);
	}

	private update(text: string): string {
		return text === '' ? '' : beginUpdate + text + endUpdate;
	}

	private drop(): void {
		clearTimeout(this.retry);
		this.retry = undefined;
		this.rest = new Uint8Array(0);
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
		} catch {
			this.isFailed = true;
			this.drop();
			this.onGone();
		}
	};
}

/**
Writes all of a text before it returns, unless nothing is taken for a quarter of a
second, or the terminal is gone.
*/
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
Opens the terminal behind a descriptor once more for writing, so that it can be written to without
waiting and the descriptor, which other programs share, stays as it is. Where that cannot be done
(a terminal of another user, a system without `/dev/fd`) and for what is no terminal the
descriptor itself is written to.
*/
export function writerTo(descriptor: number): WriteSome {
	const target = isatty(descriptor) ? (reopened(descriptor) ?? descriptor) : descriptor;
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
