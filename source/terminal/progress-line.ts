import {fitText} from '../charts/fit-text.js';

/** The part of `process` that hears signals, so that a test can stand in for it. */
export type SignalProcess = {
	readonly pid: number;
	on(event: 'SIGINT' | 'SIGTERM', listener: (signal: NodeJS.Signals) => void): unknown;
	off(event: 'SIGINT' | 'SIGTERM', listener: (signal: NodeJS.Signals) => void): unknown;
	kill(pid: number, signal: NodeJS.Signals): unknown;
};

export type ProgressLineOptions = {
	/**
	Writes to the error stream; must not fail. Undefined: nothing is ever shown, as in a pipe.
	*/
	readonly write: ((text: string) => void) | undefined;
	/** Columns of the terminal. */
	readonly columns: () => number;
	/** Wall clock, ms. */
	readonly clock: () => number;
	/** Calls back after so many ms, if the program still runs. */
	readonly after?: (milliseconds: number, callback: () => void) => void;
};

/** Work that is done within so many ms shows nothing. */
const patience = 300;

/** Wall time between two drawings, ms. */
const interval = 100;

/** An estimate from less than this share or time, in ms, would jump. */
const leastShare = 0.02;
const leastTime = 1000;

const barWidth = 20;

/** What work that takes long has of it. */
export type Progress = Pick<ProgressLine, 'show' | 'guard'>;

/**
The one line that long work shows on a terminal: what is done, how far it is, the time that is
left. It is drawn over itself, and gone when the work is done: what was printed before and after
stands as if it had not been there.
*/
export class ProgressLine {
	private readonly options: ProgressLineOptions;
	private readonly begun: number;
	private what = '';
	private started: number;
	private drawn = 0;
	private drawnAt = -Infinity;
	/** What was shown last, until it is drawn. */
	private waiting: {readonly share: number | null; readonly amount: string} | undefined;
	private isTimed = false;

	constructor(options: ProgressLineOptions) {
		this.options = options;
		this.begun = options.clock();
		this.started = this.begun;
	}

	/**
	Says how far the work is. `share`: 0 to 1, null when the end is not known. `amount`: how much is
	done, in words. Work of another name begins anew.
	*/
	show(what: string, share: number | null, amount = ''): void {
		if (this.options.write === undefined) {
			return;
		}

		const now = this.options.clock();
		if (what !== this.what) {
			this.what = what;
			this.started = now;
		}

		this.waiting = {share, amount};
		const wait = Math.max(this.begun + patience, this.drawnAt + interval) - now;
		if (wait <= 0) {
			this.draw();
		} else if (!this.isTimed) {
			// What comes next may take long.
			this.isTimed = true;
			(this.options.after ?? later)(wait, () => {
				this.isTimed = false;
				this.draw();
			});
		}
	}

	/** Takes the line away. The next one is drawn at once. */
	erase(): void {
		this.waiting = undefined;
		if (this.drawn > 0) {
			this.options.write?.(`\r${' '.repeat(this.drawn)}\r`);
			this.drawn = 0;
		}

		this.drawnAt = -Infinity;
	}

	/**
	Does work that waits for something, as a pipe; a signal takes the line away and
	ends the program as it would have.
	*/
	async guard<Result>(target: SignalProcess, work: () => Promise<Result>): Promise<Result> {
		if (this.options.write === undefined) {
			return work();
		}

		const onSignal = (signal: NodeJS.Signals): void => {
			this.erase();
			target.off('SIGINT', onSignal);
			target.off('SIGTERM', onSignal);
			target.kill(target.pid, signal);
		};

		target.on('SIGINT', onSignal);
		target.on('SIGTERM', onSignal);
		try {
			return await work();
		} finally {
			target.off('SIGINT', onSignal);
			target.off('SIGTERM', onSignal);
		}
	}

	private draw(): void {
		const {what, started, waiting} = this;
		if (waiting === undefined) {
			return;
		}

		const now = this.options.clock();
		this.waiting = undefined;
		this.drawnAt = now;
		// A line that reaches the last column would be wrapped by some terminals.
		const line = fitText(
			lineOf(what, waiting.share, waiting.amount, now - started),
			Math.max(0, this.options.columns() - 1),
		);
		this.options.write?.(`\r${line.padEnd(this.drawn)}\r`);
		this.drawn = line.length;
	}
}

function later(milliseconds: number, callback: () => void): void {
	setTimeout(callback, milliseconds).unref();
}

/** For those who show nothing. */
export const noProgress = new ProgressLine({write: undefined, columns: () => 0, clock: () => 0});

function lineOf(what: string, share: number | null, amount: string, elapsed: number): string {
	const parts = [what];
	if (share !== null) {
		const done = Math.max(0, Math.min(1, share));
		const full = Math.floor(barWidth * done);
		parts.push(
			`[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}] ${String(Math.floor(100 * done)).padStart(3)} %`,
		);
	}

	if (amount !== '') {
		parts.push(amount);
	}

	if (share !== null && share >= leastShare && elapsed >= leastTime) {
		parts.push(`${timeLeft((elapsed * (1 - share)) / share)} left`);
	}

	return parts.join('  ');
}

function timeLeft(milliseconds: number): string {
	const seconds = Math.max(0, Math.round(milliseconds / 1000));
	return seconds < 90
		? `${seconds} s`
		: seconds < 5400
			? `${Math.round(seconds / 60)} min`
			: `${Math.round(seconds / 3600)} h`;
}
