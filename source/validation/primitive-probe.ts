import {Histogram} from '../engine/histogram.js';
import {type Observer} from '../engine/probe.js';
import {lockRole, tracepoint} from '../tracepoints/tracepoints.js';

/** What an instrumented driver samples, of which a run is asked for quantiles. */
export const primitives = ['doorbell', 'wrk_wait', 'irq2wrk', 'wrk_batch', 'ackwait'] as const;

export type Primitive = (typeof primitives)[number];

/** What the times are called. */
export const primitiveWords: Readonly<Record<Primitive, string>> = {
	doorbell: 'doorbell',
	wrk_wait: 'lock wait of the worker',
	irq2wrk: 'interrupt to worker',
	wrk_batch: 'buffers a run of the worker',
	ackwait: 'sleep on a full ring',
};

/**
Watches a run of the control queue as an instrumented driver does: how long
virtqueue_notify takes, how long the worker waits for a lock that its first try did not
get, the time from the interrupt's callback to the worker at the lock, buffers a run of
the worker, and sleeps on a full ring. Times in ns; what happens before `from` is not seen.
*/
export class PrimitiveProbe implements Observer {
	private readonly from: number;
	private readonly histograms: ReadonlyMap<Primitive, Histogram> = new Map(primitives.map(name => [name, new Histogram()]));
	private readonly rangAt = new Map<number, number>();
	private readonly waitsSince = new Map<number, number>();
	private readonly sleepsSince = new Map<number, number>();
	private queuedAt = -1;

	constructor(from = 0) {
		this.from = from;
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		if (time < this.from) {
			return;
		}

		switch (point) {
			case tracepoint.doorbellStarted: {
				if (subject === 0) {
					this.rangAt.set(actor, time);
				}

				break;
			}

			case tracepoint.doorbellReturned: {
				this.close('doorbell', this.rangAt, actor, time);
				break;
			}

			case tracepoint.lockContended: {
				if (subject === 0 && value === lockRole.worker) {
					this.waitsSince.set(actor, time);
				}

				break;
			}

			case tracepoint.lockAcquired: {
				this.close('wrk_wait', this.waitsSince, actor, time);
				break;
			}

			case tracepoint.roomWait: {
				this.sleepsSince.set(actor, time);
				break;
			}

			case tracepoint.lockCalled: {
				this.close('ackwait', this.sleepsSince, actor, time);
				break;
			}

			default: {
				this.observeWork(point, time, subject, value);
			}
		}
	}

	/** The quantile `q` (0 to 1), times in us; null when nothing was seen. */
	quantile(name: Primitive, q: number): number | null {
		const value = this.histograms.get(name)?.quantile(q) ?? null;
		return value === null || name === 'wrk_batch' ? value : value / 1000;
	}

	private observeWork(point: number, time: number, subject: number, value: number): void {
		if (subject !== 0) {
			return;
		}

		if (point === tracepoint.workQueued && value === 0) {
			this.queuedAt = time;
		} else if (point === tracepoint.workStarted && this.queuedAt >= 0) {
			this.histograms.get('irq2wrk')?.add(time - this.queuedAt);
			this.queuedAt = -1;
		} else if (point === tracepoint.workDrained) {
			this.histograms.get('wrk_batch')?.add(value);
		}
	}

	private close(name: Primitive, starts: Map<number, number>, actor: number, time: number): void {
		const start = starts.get(actor);
		if (start !== undefined) {
			this.histograms.get(name)?.add(time - start);
			starts.delete(actor);
		}
	}
}
