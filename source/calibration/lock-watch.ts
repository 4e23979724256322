import {lockRole, tracepoint} from '../tracepoints/tracepoints.js';
import {type LockFacts} from './facts.js';

/** Counts in a simulation how long threads wait for the lock of one queue, and for whom. */
export class LockWatch {
	private readonly queue: number;
	private readonly waiting = new Map<number, {readonly since: number; readonly isWorker: boolean}>();
	private holder = -1;
	/** Who writes a doorbell with the lock held, or -1. */
	private ringing = -1;
	private worker = 0;
	private submitter = 0;
	private waits = 0;
	private onNotify = 0;
	private start = 0;

	constructor(queue: number) {
		this.queue = queue;
	}

	/** What was counted so far was the warm-up. */
	restart(time: number): void {
		this.worker = 0;
		this.submitter = 0;
		this.waits = 0;
		this.onNotify = 0;
		this.start = time;
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		if (subject !== this.queue) {
			return;
		}

		switch (point) {
			case tracepoint.lockContended: {
				this.waiting.set(actor, {since: time, isWorker: value === lockRole.worker});
				this.waits++;
				this.onNotify += this.ringing === -1 ? 0 : 1;
				break;
			}

			case tracepoint.lockAcquired: {
				const wait = this.waiting.get(actor);
				this.holder = actor;
				if (wait !== undefined) {
					this.waiting.delete(actor);
					const waited = time - Math.max(wait.since, this.start);
					this.worker += wait.isWorker ? waited : 0;
					this.submitter += wait.isWorker ? 0 : waited;
				}

				break;
			}

			case tracepoint.lockReleased: {
				this.holder = -1;
				break;
			}

			case tracepoint.doorbellStarted: {
				this.ringing = this.holder === actor ? actor : -1;
				break;
			}

			case tracepoint.doorbellReturned: {
				this.ringing = -1;
				break;
			}

			default:
		}
	}

	/** The figures of `span` ns. */
	facts(span: number): LockFacts {
		const second = Math.max(1, span) / 1e9;
		return {
			worker: this.worker / 1e6 / second, submitter: this.submitter / 1e6 / second, waits: this.waits / second, onNotify: this.onNotify / second,
		};
	}
}
