/**
The pending events of a run: at most one per timer, ordered by (time, order of arming),
so that events of the same time fire first in, first out.

A timer belongs to one actor and one kind of event (the end of a CPU's segment, a fence
poll). The structure is a 4-ary heap over the timers, as structure of arrays, with the
position of each timer kept, so that a timer can be moved or cancelled in O(log n).
The timer that fired last stays at the root until it is armed again or the next one is
taken: the usual actor that re-arms itself costs one sift instead of two.
Nothing is allocated after the timers have been made.
*/
export class EventQueue {
	private heap = new Int32Array(16);
	private position = new Int32Array(16);
	private time = new Float64Array(16);
	private order = new Float64Array(16);
	private argument = new Int32Array(16);
	private kind = new Int32Array(16);
	private actor = new Int32Array(16);
	private timers = 0;
	private size = 0;
	private armed = 0;
	/** The timer that fired and still holds the root, or -1. */
	private fired = -1;

	/** Makes a timer for this kind of event and actor; returns its number. */
	addTimer(kind: number, actor: number): number {
		if (this.timers === this.heap.length) {
			this.grow();
		}

		const timer = this.timers++;
		this.kind[timer] = kind;
		this.actor[timer] = actor;
		this.position[timer] = -1;
		return timer;
	}

	/**
	Arms the timer for `time` (ns); one that is armed already is moved,
	behind all others of that time.
	*/
	arm(timer: number, time: number, argument = 0): void {
		this.argument[timer] = argument;
		this.order[timer] = this.armed++;
		const at = this.position[timer];
		if (timer === this.fired) {
			this.fired = -1;
			this.time[timer] = time;
			this.siftDown(at);
			return;
		}

		if (at < 0) {
			this.time[timer] = time;
			this.siftUp(this.size++, timer);
			return;
		}

		const earlier = time < this.time[timer];
		this.time[timer] = time;
		if (earlier) {
			this.siftUp(at, timer);
		} else {
			this.siftDown(at);
		}
	}

	/** Forgets the timer's event; does nothing if it has none. */
	cancel(timer: number): void {
		if (timer !== this.fired && this.position[timer] >= 0) {
			this.remove(timer);
		}
	}

	isArmed(timer: number): boolean {
		return timer !== this.fired && this.position[timer] >= 0;
	}

	/** When an armed timer fires, ns; Infinity when it is not armed. */
	timeOf(timer: number): number {
		return this.isArmed(timer) ? this.time[timer] : Infinity;
	}

	/** Time of the next event in ns, Infinity when there is none. */
	nextTime(): number {
		const timer = this.first();
		return timer < 0 ? Infinity : this.time[timer];
	}

	/** The timer of the next event, or -1. What fired before gives up its place. */
	first(): number {
		if (this.fired >= 0) {
			const timer = this.fired;
			this.fired = -1;
			this.remove(timer);
		}

		return this.size === 0 ? -1 : this.heap[0];
	}

	/** Takes the event of the timer that `first` has returned. */
	fire(timer: number): void {
		this.fired = timer;
	}

	/**
	Takes the next event; the queue must not be empty (`nextTime` is finite). Returns its timer.
	*/
	take(): number {
		const timer = this.first();
		this.fire(timer);
		return timer;
	}

	/**
	The timers that are due at the time of the next event, in the order of
	arming; there must be one (`first`).
	*/
	ties(): number[] {
		const {order} = this;
		const time = this.time[this.heap[0]];
		return Array.from(this.heap.subarray(0, this.size))
			.filter(timer => this.time[timer] === time)
			.toSorted((a, b) => order[a] - order[b]);
	}

	/** The timer, one of `ties`, comes first. */
	prefer(timer: number): void {
		if (timer !== this.heap[0]) {
			this.order[timer] = this.order[this.heap[0]] - 1;
			this.siftUp(this.position[timer], timer);
		}
	}

	/**
	What is to come, whatever was: timers in the order in which they fire,
	each with its time and argument.
	*/
	get essence(): readonly number[] {
		const {time, order, argument} = this;
		return Array.from(this.heap.subarray(0, this.size))
			.filter(timer => timer !== this.fired)
			.toSorted((a, b) => time[a] - time[b] || order[a] - order[b])
			.flatMap(timer => [timer, time[timer], argument[timer]]);
	}

	/** When a timer that is known to be armed fires, ns. */
	dueOf(timer: number): number {
		return this.time[timer];
	}

	kindOf(timer: number): number {
		return this.kind[timer];
	}

	actorOf(timer: number): number {
		return this.actor[timer];
	}

	argumentOf(timer: number): number {
		return this.argument[timer];
	}

	private remove(timer: number): void {
		const at = this.position[timer];
		this.position[timer] = -1;
		const last = this.heap[--this.size];
		if (last === timer) {
			return;
		}

		this.heap[at] = last;
		this.position[last] = at;
		if (at > 0 && this.before(last, this.heap[(at - 1) >> 2])) {
			this.siftUp(at, last);
		} else {
			this.siftDown(at);
		}
	}

	private before(a: number, b: number): boolean {
		const ta = this.time[a];
		const tb = this.time[b];
		return ta < tb || (ta === tb && this.order[a] < this.order[b]);
	}

	private siftUp(from: number, timer: number): void {
		const {heap, position} = this;
		let at = from;
		while (at > 0) {
			const up = (at - 1) >> 2;
			const parent = heap[up];
			// The fired timer holds the root whatever its old key says.
			if (parent === this.fired || !this.before(timer, parent)) {
				break;
			}

			heap[at] = parent;
			position[parent] = at;
			at = up;
		}

		heap[at] = timer;
		position[timer] = at;
	}

	private siftDown(from: number): void {
		const {heap, position, time, order, size} = this;
		const timer = heap[from];
		const timerTime = time[timer];
		const timerOrder = order[timer];
		let at = from;
		for (;;) {
			const first = 4 * at + 1;
			if (first >= size) {
				break;
			}

			let best = heap[first];
			let bestAt = first;
			let bestTime = time[best];
			const end = first + 4 < size ? first + 4 : size;
			for (let i = first + 1; i < end; i++) {
				const candidate = heap[i];
				const candidateTime = time[candidate];
				if (candidateTime < bestTime || (candidateTime === bestTime && order[candidate] < order[best])) {
					best = candidate;
					bestAt = i;
					bestTime = candidateTime;
				}
			}

			if (bestTime > timerTime || (bestTime === timerTime && order[best] > timerOrder)) {
				break;
			}

			heap[at] = best;
			position[best] = at;
			at = bestAt;
		}

		heap[at] = timer;
		position[timer] = at;
	}

	private grow(): void {
		const length = this.heap.length * 2;
		const widen = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
			const wide = new Int32Array(length);
			wide.set(old);
			return wide;
		};

		this.heap = widen(this.heap);
		this.position = widen(this.position);
		this.argument = widen(this.argument);
		this.kind = widen(this.kind);
		this.actor = widen(this.actor);
		const time = new Float64Array(length);
		time.set(this.time);
		this.time = time;
		const order = new Float64Array(length);
		order.set(this.order);
		this.order = order;
	}
}
