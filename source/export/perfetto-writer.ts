import {type Observer} from '../engine/probe.js';
import {backendOf} from '../host/backends/backends.js';
import {usesQueue} from '../parameters/client-queues.js';
import {commandNames} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {
	bqlHolder, tracepoint, vcpuState, vcpuStateNames,
} from '../tracepoints/tracepoints.js';
import {type ChromeEvent, Lanes} from './lanes.js';
import {type RunLedger} from './run-ledger.js';
import {
	guestThreadNames, type GuestThreadName, queueNames, roleNames,
} from './run-names.js';

/** Processes of the export. */
export const guestProcess = 1;
export const hostProcess = 2;

/** Lanes by thread id. Threads of the guest: `guestThreads` + number; vCPUs likewise. */
export const lane = {
	qlock: 10, vcpu: 20, irq: 100, guestThreads: 200, mainLoop: 10, mainLoopCpu: 11, bql: 12, vcpuThreads: 20,
} as const;

const bqlNames = ['main loop', 'vCPU', 'other'] as const;

/**
Writes a run as Chrome trace JSON, which ui.perfetto.dev opens: a process for the guest and
one for the host; lanes for vCPUs, guest threads, IRQs, main loop, and the owners of qlock and
BQL; counters; and flows that follow each command from its publication over its processing to
its response. It writes what happens from `from` (ns) on. Attach it at time 0, or later with a
ledger that was attached then.
*/
export class PerfettoWriter implements Observer {
	private readonly lanes: Lanes;
	private readonly simulation: Simulation;
	private readonly from: number;
	private readonly names: readonly GuestThreadName[];
	/** By command: its number in the export, when its flow has begun. */
	private readonly flows = new Map<number, number>();
	private nextFlow = 1;
	private readonly inFlight = [0, 0];
	private readonly unpopped = [0, 0];
	private readonly cursorUsed: boolean;

	constructor(simulation: Simulation, from: number, ledger?: RunLedger) {
		this.simulation = simulation;
		this.from = from;
		this.lanes = new Lanes(from);
		this.names = guestThreadNames(simulation);
		this.cursorUsed = simulation.configuration.clients.some(client => usesQueue(client, 'cursor'));
		ledger?.tell(this);
	}

