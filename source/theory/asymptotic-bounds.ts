/**
The most that a closed loop can do, commands a second: the slowest station's rate, and
`clients` round trips without any waiting. Holds for any distributions; constant times attain it.
Times in seconds, one service time a station.
*/
export function throughputBound(clients: number, think: number, services: readonly number[]): number {
	let sum = think;
	let slowest = 0;
	for (const service of services) {
		sum += service;
		slowest = Math.max(slowest, service);
	}

	return Math.min(slowest > 0 ? 1 / slowest : Infinity, sum > 0 ? clients / sum : Infinity);
}
