import {exponential} from '../engine/logarithm.js';

/** An open control queue of QEMU. Rates per second, times in seconds. */
export type PopAllHost = {
	readonly rate: number;
	readonly meanService: number;
	readonly service: 'exponential' | 'constant';
	/** From the doorbell that finds the main loop asleep to its pop. */
	readonly wake: number;
};

/** Commands in a pass beyond this are left out: their share is below 1e-9 at loads up to 0.9. */
const states = 400;

const precision = 1e-12;

/**
Doorbells a second with EVENT_IDX at a host that pops all there is and then processes
(virtio_gpu_handle_ctrl): one doorbell a pass, so `rate` over the mean number of commands in a pass.
That number is a Markov chain: the next pass has what arrives while this one is served, or, if
nothing does, the command that rings and what arrives until the host has woken. Loads up to 0.9.
*/
export function popAllKicks({rate, meanService, service, wake}: PopAllHost): number {
	const arrivals = Array.from({length: states + 1}, (_, n) =>
		service === 'constant' ? poisson(n * rate * meanService) : negativeBinomial(n, 1 / (1 + rate * meanService)),
	);
	const afterSleep = poisson(rate * wake);
	let shares = new Float64Array(states + 1);
	shares[1] = 1;
	for (let change = 1; change > precision;) {
		const next = nextPass(shares, arrivals, afterSleep);
		change = 0;
		for (let n = 1; n <= states; n++) {
			change += Math.abs(next[n] - shares[n]);
		}

		shares = next;
	}

	let mean = 0;
	for (let n = 1; n <= states; n++) {
		mean += n * shares[n];
	}

	return rate / mean;
}

function nextPass(
	shares: Float64Array,
	arrivals: readonly Float64Array[],
	afterSleep: Float64Array,
): Float64Array<ArrayBuffer> {
	const next = new Float64Array(states + 1);
	let asleep = 0;
	for (let n = 1; n <= states; n++) {
		asleep += shares[n] * arrivals[n][0];
		for (let k = 1; k <= states; k++) {
			next[k] += shares[n] * arrivals[n][k];
		}
	}

	for (let k = 0; k < states; k++) {
		next[k + 1] += asleep * afterSleep[k];
	}

	return next;
}

/** Chances of 0 to `states` arrivals when `mean` are expected. */
function poisson(mean: number): Float64Array {
	const chances = new Float64Array(states + 1);
	chances[0] = exponential(-mean);
	for (let k = 1; k <= states; k++) {
		chances[k] = (chances[k - 1] * mean) / k;
	}

	return chances;
}

/**
Arrivals during `n` exponential services, each of which ends before
the next arrival with chance `p`.
*/
function negativeBinomial(n: number, p: number): Float64Array {
	const chances = new Float64Array(states + 1);
	chances[0] = 1;
	for (let i = 0; i < n; i++) {
		chances[0] *= p;
	}

	for (let k = 1; k <= states; k++) {
		chances[k] = (chances[k - 1] * (1 - p) * (n + k - 1)) / k;
	}

	return chances;
}
