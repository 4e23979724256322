import {backendOf} from '../host/backends/backends.js';
import {usesQueue} from '../parameters/client-queues.js';
import {gpu} from '../devices/gpu/profile.js';
import {type DeviceProfile} from '../devices/profile.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {bqlHolder, vcpuState, vcpuStateNames} from '../tracepoints/tracepoints.js';
import {type OpenSlice} from '../tracking/open-slices.js';
import {guestThreadNames, type GuestThreadName, roleNames} from '../tracking/run-names.js';
import {type UnderWay} from '../tracking/under-way.js';
import {type ChromeEvent, Lanes} from './lanes.js';
import {type TraceFormat, type TraceWriter, type WriterContext} from './trace-format.js';
import {guestProcess, hostProcess, lane, laneNames} from './perfetto-lanes.js';

const bqlNames = ['main loop', 'vCPU', 'other'] as const;

type Drawn = {
	readonly pid: number;
	readonly tid: number;
	readonly name: string;
	readonly args?: Readonly<Record<string, string | number>>;
};

/**
Writes a run as Chrome trace JSON, which ui.perfetto.dev opens: a process for the guest and
one for the host; lanes for vCPUs, guest threads, IRQs, main loop, and the owners of qlock and
BQL; counters; and flows that follow each command from its publication over its processing to
its response. It writes what happens from `from` (ns) on. Attach it behind `underWay`.
*/
export class PerfettoWriter implements TraceWriter {
	readonly observers: readonly Observer[];
	private readonly lanes: Lanes;
	private readonly simulation: Simulation;
	private readonly underWay: UnderWay;
	private readonly names: readonly GuestThreadName[];
	/** By command: its number in the export, when its flow has begun. */
	private readonly flows = new Map<number, number>();
	private nextFlow = 1;
	private readonly profile: DeviceProfile;
	private readonly cursorUsed: boolean;

	constructor({simulation, underWay, from}: WriterContext) {
		this.simulation = simulation;
		this.underWay = underWay;
		this.lanes = new Lanes(from);
		this.profile = simulation.state.profile;
		this.names = guestThreadNames(simulation);
		this.cursorUsed = simulation.configuration.clients.some(client => usesQueue(client, 'cursor'));
		this.observers = [this.counters(), this.commandFlows(from)];
		underWay.slices.listen((slice, end) => {
			this.write(slice, end);
		});
	}

	/** The whole JSON, with everything that is still open cut at `time` (ns). */
	text(time: number): string {
		this.underWay.slices.tell((slice, end) => {
			this.write(slice, end);
		}, time);
		// A slice must come before those inside it that start at the same time.
		const events = this.lanes.events.toSorted(
			(a, b) =>
				(a.ts ?? 0) - (b.ts ?? 0) ||
				rank(a) - rank(b) ||
				(b.dur ?? 0) - (a.dur ?? 0) ||
				a.pid - b.pid ||
				a.tid - b.tid,
		);
		const rows = [...this.laneNames(), ...events].map(event => JSON.stringify(event));
		return `{"displayTimeUnit":"ns","traceEvents":[\n${rows.join(',\n')}\n]}\n`;
	}

	private write(slice: Readonly<OpenSlice>, end: number): void {
		for (const {pid, tid, name, args} of this.drawn(slice)) {
			this.lanes.slice(pid, tid, slice.start, end, name, args);
		}
	}

	/** Where a slice is drawn, and what it is called there. */
	private drawn({slice, actor, subject, value}: Readonly<OpenSlice>): readonly Drawn[] {
		const {
			pool,
			hostSettings: {backend},
		} = this.simulation.state;
		const guest = (tid: number, name: string, args?: Drawn['args']): readonly Drawn[] => [
			{
				pid: guestProcess,
				tid,
				name,
				...(args === undefined ? {} : {args}),
			},
		];
		const host = (tid: number, name: string): readonly Drawn[] => [{pid: hostProcess, tid, name}];
		const tid = this.laneOf(actor);
		switch (slice) {
			case 'prepare': {
				return guest(tid, `prepare ${this.profile.requests[pool.type[subject]].name}`);
			}

			case 'roomWait': {
				return guest(tid, 'wait for room');
			}

			case 'spin': {
				return guest(tid, `spin ${this.profile.queues[subject].lockName}`);
			}

			case 'halt': {
				return guest(tid, 'kvm_wait');
			}

			case 'hold': {
				return guest(tid, `hold ${this.profile.queues[subject].lockName}`, {role: roleNames[value]});
			}

			case 'owner': {
				return guest(lane.qlock + subject, this.ownerName(actor), {role: roleNames[value]});
			}

			case 'doorbell': {
				return guest(tid, (value & 1) === 1 ? 'doorbell (forced)' : 'doorbell', {
					queue: this.profile.queues[subject].name,
				});
			}

			case 'work': {
				return guest(tid, this.profile.queues[subject].reapFunction);
			}

			case 'irq': {
				return guest(lane.irq + actor, `virtio0-${this.profile.queues[subject].name}`);
			}

			case 'pass': {
				return host(
					lane.mainLoop,
					this.profile === gpu ? backendOf(backend).passNames[subject] : this.profile.queues[subject].handler,
				);
			}

			case 'service': {
				return host(lane.mainLoop, this.profile.requests[pool.type[subject]].name);
			}

			case 'onCpu': {
				return host(lane.mainLoopCpu, 'on CPU');
			}

			case 'bql': {
				return host(lane.bql, subject === bqlHolder.vcpu ? `vCPU ${actor}` : bqlNames[subject]);
			}

			case 'vcpuState': {
				return vcpuSlices(actor, subject);
			}
		}
	}

