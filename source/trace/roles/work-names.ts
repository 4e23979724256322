/**
0 control, 1 cursor: the queue that a work's function drains, judged by its name; null for any
other. Responses inside a run say more.
*/
export function queueOfWork(work: string): number | null {
	if (work.startsWith('virtio_gpu_dequeue_ctrl_func')) {
		return 0;
	}

	return work.startsWith('virtio_gpu_dequeue_cursor_func') ? 1 : null;
}

/** What the name of an interrupt says. */
export type IrqName = {
	/** The kernel's number of the virtio device. */
	readonly device: number;
	/** 0 control, 1 cursor; null for a vector that all queues share. */
	readonly queue: number | null;
};

/**
The names of virtio's interrupts (vp_find_vqs in virtio_pci_common.c, vm_find_vqs in virtio_mmio.c):
`virtio0-control` for a vector of each queue, `virtio0-virtqueues` or `virtio0` for one of all. Null
for others, and for `virtio0-config`.
*/
export function irqNameOf(action: string): IrqName | null {
	const {device, queue} =
		/^virtio(?<device>\d{1,5})(?:-(?<queue>control|cursor|virtqueues))?$/v.exec(action)?.groups ?? {};
	if (device === undefined) {
		return null;
	}

	return {device: Number(device), queue: queue === 'control' ? 0 : queue === 'cursor' ? 1 : null};
}
