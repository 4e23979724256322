/**
`clients` that think, then pass some stations one after another. Times in
seconds, mean service of each station.
*/
export type ClosedChain = {
	readonly clients: number;
	readonly think: number;
	readonly services: readonly number[];
};

/**
Rounds a second of a closed chain of single servers with exponential service, by mean value analysis
(Reiser and Lavenberg), which is exact for them. Machine repairman is the chain of one station.
*/
export function chainThroughput({clients, think, services}: ClosedChain): number {
	const waiting = services.map(() => 0);
	let throughput = 0;
	for (let n = 1; n <= clients; n++) {
		const responses = services.map((service, station) => service * (1 + waiting[station]));
		let round = think;
		for (const response of responses) {
			round += response;
		}

		throughput = n / round;
		for (const [station, response] of responses.entries()) {
			waiting[station] = throughput * response;
		}
	}

	return throughput;
}
