import {threadState} from '../cpu/thread.js';
import {step} from '../host/step.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {vcpuState} from '../tracepoints/tracepoints.js';
import {addPart, type CellPart, cellState} from './cell-state.js';
import {
	type Hold,
	type Segment,
	type Track,
	type TrackKind,
	type TrackState,
	trackStates,
	type Wait,
} from './excerpt.js';
import {type UnderWay} from './under-way.js';

const code = Object.fromEntries(trackStates.map((name, number) => [name, number])) as Readonly<
	Record<TrackState, number>
>;

/** A track that is written: what was seen last, and since when; with a grain a segment stands for each so many ns. */
class Row {
	readonly segments: Segment[] = [];
	state = code.idle;
	actor = -1;
	private since: number;
	/** What is in the grain that is not over. */
	private parts: CellPart[] = [];

	constructor(
		readonly kind: TrackKind,
		readonly index: number,
		from: number,
		private readonly grain: number,
	) {
		this.since = from;
	}

	set(time: number, state: number, actor: number): void {
		if (state === this.state && actor === this.actor) {
			return;
		}

		this.cut(time);
		this.state = state;
		this.actor = actor;
	}

	/** What lasts no time leaves no segment. */
	cut(time: number): void {
		if (this.grain > 0) {
			this.fill(time);
		} else if (time > this.since) {
			this.segments.push(this.present(time));
			this.since = time;
		}
	}

	/** All up to a time, with what is not over. */
	upTo(time: number): readonly Segment[] {
		this.cut(time);
		return [...this.segments];
	}

	private present(end: number): Segment {
		const {state, actor, since} = this;
		return {
			start: since,
			end,
			state: trackStates[state],
			actor,
		};
	}

	private fill(time: number): void {
		const {grain, parts} = this;
		while (this.since < time) {
			const start = Math.floor(this.since / grain) * grain;
			const end = Math.min(start + grain, time);
			addPart(parts, trackStates[this.state], this.actor, end - this.since);
			this.since = end;
			if (end === start + grain) {
				const {state, actor} = cellState(parts, grain) ?? {state: 'idle', actor: -1};
				this.segments.push({
					start: Math.max(start, this.segments.at(-1)?.end ?? start),
					end,
					state,
					actor,
				});
				parts.length = 0;
			}
		}
	}
}

/**
Who does what from `from` (ns) on, in segments or, with a grain, in cells of so many ns; looked at whenever the model reports anything: the host's CPUs, vCPUs,
guest threads, who serves the device, owners of the qlocks and of the BQL; and from the host's CPUs who
wants one and does not get it. Attach its observers behind `underWay`.
*/
export class TrackWriter {
	readonly observers: readonly Observer[];
	/** Of the host's CPUs, whose numbers begin at `firstCpu`. */
	readonly holds: Hold[] = [];
	readonly waits: Wait[] = [];
	private readonly rows: Row[] = [];
	private readonly simulation: Simulation;
	private readonly underWay: UnderWay;
	private readonly firstCpu: number;
	private readonly guestActors: number;
	/** By vCPU: `vcpuState`, and whether a queue's interrupt handler runs. */
	private readonly states: Int32Array;
	private readonly handles: Uint8Array;
	/** By guest thread: it sleeps for room, spins, its vCPU is halted for that. */
	private readonly room: Uint8Array;
	private readonly spins: Uint8Array;
	private readonly halts: Uint8Array;
	/** The command that the server processes, or -1. */
	private serving = -1;
	/** By host thread: since when it wants a CPU, ns; -1: it does not. */
	private readonly wants: Float64Array;
	private readonly hostThreads: readonly number[];
	/** The CPU that it wants. */
	private readonly wantsCpu: Int32Array;
	/** By host CPU: the actor that runs there or -1, and since when, ns. */
	private readonly runs: Int32Array;
	private readonly runsSince: Float64Array;
	private readonly grain: number;

