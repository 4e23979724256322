import {type TraceEvent} from '../reader/trace-event.js';
import {type IrqLine, keyOfQueue, type MachineRoles, placeOf, threadOf, type Work} from '../roles/machine-roles.js';
import {type ThreadNames} from '../roles/thread-names.js';
import {mostCommands, type RecordedRun} from './recorded.js';

/**
Interrupts of a line that queued nothing of ours yet; a line with so many is another device's.
*/
const mostUndecided = 256;

/** An interrupt, before it is known whose it is. */
export type RawIrq = {
	readonly line: IrqLine;
	readonly cpu: number;
	readonly isIdle: boolean;
	readonly entry: number;
	exit: number | null;
	isHandled: boolean;
	works: Array<{readonly work: Work; readonly time: number}> | null;
};

/** A run of a work that has not ended; `parts`: what each queue has of it. */
export type RawRun = {
	readonly work: Work;
	readonly cpu: number;
	readonly start: number;
	readonly queued: number | null;
	readonly isIdle: boolean;
	lockWait: number;
	readonly parts: Map<number, RecordedRun>;
};

/** Interrupts of one machine, and the runs of the works that they queue. */
export class WorkRuns {
	readonly irqs = new Map<IrqLine, RawIrq[]>();
	/** Runs without a response: whose they are shows in other runs of their work. */
	readonly empty: Array<{readonly work: Work; readonly run: RecordedRun}> = [];
	irqCount = 0;
	private readonly handled = new Map<number, RawIrq>();
	private readonly running = new Map<number, RawRun>();
	private readonly ignored = new Set<IrqLine>();

	constructor(
		private readonly roles: MachineRoles,
		private readonly threads: ThreadNames,
	) {}

	/** The run that the thread is in. */
	runOf(thread: number): RawRun | undefined {
		return this.running.get(thread);
	}

	/** An event of an interrupt or of a work; others are nothing here. */
	add(event: TraceEvent): void {
		const {payload, time, cpu, pid} = event;
		switch (payload.name) {
			case 'irq_handler_entry': {
				this.interrupted(event, this.roles.line(payload.irq, payload.action));
				break;
			}

			case 'irq_handler_exit': {
				const irq = this.handled.get(placeOf(event));
				if (irq !== undefined) {
					irq.exit = time;
					irq.isHandled = payload.handled;
					this.handled.delete(placeOf(event));
				}

				break;
			}

			case 'workqueue_queue_work': {
				const work = this.roles.work(payload);
				this.roles.hasQueueing = true;
				work.queuedAt = time;
				work.queuedIdle = pid === 0;
				const irq = this.handled.get(placeOf(event));
				if (irq !== undefined) {
					(irq.works ??= []).push({work, time});
					irq.line.works.set(work, (irq.line.works.get(work) ?? 0) + 1);
				}

				break;
			}

			case 'workqueue_execute_start': {
				const work = this.roles.work(payload);
				this.threads.see(pid, event.comm);
				this.running.set(threadOf(event), {
					work,
					cpu,
					start: time,
					queued: work.queuedAt,
					isIdle: work.queuedIdle,
					lockWait: 0,
					parts: new Map(),
				});
				work.queuedAt = null;
				break;
			}

			case 'workqueue_execute_end': {
				const thread = threadOf(event);
				const run = this.running.get(thread);
				if (run !== undefined) {
					this.running.delete(thread);
					this.ended(run, time);
				}

				break;
			}

			default:
		}
	}

	private interrupted(event: TraceEvent, line: IrqLine): void {
		if (this.ignored.has(line)) {
			return;
		}

		const irq: RawIrq = {
			line,
			cpu: event.cpu,
			isIdle: event.pid === 0,
			entry: event.time,
			exit: null,
			isHandled: true,
			works: null,
		};
		this.handled.set(placeOf(event), irq);
		const irqs = this.irqs.get(line);
		if (irqs === undefined) {
			this.irqs.set(line, [irq]);
			return;
		}

		irqs.push(irq);
		this.irqCount++;
		if (
			irqs.length === mostUndecided &&
			!line.action.startsWith('virtio') &&
			irqs.every(({works}) => works === null || works.every(({work}) => this.roles.queueOf(work) === null))
		) {
			this.irqs.delete(line);
			this.ignored.add(line);
		}
	}

	private ended({work, cpu, start, queued, isIdle, lockWait, parts}: RawRun, time: number): void {
		for (const run of parts.values()) {
			run.end = time;
		}

		if (
			parts.size === 0 &&
			this.empty.length < 2 * mostCommands &&
			(work.responses.size > 0 || work.function.startsWith('virtio_gpu_'))
		) {
			this.empty.push({
				work,
				run: {
					queue: -1,
					cpu,
					start,
					queued,
					isIdle,
					end: time,
					responses: [],
					lockWait,
				},
			});
		}
	}

	/** The part of a run that a queue has; two devices' responses may come in one run. */
	partOf(run: RawRun, device: {readonly number: number; readonly runs: RecordedRun[]}, queue: number): RecordedRun {
		const key = keyOfQueue(device.number, queue);
		const {responses} = run.work;
		responses.set(key, (responses.get(key) ?? 0) + 1);
		const known = run.parts.get(key);
		if (known !== undefined) {
			return known;
		}

		const {cpu, start, queued, isIdle, lockWait} = run;
		const part: RecordedRun = {
			queue,
			cpu,
			start,
			queued,
			isIdle,
			end: null,
			responses: [],
			lockWait,
		};
		run.parts.set(key, part);
		device.runs.push(part);
		return part;
	}

	/** The thread has waited so long (ns) for the lock; that counts where it is in a run. */
	waited(thread: number, time: number): void {
		const run = time === 0 ? undefined : this.running.get(thread);
		if (run !== undefined) {
			run.lockWait += time;
			for (const part of run.parts.values()) {
				part.lockWait += time;
			}
		}
	}
}
