import {type ReadStream} from 'node:tty';
import {KeyDecoder} from './key-decoder.js';
import {type TerminalInput} from './terminal-input.js';

export type KeyReaderOptions = {
	readonly stdin: ReadStream;
	/** Does what a key or a paste asks for. */
	readonly take: (input: TerminalInput) => void;
	/** A handful has been taken: what they did can be drawn. */
	readonly drawn: () => void;
	/** There will be no more keys: the terminal was closed. */
	readonly onEnd: () => void;
	/** Wall clock, ms. */
	readonly clock: () => number;
};

/** Keys are taken for so long before signals, frames and the simulation have their turn, ms. */
const sliceTime = 10;

/**
Reads a terminal's keys in raw mode. However much comes at once, it is taken in slices, and no
more is read until all of it is: the terminal waits, the program does not. Nothing is taken before
`serve`.
*/
export class KeyReader {
	private readonly decoder = new KeyDecoder();
	private readonly options: KeyReaderOptions;
	private queue: TerminalInput[] = [];
	private at = 0;
	private isReading = false;
	private isServing = false;
	private silence: NodeJS.Timeout | undefined;
	private next: NodeJS.Immediate | undefined;

	constructor(options: KeyReaderOptions) {
		this.options = options;
		// Also what fails while nobody reads, as giving the mode back to a terminal that
		// is gone, is no fault of ours.
		options.stdin.on('error', this.onEnd);
		options.stdin.on('end', this.onEnd);
	}

	/** Takes the keyboard. */
	start(): void {
		const {stdin} = this.options;
		if (this.isReading) {
			return;
		}

		this.isReading = true;
		stdin.on('data', this.onData);
		stdin.setRawMode(true);
		stdin.ref();
		stdin.resume();
	}

	/** From here on keys are taken, those that came before first. */
	serve(): void {
		this.isServing = true;
		this.add([]);
	}

	/** Sets raw mode again, which another program may have changed behind us. */
	retake(): void {
		if (this.isReading) {
			// To the mode that it believes it has Node sets nothing.
			this.options.stdin.setRawMode(false);
			this.options.stdin.setRawMode(true);
		}
	}

	/**
	Stops reading; keys that are not taken yet are forgotten. What is typed
	from here on is another program's.
	*/
	stop(): void {
		const {stdin} = this.options;
		this.isReading = false;
		clearTimeout(this.silence);
		clearImmediate(this.next);
		this.next = undefined;
		this.decoder.flush();
		this.queue = [];
		this.at = 0;
		stdin.pause();
		// Of a terminal that was opened for the keys Node would wait for one more.
		stdin.unref();
		stdin.off('data', this.onData);
	}

	/** Gives the terminal its own mode back. */
	release(): void {
		const {stdin} = this.options;
		if (stdin.isTTY && !stdin.destroyed) {
			try {
				stdin.setRawMode(false);
			} catch {
				// The terminal is gone, and its mode with it.
			}
		}
	}

	private readonly onEnd = (): void => {
		if (this.isReading) {
			this.options.onEnd();
		}
	};

	private readonly onData = (bytes: Uint8Array): void => {
		clearTimeout(this.silence);
		this.add(this.decoder.push(bytes));
		this.listen();
	};

	private listen(): void {
		const {patience} = this.decoder;
		if (patience === undefined) {
			return;
		}

		this.silence = setTimeout(() => {
			// After long work the timer is due before what came meanwhile was read.
			this.silence = setTimeout(() => {
				this.add(this.decoder.flush());
			}, 1);
		}, patience);
	}

	private add(inputs: readonly TerminalInput[]): void {
		if (!this.isReading) {
			return;
		}

		for (const input of inputs) {
			this.queue.push(input);
		}

		if (this.isServing && this.next === undefined) {
			this.takeSlice();
		}
	}

	private readonly takeSlice = (): void => {
		const {stdin, take, drawn, clock} = this.options;
		this.next = undefined;
		const until = clock() + sliceTime;
		const before = this.at;
		while (this.at < this.queue.length && clock() < until) {
			take(this.queue[this.at++]);
		}

		if (!this.isReading) {
			return;
		}

		if (this.at > before) {
			drawn();
		}

		if (this.at < this.queue.length) {
			stdin.pause();
			this.next = setImmediate(this.takeSlice);
			return;
		}

		this.queue = [];
		this.at = 0;
		stdin.resume();
	};
}
