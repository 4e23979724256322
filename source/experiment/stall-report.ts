import {threadState} from '../cpu/thread.js';
import {type Observer} from '../engine/probe.js';
import {serverNames} from '../host/backend.js';
import {type Simulation} from '../simulation/simulation.js';
import {tracepoint} from '../tracepoints/tracepoints.js';

/** A stall in words and numbers (contract section 6). Times in seconds. */
export type StallReport = {
	readonly at: number;
	readonly kind: string;
	readonly asleep: readonly string[];
	readonly ring: {
		readonly availIndex: number;
		readonly usedIndex: number;
		readonly availEvent: number;
		readonly usedEvent: number;
		readonly unpopped: number;
		readonly unreaped: number;
	};
	readonly lastKick: number | null;
	readonly lastIrq: number | null;
	readonly waits: ReadonlyArray<{readonly who: string; readonly on: string; readonly holder: string | null}>;
	readonly text: string;
};

/** Remembers when each queue last saw a doorbell, an interrupt and any progress. Times in ns, -1: never. */
export class StallWatch implements Observer {
	readonly lastKick = [-1, -1];
	readonly lastIrq = [-1, -1];
	/** When something last happened to the queue's commands. */
	readonly lastProgress = [0, 0];

	constructor(simulation: Simulation) {
		simulation.observe(this);
	}

	observe(point: number, time: number, _actor: number, subject: number): void {
		switch (point) {
			case tracepoint.doorbellStarted: {
				this.lastKick[subject] = time;
				break;
			}

			case tracepoint.irqEntered: {
				this.lastIrq[subject] = time;
				break;
			}

			case tracepoint.roomWait:
			case tracepoint.workEnded:
			case tracepoint.passStarted: {
				this.lastProgress[subject] = time;
				break;
			}

			default: {
				break;
			}
		}
	}
}

/** The stall that the simulation stands in, or null. */
export function stallReport(simulation: Simulation, watch: StallWatch): StallReport | null {
	const stall = simulation.stall();
	if (stall === null) {
		return null;
	}

	const {queue} = stall;
	const {guest} = simulation.state;
	const {ring} = guest.core.queues[queue];
	const name = queue === 0 ? 'control' : 'cursor';
	const waits = guest.submitters.flatMap((submitter, id) => {
		if (submitter.queue !== queue || guest.core.cpus.threads[id].state !== threadState.sleeping) {
			return [];
		}

		const client = simulation.configuration.clients[submitter.client];
		const on = submitter.waitingFor === 0 ? 'ack_queue (ring full)' : (submitter.waitingFor === 1 ? 'response' : 'dma_fence');
		return [{who: `${client.name} (thread ${id})`, on, holder: null}];
	});
	const at = Math.max(watch.lastKick[queue], watch.lastIrq[queue], watch.lastProgress[queue]) / 1e9;
	const seconds = (time: number): number | null => time < 0 ? null : time / 1e9;
	const held = ring.size - ring.numFree;
	const cause = stall.kind === 'lost-kick'
		? 'the host was not told of the visible ones'
		: 'the guest was not told of the used ones';
	return {
		at,
		kind: stall.kind,
		asleep: [serverNames[simulation.state.hostSettings.backend], ...waits.map(({who}) => who), ...simulation.state.guest.core.queues[queue].workOn < 0 ? ['dequeue worker'] : []],
		ring: {
			availIndex: ring.availIndex,
			usedIndex: ring.usedIndex,
			availEvent: ring.availEvent,
			usedEvent: ring.usedEvent,
			unpopped: stall.unpopped,
			unreaped: stall.unreaped,
		},
		lastKick: seconds(watch.lastKick[queue]),
		lastIrq: seconds(watch.lastIrq[queue]),
		waits,
		text: `${held} slots of the ${name} queue are taken and host and guest both sleep since ${at.toFixed(6)} s; ${cause}`,
	};
}
