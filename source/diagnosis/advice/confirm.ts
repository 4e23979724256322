/** How a metric is seen on a real machine. */
const measures: ReadonlyArray<readonly [RegExp, string]> = [
	[/^lock\./v, 'perf lock contention -ab -Y spinlock -- sleep 10 in the guest'],
	[/^frames\./v, 'frames of the compositor (its own counter, or DRM vblank events in the guest)'],
	[/^kicks\./v, 'trace event virtio_queue_notify of QEMU, or virtqueue_notify by kprobe in the guest'],
	[/^irqs\./v, '/proc/interrupts of the guest, over 10 s'],
	[/^ring\./v, 'num_free of virtio_gpu_cmd_queue in the guest'],
	[/^cursor\.|^throughput\./v, 'virtio_gpu_cmd_queue and virtio_gpu_cmd_response a second in the guest'],
	[/^latency\./v, 'vqlab calibrate of a trace of virtio_gpu_cmd_queue and virtio_gpu_cmd_response'],
	[/^bql\./v, 'perf lock contention or perf trace -e futex of the QEMU process'],
	[/^exits\./v, 'perf kvm stat record and report on the host'],
	[/^cpu\./v, 'top -H of the QEMU process'],
	[/^stalls$/v, 'no hung task for as long as the failure takes to show'],
	[/^sleepsInAtomic$/v, 'CONFIG_DEBUG_ATOMIC_SLEEP: no report in the kernel log'],
];

/** The experiment that shows a metric on a real machine. */
export function measureOf(path: string): string {
	return measures.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}
