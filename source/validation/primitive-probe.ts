import {Histogram} from '../engine/histogram.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {lockRole} from '../tracepoints/tracepoints.js';
import {OpenSlices} from '../tracking/open-slices.js';
import {sizesOf} from '../tracking/sizes.js';

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
export class PrimitiveProbe implements Instrument {
	readonly observers: readonly Observer[];
	private readonly histograms: ReadonlyMap<Primitive, Histogram> = new Map(
		primitives.map(name => [name, new Histogram()]),
	);

	/** What happens before `from` (ns) is not seen. */
	constructor(simulation: Simulation, from = 0) {
		const slices = new OpenSlices(sizesOf(simulation));
		slices.listen(({slice, start, subject, value}, end) => {
			if (start < from) {
				return;
			}

			if (slice === 'doorbell' && subject === 0) {
				this.add('doorbell', end - start);
			} else if (slice === 'spin' && subject === 0 && value === lockRole.worker) {
				this.add('wrk_wait', end - start);
			} else if (slice === 'roomWait') {
				this.add('ackwait', end - start);
			}
		});
		this.observers = [...slices.observers, this.work(from)];
	}

	/** The quantile `q` (0 to 1), times in us; null when nothing was seen. */
	quantile(name: Primitive, q: number): number | null {
		const value = this.histograms.get(name)?.quantile(q) ?? null;
		return value === null || name === 'wrk_batch' ? value : value / 1000;
	}

	private work(from: number): Observer {
		let queuedAt = -1;
		return {
			workQueued(time, _vcpu, queue, pending) {
				if (queue === 0 && pending === 0 && time >= from) {
					queuedAt = time;
				}
			},
			workStarted: (time, _thread, queue) => {
				if (queue === 0 && queuedAt >= 0) {
					this.add('irq2wrk', time - queuedAt);
					queuedAt = -1;
				}
			},
			workDrained: (time, _thread, queue, buffers) => {
				if (queue === 0 && time >= from) {
					this.add('wrk_batch', buffers);
				}
			},
		};
	}

	private add(name: Primitive, value: number): void {
		this.histograms.get(name)?.add(value);
	}
}
