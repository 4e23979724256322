import {constants} from 'node:os';

/** The part of `process` that ends it, so that a test can stand in for it. */
export type ProcessEvents = {
	readonly pid: number;
	on(event: string, listener: (value: unknown) => void): unknown;
	off(event: string, listener: (value: unknown) => void): unknown;
	removeAllListeners(event: string): unknown;
	kill(pid: number, signal: NodeJS.Signals): unknown;
	exit(code: number): void;
};

export type WaysOutOptions = {
	/** Gives the terminal back. Called on every way out, perhaps more than once. */
	readonly restore: () => void;
	/** SIGINT from outside: the same as the key Ctrl-C. */
	readonly interrupt: () => void;
	/** The terminal has been closed. */
	readonly isGone: () => boolean;
	/** How to come to this point again: printed after the stack of a fault of ours. */
	readonly reproduce: () => string;
	/** Prints to the error stream, after the screen is restored. */
	readonly report: (text: string) => void;
};

/** Exit code of a fault of the program itself. */
export const faultCode = 70;

/**
The signals that end a program unless it listens (signal(7)), but for SIGINT, which is a
key, SIGPIPE, which Node ignores, SIGKILL, and those of a fault of the machine's own
code, after which nothing can run.
*/
const deadly: readonly NodeJS.Signals[] = [
	'SIGHUP',
	'SIGQUIT',
	'SIGABRT',
	'SIGALRM',
	'SIGTERM',
	'SIGUSR1',
	'SIGUSR2',
	'SIGVTALRM',
	'SIGPROF',
	'SIGXCPU',
	'SIGXFSZ',
	'SIGIO',
	'SIGPWR',
	'SIGSTKFLT',
];

/** Those that this system has, by number. */
export const endingSignals: ReadonlyArray<readonly [signal: NodeJS.Signals, number: number]> = deadly.flatMap(signal =>
	(constants.signals[signal] as number | undefined) === undefined
		? []
		: [[signal, constants.signals[signal]] as const],
);

/** What takes the ways out away again, and the way of a terminal that is closed. */
export type WaysOut = {
	readonly release: () => void;
	/** Ends the program as SIGHUP does. */
	readonly hangUp: () => void;
};

/**
Sees to it that the terminal is restored on every way out: signals, faults and plain
exits. A signal ends the process with 128 + its number, a fault of ours prints its
stack and how to reproduce it and ends it with 70.

When the terminal is gone the signal's own action ends the process, which a shell shows as the same
number: Node's own exit restores the terminal once more, and in version 20 takes the error of that
for a fault of its own and aborts.
*/
export function guardWaysOut(target: ProcessEvents, options: WaysOutOptions): WaysOut {
	const {restore, interrupt, isGone, reproduce, report} = options;
	let failing = false;
	const end = (signal: NodeJS.Signals, code: number): void => {
		restore();
		if (isGone()) {
			target.removeAllListeners(signal);
			target.kill(target.pid, signal);
		}

		// Also where a signal's action is withheld, as from the first process of a container.
		target.exit(code);
	};

	const hangUp = (): void => {
		end('SIGHUP', 128 + constants.signals.SIGHUP);
	};

	const fault = (error: unknown) => {
		// A fault while a fault is reported must not begin again.
		if (failing) {
			target.exit(faultCode);
			return;
		}

		failing = true;
		restore();
		const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
		report(`vqlab: a fault of vqlab itself\n${stack}\nto reproduce: ${reproduce()}\n`);
		if (isGone()) {
			hangUp();
			return;
		}

		target.exit(faultCode);
	};

	const listeners: Array<[string, (value: unknown) => void]> = [
		[
			'uncaughtException',
			error => {
				fault(error);
			},
		],
		[
			'unhandledRejection',
			reason => {
				fault(reason);
			},
		],
		[
			'exit',
			() => {
				restore();
			},
		],
		[
			'SIGINT',
			() => {
				interrupt();
			},
		],
		...endingSignals.map(([signal, number]): [string, () => void] => [
			signal,
			() => {
				end(signal, 128 + number);
			},
		]),
	];
	for (const [event, listener] of listeners) {
		target.on(event, listener);
	}

	return {
		release() {
			for (const [event, listener] of listeners) {
				target.off(event, listener);
			}
		},
		hangUp,
	};
}
