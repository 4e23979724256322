import {threadState} from '../cpu/thread.js';
import {type Simulation} from '../simulation/simulation.js';
import {tracepoint, vcpuState} from '../tracepoints/tracepoints.js';
import {type GuestThreadName} from './run-names.js';

/** What the vCPUs were seen with. */
export type SwitchesImage = {readonly seen: readonly number[]; readonly states: readonly number[]};

/** Writes a `sched_switch` of a vCPU at this time: the task that went, and the payload. */
export type SwitchWriter = (time: number, vcpu: number, task: GuestThreadName, text: string) => void;

/**
Finds the switches between the guest's tasks. The model has no tracepoint for them: a vCPU's
task is looked at whenever the model reports anything. A vCPU that halts or goes on reports so, which makes
times of sleep exact; between two tasks that both have work the switch shows at the next report.
*/
export class GuestSwitches {
	private readonly simulation: Simulation;
	private readonly names: readonly GuestThreadName[];
	private readonly write: SwitchWriter;
	/** By vCPU: the task that it was seen with last, or -1; and what it does (`vcpuState`). */
	private readonly seen: Int32Array;
	private readonly states: Int32Array;

	constructor(simulation: Simulation, names: readonly GuestThreadName[], write: SwitchWriter) {
		const {length} = simulation.state.guest.core.cpus.cpus;
		this.simulation = simulation;
		this.names = names;
		this.write = write;
		this.seen = new Int32Array(length).fill(-1);
		this.states = new Int32Array(length).fill(vcpuState.idle);
	}

	image(): SwitchesImage {
		return {seen: [...this.seen], states: [...this.states]};
	}

	restore({seen, states}: SwitchesImage): void {
		this.seen.set(seen);
		this.states.set(states);
	}

	observe(point: number, time: number, actor: number, subject: number): void {
		if (point === tracepoint.vcpuState) {
			this.states[actor] = subject;
		}

		const {cpus} = this.simulation.state.guest.core;
		for (const {id, current: chosen} of cpus.cpus) {
			const before = this.seen[id];
			const current = chosen < 0 && point === tracepoint.vcpuState && actor === id && subject === vcpuState.guest ? this.waiting(id) : chosen;
			// A task that was chosen while the vCPU is out runs once it is back.
			if (current === before || (current >= 0 && this.states[id] !== vcpuState.guest && this.states[id] !== vcpuState.spin)) {
				continue;
			}

			this.seen[id] = current;
			const previous = this.name(id, before);
			const next = this.name(id, current);
			const state = before >= 0 && cpus.threads[before].state === threadState.sleeping ? 'S' : 'R';
			this.write(time, id, before < 0 ? {comm: '<idle>', pid: 0} : previous, `sched_switch: prev_comm=${previous.comm} prev_pid=${previous.pid} prev_prio=120 prev_state=${state} ==> next_comm=${next.comm} next_pid=${next.pid} next_prio=120`);
		}
	}

	/** The task that a vCPU will choose which has just entered the guest: the only one that waits for it, or -1. */
	private waiting(vcpu: number): number {
		let found = -1;
		for (const {id, cpu, state} of this.simulation.state.guest.core.cpus.threads) {
			if (cpu === vcpu && state === threadState.queued) {
				if (found >= 0) {
					return -1;
				}

				found = id;
			}
		}

		return found;
	}

	private name(vcpu: number, thread: number): GuestThreadName {
		return thread < 0 ? {comm: `swapper/${vcpu}`, pid: 0} : this.names[thread];
	}
}
