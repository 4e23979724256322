/** An open queue with one server. Rates per second, times in seconds. */
export type OpenQueue = {
	/** Poisson arrivals. */
	readonly rate: number;
	readonly meanService: number;
	/** E[S^2]: S^2 for constant service, 2 S^2 for exponential. */
	readonly secondMoment: number;
};

/**
Mean time that a command waits before its service, in an M/G/1 queue served in order
(Pollaczek-Khinchine). Infinity when the load is 1 or more.
*/
export function meanWait({rate, meanService, secondMoment}: OpenQueue): number {
	const load = rate * meanService;
	return load < 1 ? (rate * secondMoment) / (2 * (1 - load)) : Infinity;
}

/**
The same when a server that went to sleep needs `wake` seconds to get going (M/G/1 with set-up):
the host's main loop between the doorbell and its first pop.
*/
export function meanWaitWithWake(queue: OpenQueue, wake: number): number {
	const {rate} = queue;
	return meanWait(queue) + (2 * wake + rate * wake * wake) / (2 * (1 + rate * wake));
}
