import {queueCounter} from './counters.js';

/** Follows num_free and the commands in flight of one ring: integrals over time, extremes. */
export class RingTracker {
	numFree: number;
	inFlight = 0;
	minFree: number;
	maxFree: number;
	maxInFlight = 0;
	private readonly counters: Float64Array;
	private readonly base: number;
	private settled = 0;

	constructor(counters: Float64Array, base: number, size: number) {
		this.counters = counters;
		this.base = base;
		this.numFree = size;
		this.minFree = size;
		this.maxFree = size;
	}

	settle(time: number): void {
		const passed = time - this.settled;
		if (passed > 0) {
			this.settled = time;
			this.counters[this.base + queueCounter.freeIntegral] += passed * this.numFree;
			this.counters[this.base + queueCounter.inFlightIntegral] += passed * this.inFlight;
		}
	}

	/** The ring holds `change` more commands and has `numFree` free slots from now on. */
	change(time: number, numFree: number, change: number): void {
		this.settle(time);
		this.numFree = numFree;
		this.inFlight += change;
		this.minFree = numFree < this.minFree ? numFree : this.minFree;
		this.maxFree = numFree > this.maxFree ? numFree : this.maxFree;
		this.maxInFlight = this.inFlight > this.maxInFlight ? this.inFlight : this.maxInFlight;
	}

	/** Extremes start anew. */
	restart(): void {
		this.minFree = this.numFree;
		this.maxFree = this.numFree;
		this.maxInFlight = this.inFlight;
	}
}
