import {threadState} from '../cpu/thread.js';
import {backendOf} from '../host/backends/backends.js';
import {commands} from '../devices/gpu/commands.js';
import {type Stall, type StallKind} from '../simulation/stall.js';
import {type Simulation} from '../simulation/simulation.js';
import {stallCauses} from './stall-words.js';

/** A stall in words and numbers (docs/contract.md, section 6). Times in seconds. */
export type StallReport = {
	readonly at: number;
	readonly kind: StallKind;
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

/**
Remembers when each queue last saw a doorbell, an interrupt and any
progress. Times in ns, -1: never.
*/
export class StallWatch {
	readonly lastKick = [-1, -1];
	readonly lastIrq = [-1, -1];
	/** When something last happened to the queue's commands. */
	readonly lastProgress = [0, 0];

	constructor(simulation: Simulation) {
		const {lastKick, lastIrq, lastProgress} = this;
		const progress = (time: number, _actor: number, queue: number): void => {
			lastProgress[queue] = time;
		};

		simulation.observe({
			doorbellStarted(time, _thread, queue) {
				lastKick[queue] = time;
			},
			irqEntered(time, _vcpu, queue) {
				lastIrq[queue] = time;
			},
			roomWait: progress,
			workEnded: progress,
			passStarted: progress,
		});
	}
}

/** The stall that the simulation stands in, or null. */
export function stallReport(simulation: Simulation, watch: StallWatch): StallReport | null {
	const stall = simulation.stall();
	if (stall === null) {
		return null;
	}

	if (stall.kind === 'livelock') {
		return livelockReport(simulation, stall, watch);
	}

	if (stall.chain > 0) {
		return brokenReport(simulation, stall, watch);
	}

	return stall.thread >= 0 ? roomReport(simulation, stall, watch) : sleepReport(simulation, stall, watch);
}

/** Somebody runs and nothing ends: who runs, and who would go on. */
function livelockReport(simulation: Simulation, stall: Stall, watch: StallWatch): StallReport {
	const {guest} = simulation.state;
	const at = lastEvent(stall.queue, watch);
	const waits = guest.submitters.flatMap((submitter, id) => {
		const {state, spinning} = guest.core.cpus.threads[id];
		const on = spinning ? "the queue's lock" : state === threadState.sleeping ? 'a wake-up' : 'a CPU';
		return [{who: `${simulation.configuration.clients[submitter.client].name} (thread ${id})`, on, holder: null}];
	});
	return {
		at,
		kind: stall.kind,
		asleep: [],
		...ringState(simulation, stall, watch),
		waits,
		text:
			`${simulation.unfinished} commands and none has ended for 100 ms, though threads run, since ` +
			`${at.toFixed(6)} s; ${stallCauses.livelock}`,
	};
}

/** When something last happened to the queue, s. */
function lastEvent(queue: number, watch: StallWatch): number {
	return Math.max(watch.lastKick[queue], watch.lastIrq[queue], watch.lastProgress[queue]) / 1e9;
}

/** Everybody sleeps: who waits for what. */
function sleepReport(simulation: Simulation, stall: Stall, watch: StallWatch): StallReport {
	const {queue} = stall;
	const {guest} = simulation.state;
	const name = queue === 0 ? 'control' : 'cursor';
	const waits = guest.submitters.flatMap((submitter, id) => {
		if ((submitter.uses & (1 << queue)) === 0 || guest.core.cpus.threads[id].state !== threadState.sleeping) {
			return [];
		}

		const client = simulation.configuration.clients[submitter.client];
		const on =
			submitter.waitingFor === 0
				? 'ack_queue (ring full)'
				: submitter.waitingFor === 1
					? 'response'
					: 'dma_fence';
		return [{who: `${client.name} (thread ${id})`, on, holder: null}];
	});
	const at = lastEvent(queue, watch);
	return {
		at,
		kind: stall.kind,
		asleep: [
			backendOf(simulation.state.hostSettings.backend).serverName,
			...waits.map(({who}) => who),
			...(simulation.state.guest.core.queues[queue].workOn < 0 ? ['dequeue worker'] : []),
		],
		...ringState(simulation, stall, watch),
		waits,
		text:
			`${slotsTaken(simulation, queue)} slots of the ${name} queue are taken and host and guest both sleep ` +
			`since ${at.toFixed(6)} s; ${stallCauses[stall.kind]}`,
	};
}

/** A command that no waiting helps: what it wants and what the ring has. */
function roomReport(simulation: Simulation, stall: Stall, watch: StallWatch): StallReport {
	const {guest, pool} = simulation.state;
	const {queue, thread, slots} = stall;
	const submitter = guest.submitters[thread];
	const {ring} = guest.core.queues[queue];
	const who = `${simulation.configuration.clients[submitter.client].name} (thread ${thread})`;
	const command = submitter.command < 0 ? 'a command' : commands[pool.type[submitter.command]].name;
	const {numFree, size} = ring;
	const asleep = guest.core.cpus.threads[thread].state === threadState.sleeping;
	const fate = asleep
		? `${who} sleeps on ack_queue for ever`
		: `${who} goes round spin_lock, the check and wait_event for ever`;
	const wants =
		slots > size ? `the ${queue === 0 ? 'control' : 'cursor'} queue has ${size}` : `${numFree} of ${size} are free`;
	const cure = roomCure(stall, ring.indirect, size, simulation.state.hostSettings);
	return {
		at: watch.lastProgress[queue] / 1e9,
		kind: stall.kind,
		asleep: asleep ? [who] : [],
		...ringState(simulation, stall, watch),
		waits: [{who, on: `room for ${slots} slots of ${size}`, holder: null}],
		text: `${command} wants ${slots} free slots and ${wants}: ${fate}; ${cure}`,
	};
}

/** A chain that the device does not take: it is broken, and nobody gets an answer any more. */
function brokenReport(simulation: Simulation, stall: Stall, watch: StallWatch): StallReport {
	const {guest, host, pool, hostSettings} = simulation.state;
	const {queue, thread, chain, longestChain} = stall;
	const who = `${simulation.configuration.clients[guest.submitters[thread].client].name} (thread ${thread})`;
	const command = commands[pool.type[host.gpu.refused]].name;
	const error = backendOf(hostSettings.backend).breaksBy;
	return {
		at: watch.lastProgress[queue] / 1e9,
		kind: stall.kind,
		asleep: guest.core.cpus.threads[thread].state === threadState.sleeping ? [who] : [],
		...ringState(simulation, stall, watch),
		waits: [{who, on: `an answer to ${command}, which the device did not take`, holder: null}],
		text:
			`${command} of ${who} has ${chain} segments in its chain and ${hostSettings.backend} takes at most ` +
			`${longestChain} (VIRTQUEUE_MAX_SIZE), whatever the ring and its indirect tables hold: ` +
			`${error} leaves the device broken, it reads no queue any more, and every later command hangs; ` +
			'fewer pages in a command, or several commands',
	};
}

function roomCure(
	{kind, slots}: Stall,
	indirect: boolean,
	size: number,
	{backend, longestChain}: {readonly backend: string; readonly longestChain: number},
): string {
	if (slots <= size) {
		return stallCauses['wait-condition'];
	}

	// Without indirect descriptors a slot is a segment.
	if (kind === 'impossible-request' && !indirect && slots > longestChain) {
		return `no ring would help, ${backend} takes at most ${longestChain} segments in a chain (VIRTQUEUE_MAX_SIZE)`;
	}

	if (kind === 'impossible-request' && !indirect) {
		return 'with indirect descriptors it would take 1';
	}

	return indirect
		? 'it would take 1, but the driver checks for all of them'
		: 'it takes fewer, but the driver waits for so many';
}

function ringState(
	simulation: Simulation,
	{queue, unpopped, unreaped}: Stall,
	watch: StallWatch,
): Pick<StallReport, 'ring' | 'lastKick' | 'lastIrq'> {
	const {availIndex, usedIndex, availEvent, usedEvent} = simulation.state.guest.core.queues[queue].ring;
	const seconds = (time: number): number | null => (time < 0 ? null : time / 1e9);
	return {
		ring: {
			availIndex,
			usedIndex,
			availEvent,
			usedEvent,
			unpopped,
			unreaped,
		},
		lastKick: seconds(watch.lastKick[queue]),
		lastIrq: seconds(watch.lastIrq[queue]),
	};
}

function slotsTaken(simulation: Simulation, queue: number): number {
	const {ring} = simulation.state.guest.core.queues[queue];
	return ring.size - ring.numFree;
}
