import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {lockRole} from '../tracepoints/tracepoints.js';
import {LockHolders} from '../tracking/lock-holders.js';
import {type Sizes} from '../tracking/sizes.js';
import {type LockFacts} from './facts.js';

/** Counts in a simulation how long threads wait for the lock of one queue, and for whom. */
export class LockWatch implements Instrument {
	readonly observers: readonly Observer[];
	private worker = 0;
	private submitter = 0;
	private waits = 0;
	private onNotify = 0;
	private start = 0;

	constructor(watched: number, sizes: Sizes) {
		const locks = new LockHolders(sizes);
		this.observers = [
			...locks.observers,
			{
				lockContended: (_time, _thread, queue) => {
					if (queue === watched) {
						this.waits++;
						this.onNotify += locks.ringing[queue] < 0 ? 0 : 1;
					}
				},
				lockAcquired: (time, thread, queue, role) => {
					const since = locks.contendedAt[thread];
					if (queue === watched && since >= 0) {
						const waited = time - Math.max(since, this.start);
						this.worker += role === lockRole.worker ? waited : 0;
						this.submitter += role === lockRole.worker ? 0 : waited;
					}
				},
			},
		];
	}

	/** What was counted so far was the warm-up. */
	restart(time: number): void {
		this.worker = 0;
		this.submitter = 0;
		this.waits = 0;
		this.onNotify = 0;
		this.start = time;
	}

	/** The figures of `span` ns. */
	facts(span: number): LockFacts {
		const second = Math.max(1, span) / 1e9;
		return {
			worker: this.worker / 1e6 / second,
			submitter: this.submitter / 1e6 / second,
			waits: this.waits / second,
			onNotify: this.onNotify / second,
		};
	}
}