	/**
	A thread's own lane; an interrupt handler that spins for a lock or
	holds it does so on its vCPU's.
	*/
	private laneOf(owner: number): number {
		const vcpu = this.simulation.state.guest.core.roles.handlerVcpu(owner);
		return vcpu < 0 ? lane.guestThreads + owner : lane.irq + vcpu;
	}

	private ownerName(owner: number): string {
		const vcpu = this.simulation.state.guest.core.roles.handlerVcpu(owner);
		return vcpu < 0 ? this.names[owner].comm : `vCPU ${vcpu} IRQ`;
	}

	private counters(): Observer {
		const {pool} = this.simulation.state;
		const {inFlight, unpopped} = this.underWay.commands;
		return {
			published: (time, _thread, command, numFree) => {
				const queue = pool.queue[command];
				this.count('num_free', queue, time, numFree);
				this.count('in flight', queue, time, inFlight[queue]);
				this.count('unpopped', queue, time, unpopped[queue]);
			},
			popped: (time, _server, command) => {
				const queue = pool.queue[command];
				this.count('unpopped', queue, time, unpopped[queue]);
			},
			reaped: (time, _thread, command, numFree) => {
				const queue = pool.queue[command];
				this.count('num_free', queue, time, numFree);
				this.count('in flight', queue, time, inFlight[queue]);
			},
			workDrained: (time, _thread, queue) => {
				this.count('armed', queue, time, 1);
			},
			msiSent: (time, _server, queue) => {
				this.count('armed', queue, time, 0);
			},
			irqEntered: (time, vcpu, queue, found) => {
				if (found === 0) {
					this.lanes.slice(
						guestProcess,
						lane.irq + vcpu,
						time,
						time,
						`virtio0-${this.profile.queues[queue].name}`,
					);
				}
			},
		};
	}

	private commandFlows(from: number): Observer {
		const {flows, lanes} = this;
		const {pool} = this.simulation.state;
		return {
			published: (time, thread, command) => {
				if (time >= from) {
					const flow = this.nextFlow++;
					flows.set(command, flow);
					lanes.flow('s', guestProcess, this.laneOf(thread), time, flow);
				}
			},
			serviceStarted(time, _server, command) {
				const flow = flows.get(command);
				if (flow !== undefined) {
					lanes.flow('t', hostProcess, lane.mainLoop, time, flow);
				}
			},
			responded: (time, thread, command) => {
				const flow = flows.get(command);
				if (flow !== undefined) {
					flows.delete(command);
					if (this.profile.queues[pool.queue[command]].reaper === 'hard-irq') {
						// Its own thread hears of it, in no work: a moment, for the flow to end in.
						lanes.slice(guestProcess, this.laneOf(thread), time, time, 'answered');
					}

					lanes.flow('f', guestProcess, this.laneOf(thread), time, flow);
				}
			},
		};
	}

	private laneNames(): readonly ChromeEvent[] {
		const {guest, hostSettings} = this.simulation.state;
		const [first, ...others] = this.profile.queues.map(({lockName}) => lockName);
		return laneNames({
			vcpus: guest.core.cpus.cpus.length,
			threads: this.names,
			locks: this.cursorUsed ? [first, ...others] : [first],
			server: backendOf(hostSettings.backend).serverName,
		});
	}

	private count(what: string, queue: number, time: number, value: number): void {
		if (queue === 0 || this.cursorUsed) {
			this.lanes.counter(guestProcess, time, `${this.profile.queues[queue].name} ${what}`, value);
		}
	}
}

/** The guest's lane shows what the vCPU executes, the host's what its thread does. */
function vcpuSlices(vcpu: number, state: number): readonly Drawn[] {
	const host = {pid: hostProcess, tid: lane.vcpuThreads + vcpu};
	const name = vcpuStateNames[state];
	if (state === vcpuState.guest || state === vcpuState.spin) {
		return [
			{pid: guestProcess, tid: lane.vcpu + vcpu, name},
			{...host, name: 'in guest'},
		];
	}

	return state === vcpuState.idle ? [] : [{...host, name}];
}

/** At the same time slices come before flows, which bind to them. */
function rank(event: ChromeEvent): number {
	return event.ph === 'X' ? 0 : 1;
}

export const perfetto: TraceFormat = {
	kind: 'trace',
	id: 'perfetto',
	words: 'JSON, for ui.perfetto.dev',
	extension: 'json',
	writer: context => new PerfettoWriter(context),
};
