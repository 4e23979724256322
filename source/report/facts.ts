import {serverName} from '../host/backend.js';
import {usesQueue} from '../parameters/client-queues.js';
import {type ClientSpec, type Configuration} from '../parameters/configuration.js';
import {type Metrics, type StageName} from '../metrics/metrics.js';

/** What a vCPU did, shares of its time; `exit` counts the sleep on the BQL in, `idle` the polling for an interrupt, `busy` is all but idle and stolen. */
export type VcpuUse = {
	readonly index: number;
	readonly guest: number;
	readonly spin: number;
	readonly exit: number;
	/** The part of `exit` in which the thread slept (BQL). */
	readonly blocked: number;
	readonly idle: number;
	readonly busy: number;
};

/** Metrics and parameters with the figures that several verdicts look at. */
export class Facts {
	readonly vcpus: readonly VcpuUse[];

	constructor(readonly metrics: Metrics, readonly configuration: Configuration) {
		this.vcpus = metrics.cpu.vcpus.map((vcpu, index) => {
			const {guest, spin, blocked} = vcpu;
			const exit = vcpu.exit + blocked;
			const idle = vcpu.idle + vcpu.poll;
			return {
				index, guest, spin, exit, blocked, idle, busy: guest + spin + exit,
			};
		});
	}

	/** The vCPU that has the least time left. */
	get busiestVcpu(): VcpuUse {
		let busiest = {
			index: 0, guest: 0, spin: 0, exit: 0, blocked: 0, idle: 1, busy: 0,
		};
		for (const vcpu of this.vcpus) {
			busiest = vcpu.busy > busiest.busy ? vcpu : busiest;
		}

		return busiest;
	}

	/** Who serves the device: main loop, gpu worker… */
	get server(): string {
		return serverName(this.choice('host.backend'));
	}

	/** Share of time that the main loop (or another backend's worker) is on a CPU. */
	get mainLoop(): number {
		return this.metrics.cpu.mainLoop;
	}

	/** The clients that use the control queue, which is what most metrics are about. */
	get controlClients(): readonly ClientSpec[] {
		return this.configuration.clients.filter(client => usesQueue(client, 'control'));
	}

	/** The stage in which a command spends most of its life. */
	get largestStage(): {name: string; share: number; mean: number} {
		let largest = {name: 'prepare', share: 0, mean: 0};
		for (const [name, stage] of Object.entries(this.metrics.latency.stages)) {
			const share = stage.share ?? 0;
			largest = share > largest.share ? {name, share, mean: stage.mean ?? 0} : largest;
		}

		return largest;
	}

	/** A stage's mean (us) and share; zeros when no command ended. */
	stage(name: StageName): {mean: number; share: number} {
		const {mean, share} = this.metrics.latency.stages[name];
		return {mean: mean ?? 0, share: share ?? 0};
	}

	/** A parameter that is a number; 0 when it is something else. */
	number(key: string): number {
		const value = this.configuration.parameters[key];
		return typeof value === 'number' ? value : 0;
	}

	/** A parameter that is a choice; empty when it is something else. */
	choice(key: string): string {
		const value = this.configuration.parameters[key];
		return typeof value === 'string' ? value : '';
	}
}
