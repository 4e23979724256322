/**
Interrupts that arm one at a time: the first completion raises one, and none follows until the
worker has drained and re-armed `delay` seconds later (vring_interrupt, virtqueue_enable_cb).
For Poisson completions, `rate` per second, and a drain that takes no time.
*/
export function armedInterrupts(
	rate: number,
	delay: number,
): {
	/** Interrupts a second. */
	readonly perSecond: number;
	/** Commands reaped by one run of the worker. */
	readonly batch: number;
	/** Mean time from completion to its reaping, s. */
	readonly added: number;
} {
	const expected = rate * delay;
	return {
		perSecond: rate / (1 + expected),
		batch: 1 + expected,
		added: (delay * (1 + expected / 2)) / (1 + expected),
	};
}