	constructor(simulation: Simulation, underWay: UnderWay, from: number, grain: number) {
		const {guest, host} = simulation.state;
		const {core} = guest;
		const vcpus = core.cpus.cpus.length;
		this.simulation = simulation;
		this.underWay = underWay;
		this.firstCpu = core.queues.length + 1;
		this.guestActors = core.roles.owners;
		this.states = new Int32Array(vcpus).fill(vcpuState.idle);
		this.handles = new Uint8Array(vcpus);
		this.room = new Uint8Array(core.roles.owners);
		this.spins = new Uint8Array(core.roles.owners);
		this.halts = new Uint8Array(core.roles.owners);
		this.wants = new Float64Array(host.core.cpus.threads.length).fill(-1);
		this.wantsCpu = new Int32Array(host.core.cpus.threads.length);
		this.runs = new Int32Array(host.core.cpus.cpus.length).fill(-1);
		this.runsSince = new Float64Array(host.core.cpus.cpus.length).fill(from);
		this.grain = grain;
		this.hostThreads = [...host.core.roles.vcpus, host.core.roles.server];
		const row = (kind: TrackKind, index: number): void => {
			this.rows.push(new Row(kind, index, from, grain));
		};

		for (const {id} of host.core.cpus.cpus) {
			row('hostCpu', id);
		}

		for (const {id} of core.cpus.cpus) {
			row('vcpu', id);
		}

		for (const {id} of core.cpus.threads) {
			row('thread', id);
		}

		row('server', 0);
		for (const {id} of core.queues) {
			row('lock', id);
		}

		row('bql', 0);
		this.begin(from);
		this.observers = [
			this.flags(),
			{
				every: (_name, time) => {
					this.look(time);
				},
			},
		];
	}

	/** Everything up to `time` (ns). */
	tracks(time: number): readonly Track[] {
		this.look(time);
		return this.rows.map(row => ({kind: row.kind, index: row.index, segments: row.upTo(time)}));
	}

	/** Waits for a CPU that are not over, and who has the CPUs. */
	open(time: number): {readonly waits: readonly Wait[]; readonly holds: readonly Hold[]} {
		const {host} = this.simulation.state;
		return {
			waits: this.hostThreads.flatMap(thread => this.wait(thread, time, true) ?? []),
			holds: host.core.cpus.cpus.flatMap(({id}) => this.hold(id, time) ?? []),
		};
	}

	/** Segments so far. */
	get length(): number {
		let length = 0;
		for (const {segments} of this.rows) {
			length += segments.length;
		}

		return length;
	}

	private begin(from: number): void {
		this.underWay.slices.tell(({slice, actor, subject}) => {
			switch (slice) {
				case 'vcpuState': {
					this.states[actor] = subject;
					break;
				}

				case 'irq': {
					this.handles[actor] = 1;
					break;
				}

				case 'roomWait': {
					this.room[actor] = 1;
					break;
				}

				case 'spin': {
					this.spins[actor] = 1;
					break;
				}

				case 'halt': {
					this.halts[actor] = 1;
					break;
				}

				case 'service': {
					this.serving = this.numberOf(subject);
					break;
				}

				default: {
					break;
				}
			}
		}, from);
		this.look(from);
	}

	private numberOf(command: number): number {
		return this.underWay.commands.seqnoOf(command) - 1;
	}

	private flags(): Observer {
		const {states, handles, room, spins, halts} = this;
		const ended = (): void => {
			this.serving = -1;
		};

		const left = (_time: number, vcpu: number): void => {
			handles[vcpu] = 0;
		};

		return {
			vcpuState(_time, vcpu, state) {
				states[vcpu] = state;
			},
			irqEntered(_time, vcpu, _queue, found) {
				handles[vcpu] = found;
			},
			workQueued: left,
			irqReturned: left,
			roomWait(_time, thread) {
				room[thread] = 1;
			},
			lockCalled(_time, thread) {
				room[thread] = 0;
			},
			lockContended(_time, thread) {
				spins[thread] = 1;
			},
			lockAcquired(_time, thread) {
				spins[thread] = 0;
				halts[thread] = 0;
			},
			lockHalted(_time, thread) {
				halts[thread] = 1;
			},
			lockResumed(_time, thread) {
				halts[thread] = 0;
			},
			serviceStarted: (_time, _server, command) => {
				this.serving = this.numberOf(command);
			},
			usedPublished: ended,
			fenceQueued: ended,
			passEnded: ended,
		};
	}

	private look(time: number): void {
		for (const thread of this.hostThreads) {
			this.want(thread, time);
		}

		for (const row of this.rows) {
			switch (row.kind) {
				case 'hostCpu': {
					this.run(row.index, time);
					row.set(time, this.runs[row.index] < 0 ? code.idle : code.owned, this.runs[row.index]);
					break;
				}

				case 'vcpu': {
					row.set(time, this.ofVcpu(row.index), -1);
					break;
				}

				case 'thread': {
					row.set(time, this.ofThread(row.index), -1);
					break;
				}

				case 'server': {
					row.set(time, this.ofServer(), this.serving);
					break;
				}

				case 'lock': {
					const owner = this.underWay.locks.holders[row.index];
					row.set(time, owner < 0 ? code.idle : code.owned, owner);
					break;
				}

				case 'bql': {
					const {holder} = this.underWay.bql;
					row.set(time, holder < 0 ? code.idle : code.owned, holder < 0 ? -1 : this.guestActors + holder);
					break;
				}
			}
		}
	}

