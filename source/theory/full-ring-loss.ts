/**
Share of Poisson arrivals that a ring of `slots` commands refuses when nobody waits for room
(M/M/1/K, `driver.fullRing=busy-error`, one slot a command, exponential service).
`load` is arrivals a second times mean service; above 1 no ring gets below 1 - 1/load.
*/
export function fullRingLoss(load: number, slots: number): number {
	// Sum over states relative to the full one, so that no power overflows.
	let relative = 1;
	let sum = 1;
	for (let state = 0; state < slots; state++) {
		relative /= load;
		sum += relative;
	}

	return Number.isFinite(sum) ? 1 / sum : 0;
}
