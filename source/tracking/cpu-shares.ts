import {threadState} from '../cpu/thread.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Hold, type Wait} from './excerpt.js';

/**
Who has the host's CPUs, and which threads of the machine want one and have none. `look` at it
whenever something is reported.
*/
export class CpuShares {
	/** That are over; none where only the present is wanted. */
	readonly holds: Hold[] = [];
	readonly waits: Wait[] = [];
	/** By host CPU: the actor that runs there or -1, and since when, ns. */
	readonly runs: Int32Array;
	private readonly runsSince: Float64Array;
	/** By host thread: since when it wants a CPU, ns; -1: it does not. And which. */
	private readonly wants: Float64Array;
	private readonly wantsCpu: Int32Array;
	private readonly hostThreads: readonly number[];
	private readonly simulation: Simulation;
	/**
	Number of the resource that the first host CPU is, and of the actor
	that the first host thread is.
	*/
	private readonly firstCpu: number;
	private readonly guestActors: number;
	private readonly keepsAll: boolean;

	constructor(simulation: Simulation, from: number, keepsAll: boolean) {
		const {guest, host} = simulation.state;
		this.simulation = simulation;
		this.keepsAll = keepsAll;
		this.firstCpu = guest.core.queues.length + 1;
		this.guestActors = guest.core.roles.owners;
		this.runs = new Int32Array(host.core.cpus.cpus.length).fill(-1);
		this.runsSince = new Float64Array(host.core.cpus.cpus.length).fill(from);
		this.wants = new Float64Array(host.core.cpus.threads.length).fill(-1);
		this.wantsCpu = new Int32Array(host.core.cpus.threads.length);
		this.hostThreads = [...host.core.roles.vcpus, host.core.roles.server];
	}

	look(time: number): void {
		for (const thread of this.hostThreads) {
			this.want(thread, time);
		}

		for (const {id} of this.simulation.state.host.core.cpus.cpus) {
			this.run(id, time);
		}
	}

	/** Waits for a CPU that are not over, and who has the CPUs. */
	open(time: number): {readonly waits: readonly Wait[]; readonly holds: readonly Hold[]} {
		const {host} = this.simulation.state;
		return {
			waits: this.hostThreads.flatMap(thread => this.wait(thread, time, true) ?? []),
			holds: host.core.cpus.cpus.flatMap(({id}) => this.hold(id, time) ?? []),
		};
	}

	/**
	What a host CPU runs, as a hold up to a time; undefined where it runs nobody, or for no time.
	*/
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

	/**
	A thread of the machine that wants a CPU and has none, as a wait up to a time;
	undefined where it wants none.
	*/
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
			const wait = this.keepsAll ? this.wait(id, time, false) : undefined;
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

		const hold = this.keepsAll ? this.hold(cpu, time) : undefined;
		if (hold !== undefined) {
			this.holds.push(hold);
		}

		this.runs[cpu] = actor;
		this.runsSince[cpu] = time;
	}
}
