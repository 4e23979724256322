/**
Time until a polled fence is seen, for a client that waits for each fence before it goes on. QEMU
arms its timer when it has processed the submission (virtio_gpu_virgl_fence_poll), so the phase is
locked: whole periods, not half a period on average. Any unit, the same for both.
*/
export function polledFence(gpuTime: number, period: number): number {
	return period * Math.max(1, Math.ceil(gpuTime / period));
}

/** What a poll with a phase of its own would add on average. */
export function unlockedPollDelay(period: number): number {
	return period / 2;
}
