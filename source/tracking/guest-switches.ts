import {threadState} from '../cpu/thread.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {type TracepointName, vcpuState} from '../tracepoints/tracepoints.js';

/**
Is told of a switch between tasks of a vCPU, -1 for its idle task;
`sleeps` when the one that went does.
*/
export type SwitchListener = (time: number, vcpu: number, from: number, to: number, sleeps: boolean) => void;

/** What a guest has no tracepoint of, so that it shows no switch there either. */
const unseen: ReadonlySet<TracepointName> = new Set<TracepointName>([
	'otherLockAcquired',
	'otherLockReleased',
	'mightSleep',
]);

/**
Finds the switches between the guest's tasks. The model has no tracepoint for them: a vCPU's task is
looked at whenever the model reports anything. A vCPU that halts or goes on reports so, which makes
times of sleep exact; between two tasks that both have work the switch shows at the next report.
*/
export class GuestSwitches implements Instrument {
	readonly observers: readonly Observer[];
	private readonly listeners: SwitchListener[] = [];
	/** By vCPU: the task that it was seen with last, or -1; and what it does (`vcpuState`). */
	private readonly seen: Int32Array;
	private readonly states: Int32Array;

	constructor(simulation: Simulation) {
		const {length} = simulation.state.guest.core.cpus.cpus;
		this.seen = new Int32Array(length).fill(-1);
		this.states = new Int32Array(length).fill(vcpuState.idle);
		this.observers = [
			{
				every: (name, time, actor, subject) => {
					if (unseen.has(name)) {
						return;
					}

					const isState = name === 'vcpuState';
					if (isState) {
						this.states[actor] = subject;
					}

					this.look(simulation, time, isState && subject === vcpuState.guest ? actor : -1);
				},
			},
		];
	}

	listen(listener: SwitchListener): void {
		this.listeners.push(listener);
	}

	/** `entered`: the vCPU that has just entered the guest, or -1. */
	private look(simulation: Simulation, time: number, entered: number): void {
		const {cpus} = simulation.state.guest.core;
		for (const {id, current: chosen} of cpus.cpus) {
			const before = this.seen[id];
			const current = chosen < 0 && id === entered ? waiting(simulation, id) : chosen;
			// A task that was chosen while the vCPU is out runs once it is back.
			if (
				current === before ||
				(current >= 0 && this.states[id] !== vcpuState.guest && this.states[id] !== vcpuState.spin)
			) {
				continue;
			}

			this.seen[id] = current;
			const sleeps = before >= 0 && cpus.threads[before].state === threadState.sleeping;
			for (const listener of this.listeners) {
				listener(time, id, before, current, sleeps);
			}
		}
	}
}

/**
The task that a vCPU will choose which has just entered the guest: the
only one that waits for it, or -1.
*/
function waiting({state: {guest}}: Simulation, vcpu: number): number {
	let found = -1;
	for (const {id, cpu, state} of guest.core.cpus.threads) {
		if (cpu === vcpu && state === threadState.queued) {
			if (found >= 0) {
				return -1;
			}

			found = id;
		}
	}

	return found;
}
