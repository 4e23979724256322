/** `clients` that think, submit one command and wait for it. Times in seconds. */
export type ClosedLoop = {
	readonly clients: number;
	/** Mean time from a response to the next submission. */
	readonly think: number;
	/** Mean service of a command by the only server. */
	readonly service: number;
};

/**
Commands a second of a closed loop with exponential think and service times (machine repairman,
M/M/1//N), by mean value analysis, which is exact here. With one client the ring's size drops out.
*/
export function closedThroughput({clients, think, service}: ClosedLoop): number {
	let throughput = 0;
	let waiting = 0;
	for (let n = 1; n <= clients; n++) {
		const response = service * (1 + waiting);
		throughput = n / (think + response);
		waiting = throughput * response;
	}

	return throughput;
}

/** Clients (or slots) beyond which more of them buy little: where the two bounds cross. */
export function knee({think, service}: Pick<ClosedLoop, 'think' | 'service'>): number {
	return (think + service) / service;
}
