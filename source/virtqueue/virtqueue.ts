import {type Layout, type VirtqueueOptions} from './virtqueue-options.js';

/** What `add` returns for a buffer that does not fit: errno ENOSPC, negated as in the kernel. */
export const ENOSPC = -28;

/** Tokens are below this number, so that the device's table of them stays small. */
export const tokenLimit = 1 << 22;

/** No descriptor: larger than any index of a table of 32768. */
const none = 0xff_ff;

/**
One virtqueue, seen from both sides: the memory that driver and device share, what Linux's
drivers/virtio/virtio_ring.c (6.12) keeps beside it, and what QEMU's hw/virtio/virtio.c keeps.

Every operation is complete before the next one starts, so memory barriers are out of scope.
A buffer is named by its token, an integer from 0 below `tokenLimit` that the caller chooses and
that is not outstanding; segments have no addresses. Operations allocate nothing. Fields are open
to be read; only the methods write them. All of them are numbers, booleans or typed arrays.
*/
export abstract class Virtqueue {
	readonly size: number;
	readonly eventIdx: boolean;
	readonly indirect: boolean;
	readonly callback: boolean;

	/** Driver: descriptors on the free list. */
	numFree: number;
	/** Driver: first descriptor of the free list; has no meaning while `numFree` is 0. */
	freeHead = 0;
	/**
	Driver: what was added since the last `kickPrepare`; split counts buffers, packed descriptors.
	*/
	numAdded = 0;
	/** Driver: an interrupt found work and callbacks were not enabled since (EVENT_IDX only). */
	eventTriggered = false;

	/** Must the last `add` ring the doorbell, whatever the device asked for? */
	doorbellForced = false;
	/** Head of the chain (split) or buffer id (packed) of the last `add` that succeeded. */
	addedHead = 0;
	/** Descriptors that the last successful `add` took. */
	addedSlots = 0;
	/** Did the last successful `add` use an indirect table? */
	addedIndirect = false;
	/** Bytes that the device wrote, of the buffer that the last successful `getBuf` returned. */
	lastLength = 0;

	/** Head or buffer id of the last buffer popped. */
	poppedHead = 0;
	/** Descriptors of the ring that the last buffer popped holds. */
	poppedSlots = 0;
	/** Device-readable segments of the last buffer popped, those in an indirect table included. */
	poppedReadable = 0;
	/** Device-writable segments of the last buffer popped. */
	poppedWritable = 0;

	/** Device: completions pushed and not yet published. */
	staged = 0;
	/** Device: does it ask for notifications? */
	notification = true;
	/** Device: used index (packed: position) when it last decided about an interrupt. */
	signalledUsed = 0;
	/** Device: does `signalledUsed` mean anything? */
	signalledValid = false;

	abstract readonly layout: Layout;

	/** Index (packed: position) where the driver makes the next buffer available. */
	abstract readonly availIndex: number;
	/** Index (packed: position) where the device marks the next buffer used. */
	abstract readonly usedIndex: number;
	/** Index (packed: position) of the used entry for which the driver wants an interrupt. */
	abstract readonly usedEvent: number;
	/** Index (packed: position) of the available entry at which the device wants notification. */
	abstract readonly availEvent: number;
	/** Index (packed: position) where the driver looks for the next used buffer. */
	abstract readonly lastUsed: number;
	/** Index (packed: position) where the device looks for the next available buffer. */
	abstract readonly lastAvail: number;

	/** Driver: the free list's links, and each chain's while it is taken (desc_extra[].next). */
	protected readonly next: Uint16Array;
	/** Driver: token of the buffer that starts at a descriptor, or -1 (desc_state[].data). */
	protected readonly tokens: Int32Array;
	/** Segments of the indirect table that a descriptor refers to. */
	protected readonly tableReadable: Uint32Array;
	protected readonly tableWritable: Uint32Array;
	/** Device: head of each token that is popped and not pushed. Grows with the largest token. */
	private headOfToken: Uint16Array;

	constructor(options: VirtqueueOptions) {
		const {size} = options;
		this.size = size;
		this.eventIdx = options.eventIdx;
		this.indirect = options.indirect;
		this.callback = options.callback;
		this.numFree = size;
		this.next = Uint16Array.from({length: size}, (_, index) => index + 1);
		this.tokens = new Int32Array(size).fill(-1);
		this.tableReadable = new Uint32Array(size);
		this.tableWritable = new Uint32Array(size);
		this.headOfToken = new Uint16Array(Math.max(size, 64)).fill(none);
	}

	/**
	Driver: token of the outstanding buffer whose chain starts at this descriptor
	(packed: with this id), or -1.
	*/
	tokenAt(head: number): number {
		return this.tokens[head];
	}

	/**
	Driver: descriptors on the free list, counted by walking it; -1 when it
	loops or runs out. For checks.
	*/
	countFree(): number {
		let id = this.freeHead;
		for (let count = 0; count < this.numFree; count++) {
			if (id >= this.size || this.tokens[id] >= 0) {
				return -1;
			}

			id = this.next[id];
		}

		return this.numFree;
	}

	/** Driver: the first descriptors of the free list, at most so many. */
	freeList(most: number): readonly number[] {
		const list: number[] = [];
		for (let id = this.freeHead; list.length < Math.min(most, this.numFree); id = this.next[id]) {
			list.push(id);
		}

		return list;
	}

	/**
	Driver: asks for interrupts again and returns an opaque state for `poll`. Once the callbacks
	are on, `poll` tells whether a buffer slipped in before. Source: virtqueue_enable_cb_prepare.
	*/
	enableCallbackPrepare(): number {
		this.eventTriggered = false;
		return this.rearm();
	}

