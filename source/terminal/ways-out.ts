/** The part of `process` that ends it, so that a test can stand in for it. */
export type ProcessEvents = {
	on(event: string, listener: (value: unknown) => void): unknown;
	off(event: string, listener: (value: unknown) => void): unknown;
	exit(code: number): void;
};

export type WaysOutOptions = {
	/** Gives the terminal back. Called on every way out, perhaps more than once. */
	readonly restore: () => void;
	/** SIGINT from outside: the same as the key Ctrl-C. */
	readonly interrupt: () => void;
	/** How to come to this point again: printed after the stack of a fault of ours. */
	readonly reproduce: () => string;
	/** Prints to the error stream, after the screen is restored. */
	readonly report: (text: string) => void;
};

/** Exit code of a fault of the program itself. */
export const faultCode = 70;

const signals = {SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131} as const;

/**
Sees to it that the terminal is restored on every way out: signals, faults and plain
exits. A signal ends the process with 128 + its number, a fault of ours prints its
stack and how to reproduce it and ends it with 70.

@returns a function that takes the listeners away again.
*/
export function guardWaysOut(target: ProcessEvents, options: WaysOutOptions): () => void {
	const {restore, interrupt, reproduce, report} = options;
	let failing = false;
	const fault = (error: unknown) => {
		// A fault while a fault is reported must not begin again.
		if (failing) {
			target.exit(faultCode);
			return;
		}

		failing = true;
		restore();
		const stack = error instanceof Error ? error.stack ?? String(error) : String(error);
		report(`vqlab: a fault of vqlab itself\n${stack}\nto reproduce: ${reproduce()}\n`);
		target.exit(faultCode);
	};

	const listeners: Array<[string, (value: unknown) => void]> = [
		['uncaughtException', error => {
			fault(error);
		}],
		['unhandledRejection', reason => {
			fault(reason);
		}],
		['exit', () => {
			restore();
		}],
		['SIGINT', () => {
			interrupt();
		}],
	];
	for (const [signal, code] of Object.entries(signals)) {
		listeners.push([signal, () => {
			restore();
			target.exit(code);
		}]);
	}

	for (const [event, listener] of listeners) {
		target.on(event, listener);
	}

	return () => {
		for (const [event, listener] of listeners) {
			target.off(event, listener);
		}
	};
}
