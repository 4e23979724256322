/**
Interrupts a second of a backend that interrupts once a drain (crosvm, libkrun), Poisson
arrivals and no wake delay: a drain is a busy period, and of those there are as many as
arrivals that find the system empty. `rate` per second, `load` below 1; the distribution
of the service does not matter.
*/
export function drainInterrupts(rate: number, load: number): number {
	return rate * (1 - load);
}
