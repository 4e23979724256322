import {type Instrument, type Observer} from '../tracepoints/observer.js';

/**
Who holds the BQL, and who waits for it since when, by number of the host thread. Attach it at
time 0, in front of whoever asks.
*/
export class BqlHolders implements Instrument {
	readonly observers: readonly Observer[];
	/** The thread that holds it, or -1. */
	holder = -1;
	/** By thread: since when it waits, ns; -1: it does not. */
	readonly waitingSince: Float64Array;

	constructor(threads: number) {
		this.waitingSince = new Float64Array(threads).fill(-1);
		const {waitingSince} = this;
		this.observers = [
			{
				bqlContended(time, thread) {
					waitingSince[thread] = time;
				},
				bqlAcquired: (_time, thread) => {
					this.holder = thread;
					waitingSince[thread] = -1;
				},
				bqlReleased: () => {
					this.holder = -1;
				},
			},
		];
	}
}
