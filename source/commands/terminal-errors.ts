import process from 'node:process';

/** Exit code of output that can not be written. */
const usageCode = 2;

/** Ends the program when what it draws on can not be written any more. */
export function listenToTerminalErrors(): void {
	process.stdout.on('error', onTerminalError);
	process.stderr.on('error', onTerminalError);
}

/** The dashboard's own writes, which are not over when they return. Nobody may be left to tell. */
function onTerminalError(error: NodeJS.ErrnoException): void {
	process.exit(error.code === 'EPIPE' ? 0 : usageCode);
}
