/** The part of `process` that stops and continues it. */
export type JobProcess = {
	on(event: 'SIGCONT' | 'SIGTSTP', listener: () => void): unknown;
	off(event: 'SIGCONT' | 'SIGTSTP', listener: () => void): unknown;
	kill(pid: number, signal: 'SIGTSTP'): unknown;
};

export type JobOptions = {
	/** Gives the terminal back before the process stops, and calls back when it has taken that. */
	readonly leave: (left: () => void) => void;
	/** Takes the terminal and draws everything anew. */
	readonly resume: () => void;
	/** Calls back after so many ms, unless the process is stopped. */
	readonly after: (milliseconds: number, callback: () => void) => void;
};

/** A stop that the kernel refuses (no shell that could continue us) is noticed by then. */
const refusedAfter = 200;

/**
Ctrl-Z and `fg`. The stop goes to the whole process group, as the terminal's own would,
so that a wrapper such as `npm start` stops too and the shell gets its prompt.
*/
export class JobControl {
	private readonly target: JobProcess;
	private readonly options: JobOptions;
	private suspended = false;
	/** The process is stopped, or about to be; else it waits until the terminal is given back. */
	private stopping = false;

	constructor(target: JobProcess, options: JobOptions) {
		this.target = target;
		this.options = options;
	}

	start(): void {
		this.target.on('SIGCONT', this.onContinue);
		this.target.on('SIGTSTP', this.onStop);
	}

	/** Ends it; what is still under way comes to nothing. */
	dispose(): void {
		this.suspended = false;
		this.target.off('SIGCONT', this.onContinue);
		this.target.off('SIGTSTP', this.onStop);
	}

	suspend(): void {
		if (this.suspended) {
			// Who asks twice does not want to wait for a terminal that does not read.
			this.stop();
			return;
		}

		this.suspended = true;
		this.stopping = false;
		this.options.leave(() => {
			this.stop();
		});
	}

	private stop(): void {
		if (!this.suspended || this.stopping) {
			return;
		}

		this.stopping = true;
		// With a listener the signal would not stop us.
		this.target.off('SIGTSTP', this.onStop);
		this.target.kill(0, 'SIGTSTP');
		// A stopped process has no timers: this one runs after `fg`, or when nobody stopped us.
		this.options.after(refusedAfter, () => {
			if (this.suspended) {
				this.onContinue();
			}
		});
	}

	private readonly onStop = (): void => {
		this.suspend();
	};

	private readonly onContinue = (): void => {
		if (this.suspended) {
			this.suspended = false;
			this.target.on('SIGTSTP', this.onStop);
		}

		this.options.resume();
	};
}
