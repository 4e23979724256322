import {vcpuState} from '../tracepoints/tracepoints.js';
import {type CounterLayout, sharedCounter, vcpuCounter} from './counters.js';

const {exits, mainLoop, bqlWait, bqlHeld} = sharedCounter;
const {states} = vcpuCounter;

/** Follows what belongs to no queue: vCPU states, the main loop, the BQL, exits. */
export class MachineTracker {
	private readonly counters: Float64Array;
	private readonly layout: CounterLayout;
	private readonly states: Int32Array;
	private readonly since: Float64Array;
	private mainLoop = 0;
	private mainLoopSince = 0;
	private bqlOwner = -1;
	private bqlWaiters = 0;
	private bqlSince = 0;

	constructor(counters: Float64Array, layout: CounterLayout) {
		this.counters = counters;
		this.layout = layout;
		this.states = new Int32Array(layout.vcpus).fill(vcpuState.idle);
		this.since = new Float64Array(layout.vcpus);
	}

	settle(time: number): void {
		for (let vcpu = 0; vcpu < this.states.length; vcpu++) {
			this.settleVcpu(time, vcpu);
		}

		this.settleMainLoop(time);
		this.settleBql(time);
	}

	vcpuState(time: number, vcpu: number, state: number): void {
		this.settleVcpu(time, vcpu);
		this.states[vcpu] = state;
	}

	/** What each vCPU does now, as in `vcpuState`. */
	get presentStates(): Int32Array {
		return this.states;
	}

	/** The main loop is on a CPU now. */
	get isMainLoopOn(): boolean {
		return this.mainLoop > 0;
	}

	mainLoopOnCpu(time: number, on: number): void {
		this.settleMainLoop(time);
		this.mainLoop = on;
	}

	bqlContended(time: number): void {
		this.settleBql(time);
		this.bqlWaiters++;
	}

	bqlAcquired(time: number, holder: number, contended: number): void {
		this.settleBql(time);
		this.bqlOwner = holder;
		this.bqlWaiters -= contended;
	}

	bqlReleased(time: number): void {
		this.settleBql(time);
		this.bqlOwner = -1;
	}

	exit(kind: number): void {
		this.counters[this.layout.shared + exits + kind]++;
	}

	private settleVcpu(time: number, vcpu: number): void {
		this.counters[this.layout.vcpu(vcpu) + states + this.states[vcpu]] += time - this.since[vcpu];
		this.since[vcpu] = time;
	}

	private settleMainLoop(time: number): void {
		this.counters[this.layout.shared + mainLoop] += this.mainLoop * (time - this.mainLoopSince);
		this.mainLoopSince = time;
	}

	private settleBql(time: number): void {
		const passed = time - this.bqlSince;
		this.bqlSince = time;
		const {shared} = this.layout;
		this.counters[shared + bqlWait] += this.bqlWaiters * passed;
		if (this.bqlOwner >= 0) {
			this.counters[shared + bqlHeld + this.bqlOwner] += passed;
		}
	}
}
