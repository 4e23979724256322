import {GuestRecording} from '../trace/recording/guest-recording.js';
import {commandKey} from '../trace/recording/command-key.js';
import {type TraceEvent, type WorkPayload} from '../trace/reader/trace-event.js';
import {
	type IrqLine,
	keyOfQueue,
	type MachineRoles,
	placeOf,
	threadOf,
	type Work,
} from '../trace/roles/machine-roles.js';
import {type RecordingMeter} from './recording-meter.js';

/** Threads whose latest queue is remembered, for doorbell probes that do not fetch it. */
const mostThreads = 4096;

/**
Events that are looked at before anything is measured: they tell the busiest device, and
which interrupts and works are its.
*/
const mostHead = 4096;

/** Devices that are counted beside the one that is measured. */
const mostOthers = 100;

/**
What the head of a recording tells: the device that is measured, and the roles on its machine.
*/
type Subject = {
	readonly name: string;
	readonly device: number;
	readonly machine: string;
	readonly roles: MachineRoles;
	readonly functions: ReadonlySet<string>;
};

/** An interrupt that is being handled: whether it was counted yet. */
type OpenIrq = {readonly line: IrqLine; isCounted: boolean};

/**
Feeds the events of one device of a guest's recording to a meter: the busiest of the first events,
or the one that was asked for.
*/
export class TraceFeed {
	/** Events that the meter knew what to do with. */
	used = 0;
	private readonly meter: RecordingMeter;
	private readonly asked: string | null;
	private head: TraceEvent[] | null = [];
	private subject: Subject | null = null;
	/** Commands of other devices, by their names. */
	private readonly others = new Map<string, number>();
	private readonly latestQueue = new Map<number, number>();
	private readonly handled = new Map<number, OpenIrq>();
	private readonly running = new Map<number, Work>();
	private ordinal = 0;
	/**
	The driver's own marks say who waits for qlock; contention events only that someone waits.
	*/
	private hasMarks = false;

	/** `device`: as `--device` names it. */
	constructor(meter: RecordingMeter, device: string | null = null) {
		this.meter = meter;
		this.asked = device;
	}

	/** The device that is measured; empty before one was found. */
	get device(): string {
		return this.subject?.name ?? '';
	}

	/** What else submits, in a line; empty when nothing does. */
	get words(): string {
		const others = [...this.others]
			.toSorted((a, b) => b[1] - a[1])
			.map(([name, count]) => `${name} (${count} commands)`);
		return others.length === 0 || this.subject === null
			? ''
			: `shown is the device ${this.subject.name}; also in the recording: ${others.join(', ')}: --device ` +
					'NAME picks one';
	}

	add(event: TraceEvent): void {
		if (this.head === null) {
			this.measure(event);
			return;
		}

		this.head.push(event);
		if (this.head.length >= mostHead) {
			this.decide();
		}
	}

	/**
	Measures what has come so far, when a device shows in it: for those who will not wait for more.
	*/
	decide(): void {
		const {head} = this;
		if (head === null) {
			return;
		}

		const guest = new GuestRecording(this.asked);
		for (const event of head) {
			guest.add(event);
		}

		const {roles} = guest;
		if (roles === null) {
			// Nothing can be said of interrupts and doorbells without a device: the newest
			// may belong to one that comes.
			if (head.length >= mostHead) {
				this.head = head.slice(mostHead / 2);
			}

			return;
		}

		this.subject = {
			name: guest.device,
			device: roles.device,
			machine: guest.machine,
			roles: roles.machine,
			functions: roles.functions,
		};
		this.head = null;
		for (const event of head) {
			this.measure(event);
		}
	}

