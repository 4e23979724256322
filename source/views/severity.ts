import {type Role} from '../charts/role.js';

/** Spinning and waiting are bad from here on, ms per second: 1 % of a CPU. */
const badSpin = 10;
/** Written 0.0 below. */
const nothing = 0.05;

/**
The role of a figure of spinning or waiting for a lock, ms per second:
by its value, never by its kind.
*/
export function spinRole(...perSecond: ReadonlyArray<number | null>): Role {
	const most = Math.max(0, ...perSecond.map(value => value ?? 0));
	return most >= badSpin ? 'spin' : most < nothing ? 'dim' : 'text';
}

/** The role of a share of time in which somebody spins or waits for a lock. */
export function spinShareRole(share: number | null): Role {
	return spinRole((share ?? 0) * 1000);
}
