import {type BigIntStats} from 'node:fs';

/** Files that this process has read or is about to, by what they are and not by name. */
const inputs = new Map<string, string>();

function identity({dev, ino}: BigIntStats): string {
	return `${dev}:${ino}`;
}

/**
Remembers an input, so that no output goes over it. Devices and pipes are none that could be lost.
*/
export function noteInput(name: string, status: BigIntStats): void {
	if (status.isFile()) {
		inputs.set(identity(status), name);
	}
}

/** The name of the input that is this very file, whatever path leads to it. */
export function inputAt(status: BigIntStats): string | undefined {
	return inputs.get(identity(status));
}

/** What was read until now is no input of the command that begins: a process may do several. */
export function forgetInputs(): void {
	inputs.clear();
}
