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
import {type FeedSubject, feedSubject} from './feed-subject.js';
import {LatestQueues} from './latest-queues.js';
import {OtherDevices} from './other-devices.js';
import {type RecordingMeter} from './recording-meter.js';

/** Threads in a run of a work that are remembered; more are a sign of lost events. */
const mostThreads = 4096;

/** Events that are looked at before anything is measured: they tell the device, and what is its. */
const mostHead = 4096;

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
	private subject: FeedSubject | null = null;
	private readonly others = new OtherDevices();
	private readonly latestQueue = new LatestQueues();
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
		return this.subject === null ? '' : this.others.words(this.subject.name);
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

		const subject = feedSubject(head, this.asked);
		if (subject === null) {
			// Nothing can be said of interrupts and doorbells without a device: the newest
			// may belong to one that comes.
			if (head.length >= mostHead) {
				this.head = head.slice(mostHead / 2);
			}

			return;
		}

		this.subject = subject;
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
		switch (payload.name) {
			case 'virtio_gpu_cmd_queue': {
				if (payload.device !== subject.device) {
					this.other(event, '');
				} else if (payload.queue <= 1) {
					this.latestQueue.set(event.pid, payload.queue);
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
				const queue = this.latestQueue.of(event.pid);
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
				if (
					!this.hasMarks &&
					payload.flags === 'SPIN' &&
					(isWorker || this.latestQueue.of(event.pid) !== undefined)
				) {
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

	private interrupt(event: TraceEvent, {roles, device}: FeedSubject): void {
		const {payload, time} = event;
		const {meter} = this;
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
	private learn(event: TraceEvent, {device}: FeedSubject, queue: number): void {
		const responses = this.running.get(threadOf(event))?.responses;
		if (responses !== undefined) {
			const key = keyOfQueue(device, queue);
			responses.set(key, (responses.get(key) ?? 0) + 1);
		}
	}

	private other({payload}: TraceEvent, machine: string): void {
		this.used--;
		if (payload.name === 'virtio_gpu_cmd_queue') {
			this.others.add(`${machine}${payload.device}`);
		}
	}
}
