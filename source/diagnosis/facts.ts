import {profileOf} from '../simulation/devices.js';
import {type QueueProfile} from '../devices/profile.js';
import {backendOf} from '../host/backends/backends.js';
import {type BackendTraits} from '../host/backends/backend-traits.js';
import {roundOf, usesQueue} from '../parameters/client-queues.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type ParameterKey, type ResolvedParameters} from '../simulation/parameters/table.js';
import {type Metrics, type QueueMetrics, type StageName, type WaitName} from '../metrics/metrics.js';
import {type VcpuUse} from './vcpu-use.js';

/**
One cause's part of the life of a queue's commands: us, and shares of the mean
and of the slowest in a hundred.
*/
export type Wait = {
	readonly mean: number;
	readonly share: number;
	readonly tail: number;
	readonly tailShare: number;
	readonly count: number;
	/** More than half of the mean response or of the tail's. */
	readonly dominates: boolean;
	/** Of the metrics of its queue: empty or `cursor.`. */
	readonly prefix: string;
};

/**
A cause that makes more than this share of a response is what a user complains of
(docs/contract.md, section 6).
*/
const dominant = 0.5;

/** Cursor commands take so little that half of that is soon gone. */
const dominantForCursor = 0.75;

/** One that makes this share is worth a word when it explains something else. */
const large = 0.3;

/** Metrics and parameters with the figures that several verdicts look at. */
export class Facts {
	readonly vcpus: readonly VcpuUse[];

	constructor(
		readonly metrics: Metrics,
		readonly configuration: Configuration,
	) {
		this.vcpus = metrics.cpu.vcpus.map((vcpu, index) => {
			const {guest, spin, blocked} = vcpu;
			const exit = vcpu.exit + blocked;
			const idle = vcpu.idle + vcpu.poll;
			return {
				index,
				guest,
				spin,
				exit,
				blocked,
				idle,
				busy: guest + spin + exit,
			};
		});
	}

	/** The vCPU that has the least time left. */
	get busiestVcpu(): VcpuUse {
		let busiest = {
			index: 0,
			guest: 0,
			spin: 0,
			exit: 0,
			blocked: 0,
			idle: 1,
			busy: 0,
		};
		for (const vcpu of this.vcpus) {
			busiest = vcpu.busy > busiest.busy ? vcpu : busiest;
		}

		return busiest;
	}

	/** Who serves the device: main loop, gpu worker… */
	get server(): string {
		return this.backend.serverName;
	}

	/** Who implements the device. */
	get backend(): BackendTraits {
		return backendOf(this.value('host.backend'));
	}

	/** The queue that most metrics are about. */
	get queue(): QueueProfile {
		const [first] = profileOf(this.value('device.kind')).queues;
		return first;
	}

	/** Who takes used buffers back, as people call it. */
	get reaper(): string {
		return this.queue.reaper === 'kworker' ? 'Dequeue worker' : 'Interrupt handler';
	}