	/** What a host CPU runs, as a hold up to a time; undefined where it runs nobody, or for no time. */
	private hold(cpu: number, end: number): Hold | undefined {
		const actor = this.runs[cpu];
		const start = this.runsSince[cpu];
		return actor < 0 || end <= start
			? undefined
			: {
					resource: this.firstCpu + cpu,
					actor,
					start,
					end,
					role: '',
					vcpu: -1,
				};
	}

	/** A thread of the machine that wants a CPU and has none, as a wait up to a time; undefined where it wants none. */
	private wait(id: number, end: number, isOpen: boolean): Wait | undefined {
		const start = this.wants[id];
		return start < 0 || end <= start
			? undefined
			: {
					resource: this.firstCpu + this.wantsCpu[id],
					queue: -1,
					actor: this.guestActors + id,
					start,
					end,
					isOpen,
					met: '',
				};
	}

	/** Whether it wants one now. */
	private want(id: number, time: number): void {
		const {state, cpu} = this.simulation.state.host.core.cpus.threads[id];
		const isQueued = state === threadState.queued;
		if (this.wants[id] >= 0 && !isQueued) {
			const wait = this.grain > 0 ? undefined : this.wait(id, time, false);
			if (wait !== undefined) {
				this.waits.push(wait);
			}

			this.wants[id] = -1;
		} else if (this.wants[id] < 0 && isQueued) {
			this.wants[id] = time;
			this.wantsCpu[id] = cpu;
		}
	}

	private run(cpu: number, time: number): void {
		const {current} = this.simulation.state.host.core.cpus.cpus[cpu];
		const actor = current < 0 ? -1 : this.guestActors + current;
		if (actor === this.runs[cpu]) {
			return;
		}

		const hold = this.grain > 0 ? undefined : this.hold(cpu, time);
		if (hold !== undefined) {
			this.holds.push(hold);
		}

		this.runs[cpu] = actor;
		this.runsSince[cpu] = time;
	}

	private holdsLock(owner: number): boolean {
		const {holders} = this.underWay.locks;
		const {length} = this.simulation.state.guest.core.queues;
		for (let queue = 0; queue < length; queue++) {
			if (holders[queue] === owner) {
				return true;
			}
		}

		return false;
	}

	private ofVcpu(vcpu: number): number {
		const {cpus, roles} = this.simulation.state.guest.core;
		switch (this.states[vcpu]) {
			case vcpuState.guest: {
				if (this.handles[vcpu] === 1) {
					return code.irq;
				}

				const {current} = cpus.cpus[vcpu];
				const holds =
					this.holdsLock(roles.handler(roles.allVcpus[vcpu])) || (current >= 0 && this.holdsLock(current));
				return holds ? code.hold : code.run;
			}

			case vcpuState.spin: {
				return code.spin;
			}

			case vcpuState.exit: {
				return code.exit;
			}

			case vcpuState.blocked: {
				return code.bql;
			}

			case vcpuState.stolen: {
				return code.noCpu;
			}

			default: {
				return this.ofHalted(vcpu);
			}
		}
	}

	private ofHalted(vcpu: number): number {
		let state = code.idle;
		for (const {id, cpu} of this.simulation.state.guest.core.cpus.threads) {
			if (cpu === vcpu && this.halts[id] === 1) {
				return code.halt;
			}

			if (cpu === vcpu && this.room[id] === 1) {
				state = code.room;
			}
		}

		return state;
	}

	private ofThread(id: number): number {
		const {state, cpu} = this.simulation.state.guest.core.cpus.threads[id];
		if (state === threadState.sleeping) {
			return this.room[id] === 1 ? code.room : code.idle;
		}

		if (state === threadState.queued) {
			return code.noCpu;
		}

		switch (this.states[cpu]) {
			case vcpuState.guest:
			case vcpuState.spin: {
				return this.handles[cpu] === 1
					? code.irq
					: this.spins[id] === 1
						? code.spin
						: this.holdsLock(id)
							? code.hold
							: code.run;
			}

			case vcpuState.exit: {
				return code.exit;
			}

			case vcpuState.blocked: {
				return code.bql;
			}

			default: {
				return this.halts[id] === 1 ? code.halt : code.noCpu;
			}
		}
	}

	private ofServer(): number {
		const {server} = this.simulation.state.host.core;
		if (server.state === threadState.queued) {
			return code.noCpu;
		}

		if (server.step === step.bqlRetry) {
			return code.bql;
		}

		if (server.state === threadState.sleeping) {
			return code.idle;
		}

		return server.step === step.loopLock || server.step === step.workerWoken ? code.waking : code.run;
	}
}