	/** The whole JSON, with everything that is still open cut at `time` (ns). */
	text(time: number): string {
		this.lanes.finish(time);
		// A slice must come before those inside it that start at the same time.
		const events = this.lanes.events.toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0) || rank(a) - rank(b) || (b.dur ?? 0) - (a.dur ?? 0) || a.pid - b.pid || a.tid - b.tid);
		const rows = [...this.metadata(), ...events].map(event => JSON.stringify(event));
		return `{"displayTimeUnit":"ns","traceEvents":[\n${rows.join(',\n')}\n]}\n`;
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		const {lanes} = this;
		const tid = lane.guestThreads + actor;
		switch (point) {
			case tracepoint.commandStarted: {
				lanes.start(guestProcess, tid, time, `prepare ${commandNames[this.simulation.state.pool.type[subject]]}`);
				break;
			}

			case tracepoint.lockCalled: {
				// What a client did before it asked for the lock: preparing, or sleeping for room.
				if (actor < this.simulation.state.guest.core.roles.clients) {
					lanes.endAll(guestProcess, tid, time);
				}

				break;
			}

			case tracepoint.lockContended: {
				lanes.start(guestProcess, tid, time, `spin ${lockName(subject)}`);
				break;
			}

			case tracepoint.lockHalted: {
				lanes.start(guestProcess, tid, time, 'kvm_wait');
				break;
			}

			case tracepoint.lockResumed: {
				lanes.end(guestProcess, tid, time, 'kvm_wait');
				break;
			}

			case tracepoint.lockAcquired: {
				lanes.end(guestProcess, tid, time, `spin ${lockName(subject)}`);
				lanes.start(guestProcess, tid, time, `hold ${lockName(subject)}`, {role: roleNames[value]});
				lanes.start(guestProcess, lane.qlock + subject, time, this.names[actor].comm, {role: roleNames[value]});
				break;
			}

			case tracepoint.lockReleased: {
				lanes.end(guestProcess, tid, time, `hold ${lockName(subject)}`);
				lanes.endAll(guestProcess, lane.qlock + subject, time);
				break;
			}

			case tracepoint.roomWait: {
				lanes.start(guestProcess, tid, time, 'wait for room');
				break;
			}

			case tracepoint.doorbellStarted: {
				lanes.start(guestProcess, tid, time, (value & 1) === 1 ? 'doorbell (forced)' : 'doorbell', {queue: queueNames[subject]});
				break;
			}

			case tracepoint.doorbellReturned: {
				lanes.end(guestProcess, tid, time, 'doorbell');
				lanes.end(guestProcess, tid, time, 'doorbell (forced)');
				break;
			}

			case tracepoint.published: {
				this.published(time, actor, subject, value);
				break;
			}

			default: {
				this.observeWorker(point, time, actor, subject, value);
			}
		}
	}

	private observeWorker(point: number, time: number, actor: number, subject: number, value: number): void {
		const {lanes} = this;
		const {pool} = this.simulation.state;
		switch (point) {
			case tracepoint.irqEntered: {
				lanes.start(guestProcess, lane.irq + actor, time, `virtio0-${queueNames[subject]}`);
				if (value === 0) {
					lanes.endAll(guestProcess, lane.irq + actor, time);
				}

				break;
			}

			case tracepoint.workQueued: {
				lanes.endAll(guestProcess, lane.irq + actor, time);
				break;
			}

			case tracepoint.workStarted: {
				lanes.start(guestProcess, lane.guestThreads + actor, time, workName(subject));
				break;
			}

			case tracepoint.workEnded: {
				lanes.endAll(guestProcess, lane.guestThreads + actor, time);
				break;
			}

			case tracepoint.reaped: {
				const queue = pool.queue[subject];
				this.count('num_free', queue, time, value);
				this.count('in flight', queue, time, --this.inFlight[queue]);
				break;
			}

			case tracepoint.workDrained: {
				this.count('armed', subject, time, 1);
				break;
			}

			case tracepoint.responded: {
				const flow = this.flows.get(subject);
				if (flow !== undefined) {
					this.flows.delete(subject);
					lanes.flow('f', guestProcess, lane.guestThreads + actor, time, flow);
				}

				break;
			}

			default: {
				this.observeHost(point, time, actor, subject, value);
			}
		}
	}

	private observeHost(point: number, time: number, actor: number, subject: number, value: number): void {
		const {lanes} = this;
		const {pool} = this.simulation.state;
		switch (point) {
			case tracepoint.passStarted: {
				lanes.endAll(hostProcess, lane.mainLoop, time);
				lanes.start(hostProcess, lane.mainLoop, time, backendOf(this.simulation.state.hostSettings.backend).passNames[subject]);
				break;
			}

			case tracepoint.passEnded: {
				lanes.endAll(hostProcess, lane.mainLoop, time);
				break;
			}

			case tracepoint.popped: {
				const queue = pool.queue[subject];
				this.count('unpopped', queue, time, --this.unpopped[queue]);
				break;
			}

			case tracepoint.serviceStarted: {
				lanes.start(hostProcess, lane.mainLoop, time, commandNames[pool.type[subject]]);
				const flow = this.flows.get(subject);
				if (flow !== undefined) {
					lanes.flow('t', hostProcess, lane.mainLoop, time, flow);
				}

				break;
			}

			case tracepoint.fenceQueued:
			case tracepoint.usedPublished: {
				lanes.end(hostProcess, lane.mainLoop, time, commandNames[pool.type[subject]]);
				break;
			}

			case tracepoint.msiSent: {
				this.count('armed', subject, time, 0);
				break;
			}

			case tracepoint.mainLoopOnCpu: {
				lanes.endAll(hostProcess, lane.mainLoopCpu, time);
				if (value === 1) {
					lanes.start(hostProcess, lane.mainLoopCpu, time, 'on CPU');
				}

				break;
			}

			case tracepoint.bqlAcquired: {
				const owner = subject === bqlHolder.vcpu ? `vCPU ${actor}` : bqlNames[subject];
				lanes.start(hostProcess, lane.bql, time, owner);
				break;
			}

			case tracepoint.bqlReleased: {
				lanes.endAll(hostProcess, lane.bql, time);
				if (subject === bqlHolder.mainLoop) {
					lanes.endAll(hostProcess, lane.mainLoop, time);
				}

				break;
			}

			case tracepoint.vcpuState: {
				this.vcpuChanged(time, actor, subject);
				break;
			}

			default:
		}
	}

	private published(time: number, thread: number, command: number, numFree: number): void {
		const queue = this.simulation.state.pool.queue[command];
		this.count('num_free', queue, time, numFree);
		this.count('in flight', queue, time, ++this.inFlight[queue]);
		this.count('unpopped', queue, time, ++this.unpopped[queue]);
		if (time >= this.from) {
			const flow = this.nextFlow++;
			this.flows.set(command, flow);
			this.lanes.flow('s', guestProcess, lane.guestThreads + thread, time, flow);
		}
	}

	/** The guest's lane shows what the vCPU executes, the host's what its thread does. */
	private vcpuChanged(time: number, vcpu: number, state: number): void {
		const {lanes} = this;
		lanes.endAll(guestProcess, lane.vcpu + vcpu, time);
		lanes.endAll(hostProcess, lane.vcpuThreads + vcpu, time);
		if (state === vcpuState.guest || state === vcpuState.spin) {
			lanes.start(guestProcess, lane.vcpu + vcpu, time, vcpuStateNames[state]);
			lanes.start(hostProcess, lane.vcpuThreads + vcpu, time, 'in guest');
		} else if (state !== vcpuState.idle) {
			lanes.start(hostProcess, lane.vcpuThreads + vcpu, time, vcpuStateNames[state]);
		}
	}

	private count(what: string, queue: number, time: number, value: number): void {
		if (queue === 0 || this.cursorUsed) {
			this.lanes.counter(guestProcess, time, `${queueNames[queue]} ${what}`, value);
		}
	}

	private metadata(): readonly ChromeEvent[] {
		const vcpus = this.simulation.state.guest.core.cpus.cpus.length;
		const named: Array<readonly [number, number, string]> = [[guestProcess, lane.qlock, 'ctrlq.qlock owner']];
		if (this.cursorUsed) {
			named.push([guestProcess, lane.qlock + 1, 'cursorq.qlock owner']);
		}

		for (let vcpu = 0; vcpu < vcpus; vcpu++) {
			named.push(
				[guestProcess, lane.vcpu + vcpu, `vCPU ${vcpu}`],
				[guestProcess, lane.irq + vcpu, `vCPU ${vcpu} IRQ`],
				[hostProcess, lane.vcpuThreads + vcpu, `CPU ${vcpu}/KVM`],
			);
		}

		for (const [thread, {comm}] of this.names.entries()) {
			named.push([guestProcess, lane.guestThreads + thread, comm]);
		}

		const server = backendOf(this.simulation.state.hostSettings.backend).serverName;
		named.push([hostProcess, lane.mainLoop, server], [hostProcess, lane.mainLoopCpu, `${server} on CPU`], [hostProcess, lane.bql, 'BQL owner']);
		const process = (pid: number, name: string): ChromeEvent => ({
			name: 'process_name', ph: 'M', pid, tid: 0, args: {name},
		});
		return [
			process(guestProcess, 'guest'),
			process(hostProcess, 'host'),
			...named.flatMap(([pid, tid, name]): ChromeEvent[] => [
				{
					name: 'thread_name', ph: 'M', pid, tid, args: {name},
				},
				{
					name: 'thread_sort_index', ph: 'M', pid, tid, args: {sort_index: tid},
				},
			]),
		];
	}
}

/** At the same time slices come before flows, which bind to them. */
function rank(event: ChromeEvent): number {
	return event.ph === 'X' ? 0 : 1;
}

function lockName(queue: number): string {
	return queue === 0 ? 'ctrlq.qlock' : 'cursorq.qlock';
}

function workName(queue: number): string {
	return queue === 0 ? 'virtio_gpu_dequeue_ctrl_func' : 'virtio_gpu_dequeue_cursor_func';
}
