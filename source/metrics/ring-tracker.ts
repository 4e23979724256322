import {holdDoubles} from '../engine/double-fields.js';
import {queueCounter} from './counters.js';

type RingExtremes = {minFree: number; maxFree: number; maxInFlight: number};

/** Follows num_free and the commands in flight of one ring: integrals over time, extremes. */
export class RingTracker {
	numFree: number;
	inFlight = 0;
	/** Extremes of the open window, and of all since the last restart. */
	readonly window: RingExtremes;
	readonly since: RingExtremes;
	private readonly counters: Float64Array;
	private readonly base: number;
	private settled = 0;

	constructor(counters: Float64Array, base: number, size: number) {
		this.counters = counters;
		this.base = base;
		this.numFree = size;
		this.window = {minFree: size, maxFree: size, maxInFlight: 0};
		this.since = {...this.window};
		holdDoubles(this, 'settled');
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
		extend(this.window, numFree, this.inFlight);
		extend(this.since, numFree, this.inFlight);
	}

	/** A window ends: its extremes start anew. */
	nextWindow(): void {
		this.set(this.window);
	}

	/** All extremes start anew but those of the window under way. */
	restart(): void {
		this.set(this.since);
	}

	private set(extremes: RingExtremes): void {
		extremes.minFree = this.numFree;
		extremes.maxFree = this.numFree;
		extremes.maxInFlight = this.inFlight;
	}
}

function extend(extremes: RingExtremes, numFree: number, inFlight: number): void {
	extremes.minFree = numFree < extremes.minFree ? numFree : extremes.minFree;
	extremes.maxFree = numFree > extremes.maxFree ? numFree : extremes.maxFree;
	extremes.maxInFlight = inFlight > extremes.maxInFlight ? inFlight : extremes.maxInFlight;
}
