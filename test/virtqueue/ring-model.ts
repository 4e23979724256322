import assert from 'node:assert/strict';
import {ENOSPC, type Virtqueue} from '../../source/virtqueue/virtqueue.js';
import {type VirtqueueOptions} from '../../source/virtqueue/virtqueue-options.js';

type Buffer = {
	readonly ids: readonly number[];
	readonly out: number;
	readonly into: number;
	length: number;
};

/**
What a ring has to contain, kept the slow and plain way: queues of tokens, a list of free ids,
indices that do not wrap. `check` compares the whole ring with it.
*/
export class RingModel {
	/** Ids in the order in which the ring will take them. */
	free: number[];
	readonly buffers = new Map<number, Buffer>();
	available: number[] = [];
	popped: number[] = [];
	staged: number[] = [];
	published: number[] = [];

	/** Entries (packed: descriptors) that ever passed each index since the last reset. */
	availTotal = 0;
	popTotal = 0;
	usedTotal = 0;
	takenTotal = 0;

	private nextToken = 0;
	private readonly seen: Int32Array;
	private pass = 0;

	constructor(
		private readonly ring: Virtqueue,
		private readonly options: VirtqueueOptions,
	) {
		this.free = Array.from({length: options.size}, (_, id) => id);
		this.seen = new Int32Array(options.size);
	}

	add(out: number, into: number, noMemory: boolean): void {
		const {ring, options, free} = this;
		const total = out + into;
		const indirect = options.indirect && total > 1 && free.length > 0 && !noMemory;
		const slots = indirect ? 1 : total;
		const token = this.nextToken;
		const unkicked = ring.numAdded;
		const ret = ring.add(out, into, token, noMemory);
		if (slots > free.length) {
			assert.equal(ret, ENOSPC, 'a buffer that does not fit is refused');
			assert.equal(
				ring.doorbellForced,
				options.layout === 'split' && out > 0,
				'a refusal rings for readable segments',
			);
			return;
		}

		assert.equal(ret, 0, 'a buffer that fits is taken');
		assert.equal(ring.addedHead, free[0], 'the head is the front of the free list');
		assert.equal(ring.addedSlots, slots);
		assert.equal(ring.addedIndirect, indirect);
		if (unkicked < 65_534) {
			assert.equal(ring.doorbellForced, false, 'no doorbell without need');
		}

		this.buffers.set(token, {
			ids: free.slice(0, slots),
			out,
			into,
			length: 0,
		});
		this.free = free.slice(slots);
		this.available.push(token);
		this.availTotal += this.stepOf(token);
		this.nextToken += 1;
	}

	pop(): void {
		const {ring} = this;
		const token = this.available.shift();
		assert.equal(ring.pop(), token ?? -1, 'buffers are popped in the order in which they were added');
		if (token === undefined) {
			return;
		}

		const buffer = this.bufferOf(token);
		assert.deepEqual(
			[ring.poppedHead, ring.poppedSlots, ring.poppedReadable, ring.poppedWritable],
			[buffer.ids[0], buffer.ids.length, buffer.out, buffer.into],
		);
		this.popTotal += this.stepOf(token);
		this.popped.push(token);
	}

	push(choice: number, length: number): void {
		if (this.popped.length === 0) {
			return;
		}

		const [token] = this.popped.splice(choice % this.popped.length, 1);
		this.bufferOf(token).length = length;
		this.staged.push(token);
		this.ring.push(token, length);
	}

	publish(count: number): void {
		this.ring.publish(count);
		for (const token of this.staged.splice(0, count)) {
			this.usedTotal += this.stepOf(token);
			this.published.push(token);
		}
	}

	getBuf(): void {
		const token = this.published.shift();
		assert.equal(
			this.ring.getBuf(),
			token ?? -1,
			'completions arrive in the order in which they were pushed, none lost',
		);
		if (token === undefined) {
			return;
		}

		assert.equal(this.ring.lastLength, this.bufferOf(token).length);
		this.takenTotal += this.stepOf(token);
		this.release(token);
	}

	reset(): void {
		const recycled: number[] = [];
		this.ring.reset(token => {
			recycled.push(token);
		});
		const byHead = [...this.buffers.keys()].toSorted((a, b) => this.bufferOf(a).ids[0] - this.bufferOf(b).ids[0]);
		assert.deepEqual(recycled, byHead, 'a reset hands back every buffer, by ascending head');
		for (const token of byHead) {
			this.release(token);
		}

		this.available = [];
		this.popped = [];
		this.staged = [];
		this.published = [];
		this.availTotal = 0;
		this.popTotal = 0;
		this.usedTotal = 0;
		this.takenTotal = 0;
	}

	/**
	Buffers (split) or descriptors (packed) in flight, as `enableCallbackDelayed` counts them.
	*/
	inFlight(): number {
		return this.options.layout === 'split' ? this.buffers.size : this.options.size - this.free.length;
	}

	/** Every invariant of the ring's structure. */
	check(): void {
		const {ring, options} = this;
		assert.equal(ring.numFree, this.free.length, 'descriptors are conserved');
		assert.equal(ring.moreUsed(), this.published.length > 0);
		assert.equal(ring.isEmpty(), this.available.length === 0);
		assert.equal(ring.staged, this.staged.length);
		const lap = options.layout === 'split' ? 65_536 : options.size;
		assert.deepEqual(
			[ring.availIndex, ring.lastAvail, ring.usedIndex, ring.lastUsed],
			[this.availTotal % lap, this.popTotal % lap, this.usedTotal % lap, this.takenTotal % lap],
			'indices count what passed them',
		);
		assert.ok(
			this.takenTotal <= this.usedTotal && this.usedTotal <= this.popTotal && this.popTotal <= this.availTotal,
			'used is never ahead of avail',
		);
		this.checkFreeList();
	}

	/** The list is the model's, in order; it and the chains hold each id once. */
	private checkFreeList(): void {
		const next = Reflect.get(this.ring, 'next') as Uint16Array;
		this.pass += 1;
		let id = this.ring.freeHead;
		for (const expected of this.free) {
			if (id !== expected) {
				assert.fail(`the free list is last in, first out by buffer: ${id} where ${expected} is due`);
			}

			this.see(id);
			id = next[id];
		}

		for (const {ids} of this.buffers.values()) {
			for (const taken of ids) {
				this.see(taken);
			}
		}
	}

	private see(id: number): void {
		if (this.seen[id] === this.pass) {
			assert.fail(`descriptor ${id} is in two places`);
		}

		this.seen[id] = this.pass;
	}

	private release(token: number): void {
		this.free = [...this.bufferOf(token).ids, ...this.free];
		this.buffers.delete(token);
	}

	/**
	Descriptors that the buffer adds to the indices: one entry in a split
	ring, its slots in a packed one.
	*/
	private stepOf(token: number): number {
		return this.options.layout === 'split' ? 1 : this.bufferOf(token).ids.length;
	}

	private bufferOf(token: number): Buffer {
		const buffer = this.buffers.get(token);
		assert.ok(buffer, `token ${token} is outstanding`);
		return buffer;
	}
}
