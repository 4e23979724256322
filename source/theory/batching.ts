/** One notify for `commands` commands that take `build` each to prepare and add. */
export type Batch = {readonly commands: number; readonly build: number};

/** Doorbells a command, at most. */
export function batchedKicks({commands}: Batch): number {
	return 1 / commands;
}

/**
How long a command of the batch lies in the ring before the doorbell, mean over the batch, in the
unit of `build`; the first one twice as long.
*/
export function batchedDelay({commands, build}: Batch): number {
	return ((commands - 1) * build) / 2;
}
