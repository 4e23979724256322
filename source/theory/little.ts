/**
Commands in a station on average, from what passes through it a second and how
long each stays, s: L = lambda W.
*/
export function inStation(rate: number, stay: number): number {
	return rate * stay;
}
