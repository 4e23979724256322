import {commands} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {lockRole} from '../tracepoints/tracepoints.js';
import {LockHolders} from '../tracking/lock-holders.js';
import {sizesOf} from '../tracking/sizes.js';
import {type RecordingMeter} from './recording-meter.js';

/**
Feeds a simulation to a meter as if its guest were recorded, so that both are measured by the
same rules. Attach it at time 0; it feeds what happens from `from` (ns) on.
*/
export class SimulationFeed implements Instrument {
	readonly observers: readonly Observer[];

	/** `offset` (ns) is added to all times. */
	constructor(simulation: Simulation, meter: RecordingMeter, from: number, offset = 0) {
		const {
			pool,
			guest: {
				core: {queues},
			},
		} = simulation.state;
		const locks = new LockHolders(sizesOf(simulation));
		const fed =
			(feed: (time: number, actor: number, subject: number, value: number) => void) =>
			(at: number, actor: number, subject: number, value: number): void => {
				if (at >= from) {
					feed(at + offset, actor, subject, value);
				}
			};

		this.observers = [
			...locks.observers,
			{
				published: fed((time, _thread, command, numFree) => {
					meter.published(
						time,
						pool.queue[command],
						String(command),
						commands[pool.type[command]].code,
						numFree,
					);
				}),
				responded: fed((time, worker, command) => {
					const queue = pool.queue[command];
					meter.responded(time, queue, String(command), queues[queue].ring.numFree, String(worker), false);
				}),
				doorbellStarted: fed((time, _thread, queue) => {
					meter.kick(time, queue);
				}),
				irqEntered: fed((time, _vcpu, queue) => {
					meter.irq(time, queue);
				}),
				workQueued: fed((time, _vcpu, queue, pending) => {
					if (pending === 0) {
						meter.workQueued(time, queue);
					}
				}),
				workStarted: fed((time, worker, queue) => {
					meter.workStarted(time, queue, String(worker));
				}),
				workEnded: fed((time, worker) => {
					meter.workEnded(time, String(worker));
				}),
				lockContended: fed((time, thread, queue, role) => {
					meter.waitBegun(time, String(thread), role === lockRole.worker, locks.ringing[queue] >= 0);
				}),
				lockAcquired: fed((time, thread) => {
					meter.waitEnded(time, String(thread));
				}),
			},
		];
	}
}
