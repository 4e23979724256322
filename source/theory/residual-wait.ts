/**
Work that cannot be interrupted: how often a second it begins, and E[S^2] of its duration in s^2.
*/
type Work = {readonly rate: number; readonly secondMoment: number};

/**
Mean time that somebody who comes at a random moment waits for the rest of what the server is
at: the cursor behind a command of the control queue, in a main loop that serves both and begins
with the cursor next. Seconds.
*/
export function residualWait({rate, secondMoment}: Work): number {
	return (rate * secondMoment) / 2;
}
