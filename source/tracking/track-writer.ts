import {threadState} from '../cpu/thread.js';
import {step} from '../host/step.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {vcpuState} from '../tracepoints/tracepoints.js';
import {ActorFlags} from './actor-flags.js';
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
	private readonly flags: ActorFlags;

	constructor(simulation: Simulation, underWay: UnderWay, from: number, grain: number) {
		const {guest, host} = simulation.state;
		const {core} = guest;
		this.simulation = simulation;
		this.underWay = underWay;
		this.shares = new CpuShares(simulation, from, grain === 0);
		this.guestActors = core.roles.owners;
		this.flags = new ActorFlags(underWay, {
			vcpus: core.cpus.cpus.length,
			owners: core.roles.owners,
			queues: core.queues.length,
		});
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
		this.flags.begin(from);
		this.look(from);
		this.observers = [
			this.flags.observer(),
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
					row.set(time, this.ofServer(), this.flags.serving);
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

	private ofVcpu(vcpu: number): number {
		const {cpus, roles} = this.simulation.state.guest.core;
		switch (this.flags.states[vcpu]) {
			case vcpuState.guest: {
				if (this.flags.handles[vcpu] === 1) {
					return code.irq;
				}

				const {current} = cpus.cpus[vcpu];
				const holds =
					this.flags.holdsLock(roles.handler(roles.allVcpus[vcpu])) ||
					(current >= 0 && this.flags.holdsLock(current));
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
			if (cpu === vcpu && this.flags.halts[id] === 1) {
				return code.halt;
			}

			if (cpu === vcpu && this.flags.room[id] === 1) {
				state = code.room;
			}
		}

		return state;
	}

	private ofThread(id: number): number {
		const {state, cpu} = this.simulation.state.guest.core.cpus.threads[id];
		if (state === threadState.sleeping) {
			return this.flags.room[id] === 1 ? code.room : code.idle;
		}

		if (state === threadState.queued) {
			return code.noCpu;
		}

		switch (this.flags.states[cpu]) {
			case vcpuState.guest:
			case vcpuState.spin: {
				return this.flags.handles[cpu] === 1
					? code.irq
					: this.flags.spins[id] === 1
						? code.spin
						: this.flags.holdsLock(id)
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
				return this.flags.halts[id] === 1 ? code.halt : code.noCpu;
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
