import process from 'node:process';

/** Exit codes of a program that a signal ended, as shells count them. */
const exitCodes = {SIGINT: 130, SIGTERM: 143} as const;

/**
Whether the user asked a headless command to stop. A command looks at `signal` between
slices of its work, prints what was finished, and ends with `exitCode`.
A second signal ends the program at once, in case a slice hangs.
*/
export class Interrupt {
	signal: keyof typeof exitCodes | undefined;

	get exitCode(): number {
		return this.signal === undefined ? 0 : exitCodes[this.signal];
	}

	/** Listens to SIGINT and SIGTERM; returns a function that stops listening. */
	listen(): () => void {
		const onSignal = (signal: NodeJS.Signals) => {
			if (this.signal !== undefined) {
				process.exit(this.exitCode);
			}

			this.signal = signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
		};

		process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
		return () => {
			process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
		};
	}
}
