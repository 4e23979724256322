import {UserError} from '../../source/errors/user-error.js';
import {type Ring} from './state.js';
import {type Burst} from './step.js';

const mostBuffers = 1 << 24;

export type BurstResults = {
	readonly kicks: number | string;
	readonly ints: number;
	readonly db: number;
};

/**
FORMAT.md section 6: many rounds of the same few operations. The ring must be empty, so the ring's
tokens 0, 1, … are free. A round that goes wrong stops the burst, and `kicks` says how.
*/
export function runBurst(ring: Ring, burst: Burst): BurstResults {
	const {n, b, out} = burst;
	if (b < 1 || b > ring.size || n * b > mostBuffers) {
		throw new UserError(`burst: ${n} rounds of ${b} buffers do not fit a ring of ${ring.size}`);
	}

	let kicks = 0;
	let ints = 0;
	let db = 0;
	const failed = (what: string, round: number): BurstResults => ({kicks: `${what} in round ${round}`, ints, db});
	for (let round = 0; round < n; round++) {
		for (let k = 0; k < b; k++) {
			if (ring.add(out, burst.in, k) !== 0) {
				return failed('add refused', round);
			}

			db += Number(ring.doorbellForced);
		}

		if (burst.kick) {
			kicks += Number(ring.kickPrepare());
		}

		for (let k = 0; k < b; k++) {
			if (ring.pop() !== k) {
				return failed('pop out of order', round);
			}
		}

		for (let k = 0; k < b; k++) {
			ring.push(k, 0);
		}

		ring.publish(b);
		if (burst.notif) {
			ints += Number(ring.shouldNotify());
		}

		for (let k = 0; k < b; k++) {
			if (ring.getBuf() !== k) {
				return failed('get_buf out of order', round);
			}
		}
	}

	return {kicks, ints, db};
}