	/**
	Whether a doorbell goes to user space on the vCPU's thread, and an eventfd would spare it that.
	*/
	get wouldUseEventfd(): boolean {
		return !this.value('host.ioeventfd') && !this.backend.sets.ownEventfd && this.value('host.accel') === 'kvm';
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

	/** Queues that have clients: control, then cursor. */
	get queues(): ReadonlyArray<{readonly prefix: string; readonly metrics: QueueMetrics}> {
		const {metrics} = this;
		const control = {prefix: '', metrics};
		const cursor = metrics.cursor === null ? [] : [{prefix: 'cursor.', metrics: metrics.cursor}];
		return this.controlClients.length > 0 || cursor.length === 0 ? [control, ...cursor] : cursor;
	}

	/**
	A path of the queue that most is about: the control queue, unless only the cursor has clients.
	*/
	path(path: string): string {
		return `${this.queues[0].prefix}${path}`;
	}

	/** Commands a second that are asked for, of the queue that most is about; and of both. */
	get asked(): number {
		return this.queues[0].metrics.throughput.asked;
	}

	get askedOfAll(): number {
		return this.sum(({throughput}) => throughput.asked);
	}

	get done(): number {
		return this.queues[0].metrics.throughput.completed;
	}

	/** Commands of both queues that were never answered (`latency.unfinished`). */
	get unfinished(): number {
		return this.sum(({latency}) => latency.unfinished);
	}

	/** Responses of both queues in the measured time. */
	get responses(): number {
		return this.sum(({latency}) => latency.count);
	}

	/** Measured time, s; 0 when nothing was answered in it. */
	get seconds(): number {
		const rate = this.sum(({throughput}) => throughput.completed);
		return rate > 0 ? this.responses / rate : 0;
	}

	/** The longest life or age of a command of either queue, us. */
	get longest(): number {
		return Math.max(...this.queues.map(({metrics}) => metrics.latency.max ?? 0));
	}

	/** Mean of the slowest responses in a hundred, us: the larger one of the queues. */
	get slowest(): number {
		return Math.max(...this.queues.map(({metrics}) => tailOf(metrics)));
	}

	/** Less was done than asked for, by more than chance and what is under way explain. */
	get isShort(): boolean {
		if (this.seconds === 0) {
			return this.askedOfAll > 0;
		}

		return this.queues.some(({metrics: {throughput, ring}, prefix}) => {
			let burst = 1;
			let rounds = 0;
			for (const client of this.configuration.clients) {
				const round = roundOf(client, prefix === '' ? 'control' : 'cursor');
				burst = Math.max(burst, round * (client.burst ?? 1));
				rounds += client.threads * round * (client.burst ?? 1);
			}

			const asked = throughput.asked * this.seconds;
			// Arrivals scatter as the root of their number, in bursts.
			return (
				asked - throughput.completed * this.seconds >
				(ring.inFlight.max ?? 0) + rounds + 2 * Math.sqrt(asked * burst)
			);
		});
	}

	/** The wait for one cause, in the queue where it is the larger part of a response. */
	largestWait(name: WaitName): Wait {
		let largest: Wait | undefined;
		for (const {prefix, metrics} of this.queues) {
			const {waits, count} = metrics.latency;
			const {mean, share, tail} = waits[name];
			const all = tailOf(metrics);
			const wait = {
				mean: mean ?? 0,
				share: share ?? 0,
				tail: tail ?? 0,
				tailShare: all === 0 ? 0 : (tail ?? 0) / all,
				count,
				prefix,
			};
			const most = prefix === '' ? dominant : dominantForCursor;
			const dominates = wait.share > most || wait.tailShare > most;
			if (
				largest === undefined ||
				Math.max(wait.share, wait.tailShare) > Math.max(largest.share, largest.tailShare)
			) {
				largest = {...wait, dominates};
			}
		}

		return (
			largest ?? {
				mean: 0,
				share: 0,
				tail: 0,
				tailShare: 0,
				count: 0,
				dominates: false,
				prefix: '',
			}
		);
	}

	/** The wait for one cause in the control queue. */
	wait(name: WaitName): {readonly mean: number; readonly share: number} {
		const {mean, share} = this.metrics.latency.waits[name];
		return {mean: mean ?? 0, share: share ?? 0};
	}

	/** Some vblank came without its frame. */
	get missesFrames(): boolean {
		return Object.values(this.metrics.frames ?? {}).some(({missed}) => missed > 0);
	}

	isLarge({share, tailShare}: Wait): boolean {
		return share > large || tailShare > large;
	}

	/** A stage's mean (us) and share; zeros when no command ended. */
	stage(name: StageName): {mean: number; share: number} {
		const {mean, share} = this.metrics.latency.stages[name];
		return {mean: mean ?? 0, share: share ?? 0};
	}

	/** The value of a parameter. */
	value<Key extends ParameterKey>(key: Key): ResolvedParameters[Key] {
		return this.configuration.parameters[key];
	}

	private sum(figure: (queue: QueueMetrics) => number): number {
		let sum = 0;
		for (const {metrics} of this.queues) {
			sum += figure(metrics);
		}

		return sum;
	}
}

/** Mean life of the slowest commands in a hundred, us. */
function tailOf({latency}: QueueMetrics): number {
	let sum = 0;
	for (const {tail} of Object.values(latency.stages)) {
		sum += tail ?? 0;
	}

	return sum;
}