	/**
	Driver: asks for interrupts again. False: there is work already; callbacks stay on, go round
	again. Source: virtqueue_enable_cb.
	*/
	enableCallback(): boolean {
		return !this.poll(this.enableCallbackPrepare());
	}

	/**
	Driver: asks for an interrupt when about three quarters of what is in flight are used.
	False: too much is used already; callbacks stay on. Source: virtqueue_enable_cb_delayed.
	*/
	enableCallbackDelayed(): boolean {
		this.eventTriggered = false;
		return this.rearmDelayed();
	}

	/**
	Driver: the interrupt handler. False is IRQ_NONE: no work; true: the callback runs, if there
	is one. Source: vring_interrupt.
	*/
	interrupt(): boolean {
		if (!this.moreUsed()) {
			return false;
		}

		if (this.eventIdx) {
			this.eventTriggered = true;
		}

		return true;
	}

	/**
	Driver: resets the queue and hands back the tokens of all outstanding buffers, by ascending
	head. Everything returns to its first state but the order of the free list; the device forgets
	what it had popped and staged. Source: virtqueue_reset; clause 2.6.1.
	*/
	reset(recycled?: (token: number) => void): void {
		for (let head = 0; head < this.size; head++) {
			const token = this.tokens[head];
			if (token >= 0) {
				this.detach(head);
				recycled?.(token);
			}
		}

		this.numAdded = 0;
		this.eventTriggered = false;
		this.staged = 0;
		this.notification = true;
		this.signalledUsed = 0;
		this.signalledValid = false;
		this.headOfToken.fill(none);
		this.initialize();
	}

	/**
	Driver: descriptors that a buffer of these segments takes, if its
	indirect table can be allocated.
	*/
	slotsNeeded(out: number, into: number): number {
		return this.indirect ? 1 : out + into;
	}

	/**
	Driver: makes a buffer of `out` device-readable and `into` device-writable segments available.

	Returns 0, or `ENOSPC` when it does not fit; then nothing has changed. In both cases
	`doorbellForced` says whether the caller has to ring now. `noMemory` makes the allocation
	of an indirect table fail, if one is tried. Source: virtqueue_add; clauses 2.7.13, 2.8.18.
	*/
	abstract add(out: number, into: number, token: number, noMemory?: boolean): number;

	/**
	Driver: does the device want to hear of what was added since the last call?
	Source: virtqueue_kick_prepare.
	*/
	abstract kickPrepare(): boolean;

	/**
	Driver: takes the next used buffer and returns its token, or -1. Source: virtqueue_get_buf_ctx.
	*/
	abstract getBuf(): number;

	/**
	Driver: asks the device for no more interrupts; only a hint. Source: virtqueue_disable_cb.
	*/
	abstract disableCallback(): void;

	/**
	Driver: is there a used entry past the opaque `state` of
	`enableCallbackPrepare`? Source: virtqueue_poll.
	*/
	abstract poll(state: number): boolean;

	/** Driver: has the device published something that was not taken? Source: more_used. */
	abstract moreUsed(): boolean;

	/**
	Device: takes the next available buffer and returns its token, or -1; see `poppedHead`
	and so on. Source: virtqueue_pop.
	*/
	abstract pop(): number;

	/**
	Device: stages the completion of a popped buffer; the driver does not see
	it yet. Source: virtqueue_fill.
	*/
	abstract push(token: number, length: number): void;

	/**
	Device: shows the driver the `count` oldest staged completions, in push
	order. Source: virtqueue_flush.
	*/
	abstract publish(count: number): void;

	/**
	Device: is an interrupt due now? The answer is remembered, so ask once a
	batch. Source: virtio_should_notify.
	*/
	abstract shouldNotify(): boolean;

	/**
	Device: wants notifications of new buffers, or not. After turning them on, ask `isEmpty` again.
	Source: virtio_queue_set_notification.
	*/
	abstract setNotification(on: boolean): void;

	/** Device: would `pop` find nothing? Source: virtio_queue_empty. */
	abstract isEmpty(): boolean;

	/**
	Driver: is this buffer described by an indirect table? For every buffer of two segments or more
	while a descriptor is free. Source: virtqueue_use_indirect; clauses 2.7.5.3, 2.8.7.
	*/
	protected usesTable(total: number, noMemory: boolean): boolean {
		return this.indirect && total > 1 && this.numFree > 0 && !noMemory;
	}

	/** Device: remembers the head of a buffer just popped (QEMU: VirtQueueElement.index). */
	protected rememberPopped(token: number, head: number): void {
		if (token >= this.headOfToken.length) {
			this.growTokens(token);
		}

		this.headOfToken[token] = head;
	}

	/** Device: forgets a popped buffer and returns its head. */
	protected forgetPopped(token: number): number {
		const head = token < this.headOfToken.length ? this.headOfToken[token] : none;
		if (head === none) {
			throw new RangeError(`push of buffer ${token}, which the device has not popped`);
		}

		this.headOfToken[token] = none;
		return head;
	}

	/** The part of `enableCallbackPrepare` that depends on the layout. */
	protected abstract rearm(): number;

	/** The part of `enableCallbackDelayed` that depends on the layout. */
	protected abstract rearmDelayed(): boolean;

	/**
	Driver: puts a buffer's descriptors in front of the free list, in the
	order in which they were taken.
	*/
	protected abstract detach(head: number): void;

	/** Brings the shared words and both sides' indices to their first values. */
	protected abstract initialize(): void;

	private growTokens(token: number): void {
		if (token >= tokenLimit) {
			throw new RangeError(`token ${token} is not below ${tokenLimit}`);
		}

		let length = this.headOfToken.length * 2;
		while (length <= token) {
			length *= 2;
		}

		const grown = new Uint16Array(length).fill(none);
		grown.set(this.headOfToken);
		this.headOfToken = grown;
	}
}