	private measure(event: TraceEvent): void {
		const {subject} = this;
		if (subject === null) {
			return;
		}

		if (event.machine !== subject.machine) {
			this.other(event, `${event.machine}/`);
			return;
		}

		const {payload, time} = event;
		const {meter} = this;
		this.used++;
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events say nothing about queues
		switch (payload.name) {
			case 'virtio_gpu_cmd_queue': {
				if (payload.device !== subject.device) {
					this.other(event, '');
				} else if (payload.queue <= 1) {
					this.remember(event.pid, payload.queue);
					meter.published(
						time,
						payload.queue,
						commandKey(payload, ++this.ordinal),
						payload.type,
						payload.numFree,
					);
				}

				break;
			}

			case 'virtio_gpu_cmd_response': {
				if (payload.device === subject.device && payload.queue <= 1) {
					this.learn(event, subject, payload.queue);
					meter.responded(
						time,
						payload.queue,
						commandKey(payload, -1),
						payload.numFree,
						threadOf(event),
						payload.seqno === null,
					);
				}

				break;
			}

			case 'notify_in': {
				// Other virtio devices ring with the same function; those that submit here ring for
				// us. Of two probes inside each other one counts.
				const queue = this.latestQueue.get(event.pid);
				const isOuter = payload.function === 'virtqueue_notify' && subject.functions.size > 1;
				if (queue !== undefined && !isOuter && (payload.queue ?? queue) <= 1) {
					meter.kick(time, payload.queue ?? queue);
				}

				break;
			}

			case 'qlock_wait_begin': {
				this.hasMarks = true;
				meter.waitBegun(time, threadOf(event), payload.who === 'worker', payload.holder === 'in_notify');
				break;
			}

			case 'qlock_wait_end': {
				meter.waitEnded(time, threadOf(event));
				break;
			}

			case 'contention_begin': {
				const isWorker = meter.isRunning(threadOf(event));
				if (!this.hasMarks && payload.flags === 'SPIN' && (isWorker || this.latestQueue.has(event.pid))) {
					meter.waitBegun(time, threadOf(event), isWorker, false);
				}

				break;
			}

			case 'contention_end': {
				if (!this.hasMarks) {
					meter.waitEnded(time, threadOf(event));
				}

				break;
			}

			default: {
				this.interrupt(event, subject);
			}
		}
	}

	private interrupt(event: TraceEvent, {roles, device}: Subject): void {
		const {payload, time} = event;
		const {meter} = this;
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events say nothing about queues
		switch (payload.name) {
			case 'irq_handler_entry': {
				const line = roles.line(payload.irq, payload.action);
				const usual = roles.queueOfLine(line, device);
				const isCounted = usual !== null && !roles.isShared(line, device);
				this.handled.set(placeOf(event), {line, isCounted});
				if (isCounted) {
					meter.irq(time, usual);
				}

				break;
			}

			case 'irq_handler_exit': {
				const irq = this.handled.get(placeOf(event));
				this.handled.delete(placeOf(event));
				const usual =
					irq === undefined || irq.isCounted || !payload.handled ? null : roles.queueOfLine(irq.line, device);
				if (usual !== null) {
					meter.irq(time, usual);
				}

				break;
			}

			case 'workqueue_queue_work': {
				this.workQueued(event, payload, roles, device);
				break;
			}

			case 'workqueue_execute_start': {
				const work = roles.work(payload);
				const queue = roles.drains(work, device);
				if (this.running.size < mostThreads) {
					this.running.set(threadOf(event), work);
				}

				if (queue !== null) {
					meter.workStarted(time, queue, threadOf(event));
				}

				break;
			}

			case 'workqueue_execute_end': {
				this.running.delete(threadOf(event));
				if (meter.isRunning(threadOf(event))) {
					meter.workEnded(time, threadOf(event));
				}

				break;
			}

			default: {
				this.used--;
			}
		}
	}

	private workQueued(event: TraceEvent, payload: WorkPayload, roles: MachineRoles, device: number): void {
		const work = roles.work(payload);
		const queue = roles.drains(work, device);
		const irq = this.handled.get(placeOf(event));
		roles.hasQueueing = true;
		if (queue === null) {
			return;
		}

		if (irq !== undefined) {
			irq.line.works.set(work, (irq.line.works.get(work) ?? 0) + 1);
			if (!irq.isCounted) {
				irq.isCounted = true;
				this.meter.irq(event.time, queue);
			}
		}

		this.meter.workQueued(event.time, queue);
	}

	/** The work inside which a response comes is the worker's. */
	private learn(event: TraceEvent, {device}: Subject, queue: number): void {
		const responses = this.running.get(threadOf(event))?.responses;
		if (responses !== undefined) {
			const key = keyOfQueue(device, queue);
			responses.set(key, (responses.get(key) ?? 0) + 1);
		}
	}

	private other({payload}: TraceEvent, machine: string): void {
		this.used--;
		if (payload.name === 'virtio_gpu_cmd_queue') {
			const name = `${machine}${payload.device}`;
			if (this.others.size < mostOthers || this.others.has(name)) {
				this.others.set(name, (this.others.get(name) ?? 0) + 1);
			}
		}
	}

	private remember(pid: number, queue: number): void {
		if (this.latestQueue.size >= mostThreads && !this.latestQueue.has(pid)) {
			this.latestQueue.delete(this.latestQueue.keys().next().value ?? 0);
		}

		this.latestQueue.set(pid, queue);
	}
}
