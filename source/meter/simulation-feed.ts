import {type Observer} from '../engine/probe.js';
import {commands} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {lockRole, tracepoint} from '../tracepoints/tracepoints.js';
import {type RecordingMeter} from './recording-meter.js';

/**
Feeds a simulation to a meter as if its guest were recorded, so that both are measured by the
same rules. Attach it at time 0; it feeds what happens from `from` (ns) on.
*/
export class SimulationFeed implements Observer {
	private readonly meter: RecordingMeter;
	private readonly simulation: Simulation;
	private readonly from: number;
	private readonly offset: number;
	/** By queue: the thread that writes a doorbell with the lock held, or -1. */
	private readonly ringing = [-1, -1];
	private readonly holders = [-1, -1];

	/** `offset` (ns) is added to all times. */
	constructor(simulation: Simulation, meter: RecordingMeter, from: number, offset = 0) {
		this.simulation = simulation;
		this.meter = meter;
		this.from = from;
		this.offset = offset;
	}

	observe(point: number, at: number, actor: number, subject: number, value: number): void {
		this.follow(point, actor, subject);
		if (at < this.from) {
			return;
		}

		const time = at + this.offset;

		const {meter} = this;
		const {pool, guest} = this.simulation.state;
		switch (point) {
			case tracepoint.published: {
				meter.published(time, pool.queue[subject], String(subject), commands[pool.type[subject]].code, value);
				break;
			}

			case tracepoint.responded: {
				const queue = pool.queue[subject];
				meter.responded(time, queue, String(subject), guest.core.queues[queue].ring.numFree, String(actor), false);
				break;
			}

			case tracepoint.doorbellStarted: {
				meter.kick(time, subject);
				break;
			}

			case tracepoint.irqEntered: {
				meter.irq(time, subject);
				break;
			}

			case tracepoint.workQueued: {
				if (value === 0) {
					meter.workQueued(time, subject);
				}

				break;
			}

			case tracepoint.workStarted: {
				meter.workStarted(time, subject, String(actor));
				break;
			}

			case tracepoint.workEnded: {
				meter.workEnded(time, String(actor));
				break;
			}

			case tracepoint.lockContended: {
				meter.waitBegun(time, String(actor), value === lockRole.worker, this.ringing[subject] !== -1);
				break;
			}

			case tracepoint.lockAcquired: {
				meter.waitEnded(time, String(actor));
				break;
			}

			default:
		}
	}

	/** Who holds the locks, from the start on. */
	private follow(point: number, actor: number, queue: number): void {
		switch (point) {
			case tracepoint.lockAcquired: {
				this.holders[queue] = actor;
				break;
			}

			case tracepoint.lockReleased: {
				this.holders[queue] = -1;
				break;
			}

			case tracepoint.doorbellStarted: {
				this.ringing[queue] = this.holders[queue] === actor ? actor : -1;
				break;
			}

			case tracepoint.doorbellReturned: {
				this.ringing[queue] = -1;
				break;
			}

			default:
		}
	}
}
