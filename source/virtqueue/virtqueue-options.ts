export type Layout = 'split' | 'packed';

/** What driver and device have negotiated, and what the driver created the queue with. */
export type VirtqueueOptions = {
	readonly layout: Layout;
	/** Number of descriptors: split a power of two, packed any number, 1 to 32768. */
	readonly size: number;
	/** VIRTIO_RING_F_EVENT_IDX. */
	readonly eventIdx: boolean;
	/** VIRTIO_RING_F_INDIRECT_DESC. */
	readonly indirect: boolean;
	/** Was the driver's queue created with a callback? Without one, interrupts start off. */
	readonly callback: boolean;
};
