import process from 'node:process';

/** Exit codes of a program that a signal ended, as shells count them. */
const exitCodes = {SIGINT: 130, SIGTERM: 143} as const;

type StopSignal = keyof typeof exitCodes;

/**
Whether the user asked a headless command to stop. Signals are listened to during work that looks at
`signal` between its slices, or at `stopped`: the command prints what was finished and ends with
`exitCode`. All else, and all waiting, is ended by the signal's default action. A second signal ends
the program at once, in case a slice hangs.
*/
export class Interrupt {
	private readonly controller = new AbortController();
	private received: StopSignal | undefined;
	private works = 0;

	get signal(): StopSignal | undefined {
		return this.received;
	}

	get exitCode(): number {
		return this.received === undefined ? 0 : exitCodes[this.received];
	}

	/** Aborted by the signal. */
	get stopped(): AbortSignal {
		return this.controller.signal;
	}

	/** What a signal does. */
	stop(signal: StopSignal): void {
		this.received = signal;
		this.controller.abort();
	}

	/** Listens while the work goes on, which looks at `signal` or `stopped`. */
	async during<Result>(work: () => Promise<Result>): Promise<Result> {
		this.begin();
		try {
			return await work();
		} finally {
			this.end();
		}
	}

	private begin(): void {
		if (this.works++ === 0) {
			process.on('SIGINT', this.onSignal).on('SIGTERM', this.onSignal);
		}
	}

	private end(): void {
		if (--this.works === 0) {
			process.off('SIGINT', this.onSignal).off('SIGTERM', this.onSignal);
		}
	}

	private readonly onSignal = (signal: NodeJS.Signals): void => {
		if (this.received !== undefined) {
			process.exit(this.exitCode);
		}

		this.stop(signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
	};
}
