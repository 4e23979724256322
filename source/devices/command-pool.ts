import {type QueueId} from './profile.js';

/**
The commands that exist now: made by a client, in the ring, or waiting for their response.
A structure of arrays with a free list; a command is its index, which is also its token in
the ring. Ranks are uniform numbers drawn when the command is made; whoever needs a time
of this command later looks up its distribution at that rank.
*/
export class CommandPool {
	type = new Uint8Array(0);
	/** `QueueId`; `queueOf` gives it back as one. */
	queue = new Uint8Array(0);
	/** Guest thread that submits it. */
	thread = new Int32Array(0);
	/** GPU context that it works for: the number of its client. */
	context = new Int32Array(0);
	fenced = new Uint8Array(0);
	/** Device-readable segments. */
	out = new Int32Array(0);
	/** Buffer objects that get its fence. */
	objects = new Int32Array(0);
	/** KiB that the host copies for it. */
	kib = new Float64Array(0);
	serviceRank = new Float64Array(0);
	gpuRank = new Float64Array(0);
	/** Times that its step sets itself, ns; -1: the device's own hold. */
	ownService = new Float64Array(0);
	ownGpuTime = new Float64Array(0);
	responseRank = new Float64Array(0);
	/** Client number plus one when it is the last command of a paced frame, else 0. */
	frame = new Int32Array(0);
	/** The frame's vblank, ns. */
	frameDue = new Float64Array(0);
	/** When the host's GPU is done with it, ns. */
	gpuDone = new Float64Array(0);
	/** Next in a list that the command is in, or -1. */
	next = new Int32Array(0);
	live = 0;
	/** Commands that have had their response or were given up. */
	released = 0;
	private free = -1;

	constructor(capacity: number) {
		this.widen(capacity);
	}

	get capacity(): number {
		return this.type.length;
	}

	queueOf(command: number): QueueId {
		return this.queue[command] as QueueId;
	}

	allocate(): number {
		if (this.free < 0) {
			this.widen(this.capacity * 2);
		}

		const command = this.free;
		this.free = this.next[command];
		this.next[command] = -1;
		this.live++;
		return command;
	}

	release(command: number): void {
		this.next[command] = this.free;
		this.free = command;
		this.live--;
		this.released++;
	}

	private widen(capacity: number): void {
		const before = this.capacity;
		const bytes = (old: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
			const wide = new Uint8Array(capacity);
			wide.set(old);
			return wide;
		};

		const integers = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
			const wide = new Int32Array(capacity);
			wide.set(old);
			return wide;
		};

		const numbers = (old: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
			const wide = new Float64Array(capacity);
			wide.set(old);
			return wide;
		};

		this.type = bytes(this.type);
		this.queue = bytes(this.queue);
		this.fenced = bytes(this.fenced);
		this.thread = integers(this.thread);
		this.out = integers(this.out);
		this.context = integers(this.context);
		this.objects = integers(this.objects);
		this.frame = integers(this.frame);
		this.next = integers(this.next);
		this.kib = numbers(this.kib);
		this.serviceRank = numbers(this.serviceRank);
		this.gpuRank = numbers(this.gpuRank);
		this.ownService = numbers(this.ownService);
		this.ownGpuTime = numbers(this.ownGpuTime);
		this.responseRank = numbers(this.responseRank);
		this.frameDue = numbers(this.frameDue);
		this.gpuDone = numbers(this.gpuDone);
		for (let i = capacity - 1; i >= before; i--) {
			this.next[i] = this.free;
			this.free = i;
		}
	}
}
