import {
	keyOf, queueOfAction, queueOfWork, threadName,
} from '../calibration/guest-recording.js';
import {type TraceEvent} from '../reader/trace-event.js';
import {type RecordingMeter} from './recording-meter.js';

/** Threads whose latest queue is remembered, for doorbell probes that do not fetch it. */
const mostThreads = 4096;

/** Feeds the events of a guest's recording to a meter. */
export class TraceFeed {
	/** Events that the meter knew what to do with. */
	used = 0;
	private readonly meter: RecordingMeter;
	private readonly latestQueue = new Map<string, number>();
	private ordinal = 0;
	/** The driver's own marks say who waits for qlock; contention events only that someone waits. */
	private hasMarks = false;

	constructor(meter: RecordingMeter) {
		this.meter = meter;
	}

	add(event: TraceEvent): void {
		const {payload, time, comm, pid} = event;
		const {meter} = this;
		const thread = threadName(comm, pid);
		this.used++;
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events say nothing about queues
		switch (payload.name) {
			case 'virtio_gpu_cmd_queue': {
				if (payload.queue <= 1) {
					this.remember(thread, payload.queue);
					meter.published(time, payload.queue, keyOf(payload, ++this.ordinal), payload.type, payload.numFree);
				}

				break;
			}

			case 'virtio_gpu_cmd_response': {
				if (payload.queue <= 1) {
					meter.responded(time, payload.queue, keyOf(payload, -1), payload.numFree, thread, payload.seqno === null);
				}

				break;
			}

			case 'notify_in': {
				// Other virtio devices ring with the same function; those that submit here ring for us.
				const queue = this.latestQueue.get(thread);
				if (queue !== undefined && (payload.queue ?? queue) <= 1) {
					meter.kick(time, payload.queue ?? queue);
				}

				break;
			}

			case 'irq_handler_entry': {
				const queue = queueOfAction(payload.action);
				if (queue !== null) {
					meter.irq(time, queue);
				}

				break;
			}

			case 'workqueue_queue_work': {
				const queue = queueOfWork(payload.work);
				if (queue !== null) {
					meter.workQueued(time, queue);
				}

				break;
			}

			case 'workqueue_execute_start': {
				const queue = queueOfWork(payload.work);
				if (queue !== null) {
					meter.workStarted(time, queue, thread);
				}

				break;
			}

			case 'workqueue_execute_end': {
				if (meter.isRunning(thread)) {
					meter.workEnded(time, thread);
				}

				break;
			}

			case 'qlock_wait_begin': {
				this.hasMarks = true;
				meter.waitBegun(time, thread, payload.who === 'worker', payload.holder === 'in_notify');
				break;
			}

			case 'qlock_wait_end': {
				meter.waitEnded(time, thread);
				break;
			}

			case 'contention_begin': {
				const isWorker = meter.isRunning(thread);
				if (!this.hasMarks && payload.flags === 'SPIN' && (isWorker || this.latestQueue.has(thread))) {
					meter.waitBegun(time, thread, isWorker, false);
				}

				break;
			}

			case 'contention_end': {
				if (!this.hasMarks) {
					meter.waitEnded(time, thread);
				}

				break;
			}

			default: {
				this.used--;
			}
		}
	}

	private remember(thread: string, queue: number): void {
		if (this.latestQueue.size >= mostThreads && !this.latestQueue.has(thread)) {
			this.latestQueue.delete(this.latestQueue.keys().next().value ?? '');
		}

		this.latestQueue.set(thread, queue);
	}
}
