import {threadState} from '../cpu/thread.js';
import {step} from '../host/step.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {vcpuState} from '../tracepoints/tracepoints.js';
import {CpuShares} from './cpu-shares.js';
import {type Track, type TrackKind} from './excerpt.js';
import {code, TrackRow} from './track-row.js';
import {type UnderWay} from './under-way.js';

/**
Who does what from `from` (ns) on, in segments or, with a grain, in cells of so many ns; looked at
whenever the model reports anything: the host's CPUs, vCPUs, guest threads, who serves the device,
owners of the qlocks and of the BQL; and from the host's CPUs who wants one and does not get it.
Attach its observers behind `underWay`.
*/
export class TrackWriter {
	readonly observers: readonly Observer[];
	readonly shares: CpuShares;
	private readonly rows: TrackRow[] = [];
	private readonly simulation: Simulation;
	private readonly underWay: UnderWay;
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

	constructor(simulation: Simulation, underWay: UnderWay, from: number, grain: number) {
		const {guest, host} = simulation.state;
		const {core} = guest;
		const vcpus = core.cpus.cpus.length;
		this.simulation = simulation;
		this.underWay = underWay;
		this.shares = new CpuShares(simulation, from, grain === 0);
		this.guestActors = core.roles.owners;
		this.states = new Int32Array(vcpus).fill(vcpuState.idle);
		this.handles = new Uint8Array(vcpus);
		this.room = new Uint8Array(core.roles.owners);
		this.spins = new Uint8Array(core.roles.owners);
		this.halts = new Uint8Array(core.roles.owners);
		const row = (kind: TrackKind, index: number): void => {
			this.rows.push(new TrackRow(kind, index, from, grain));
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
		this.shares.look(time);
		for (const row of this.rows) {
			switch (row.kind) {
				case 'hostCpu': {
					const actor = this.shares.runs[row.index];
					row.set(time, actor < 0 ? code.idle : code.owned, actor);
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
