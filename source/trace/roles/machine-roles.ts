import {type TraceEvent, type WorkPayload} from '../reader/trace-event.js';
import {irqNameOf, queueOfWork} from './work-names.js';

/**
Works and interrupt lines that are told apart: a machine has some thousands of works
at most, most of them not ours.
*/
const mostWorks = 4096;
const mostLines = 4096;
const mostSharing = 64;

/** A queue of one device: `device` is the kernel's number, `queue` 0 control or 1 cursor. */
export type QueueOf = {readonly device: number; readonly queue: number};

/**
A work_struct: what drains a queue shows in the responses that come inside its runs,
however its function is printed.
*/
export type Work = {
	readonly function: string;
	/** Responses inside its runs, by `keyOfQueue`. */
	readonly responses: Map<number, number>;
	/**
	When it was queued last, and whether its CPU was idle; null when the recording does not say.
	*/
	queuedAt: number | null;
	queuedIdle: boolean;
};

/** An interrupt line: whose it is shows in the works that its handler queues. */
export type IrqLine = {
	readonly irq: number;
	readonly action: string;
	/** By work: how often it was queued inside. */
	readonly works: Map<Work, number>;
};

/** One number for a queue of a device. */
export function keyOfQueue(device: number, queue: number): number {
	return 2 * device + queue;
}

/**
The place where an interrupt runs: its CPU, or where lines have none the thread that it interrupted.
*/
export function placeOf({cpu, pid}: TraceEvent): number {
	return cpu >= 0 ? cpu : -2 - pid;
}

/** A thread's number; the idle threads, which all have 0, by their CPU. */
export function threadOf({cpu, pid}: TraceEvent): number {
	return pid > 0 ? pid : -2 - Math.max(0, cpu);
}

/**
Which works and interrupts of a machine belong to which queue. It is learned: the worker
of a queue is the work inside which its responses come, and its interrupt is the one
inside which that work is queued, on any transport and vector layout. Names decide only
where the recording has no such events.
*/
export class MachineRoles {
	readonly works = new Map<string, Work>();
	/** By number: the lines of one, which several devices may share. */
	readonly lines = new Map<number, IrqLine[]>();
	/** Devices whose commands were seen. */
	readonly devices = new Set<number>();
	hasQueueing = false;

	/** The work of an event; new when it was not seen before. */
	work({work, address}: WorkPayload): Work {
		// Early in boot all addresses print alike.
		const key = address === '' || address.startsWith('(_') ? work : address;
		const known = this.works.get(key);
		if (known !== undefined) {
			return known;
		}

		if (this.works.size >= mostWorks) {
			this.forgetOthers();
		}

		const added: Work = {
			function: work,
			responses: new Map(),
			queuedAt: null,
			queuedIdle: false,
		};
		this.works.set(key, added);
		return added;
	}

	line(irq: number, action: string): IrqLine {
		const lines = this.lines.get(irq);
		const known = lines?.find(line => line.action === action);
		if (known !== undefined) {
			return known;
		}

		const added: IrqLine = {irq, action, works: new Map()};
		if (lines !== undefined && lines.length < mostSharing) {
			lines.push(added);
		} else if (this.lines.size < mostLines) {
			this.lines.set(irq, [added]);
		}

		return added;
	}

	/**
	The queue that a work drains: that of most responses in its runs, or by its name where
	there is no doubt about the device.
	*/
	queueOf(work: Work): QueueOf | null {
		let best: number | null = null;
		let most = 0;
		for (const [key, count] of work.responses) {
			if (count > most) {
				best = key;
				most = count;
			}
		}

		if (best !== null) {
			return {device: Math.floor(best / 2), queue: best % 2};
		}

		const named = queueOfWork(work.function);
		const [only] = this.devices;
		return named === null || this.devices.size !== 1 ? null : {device: only, queue: named};
	}

	/**
	Whether a work drains a queue of a device, perhaps beside others: two devices'
	responses may come in one run.
	*/
	drains(work: Work, device: number): number | null {
		const control = work.responses.get(keyOfQueue(device, 0)) ?? 0;
		const cursor = work.responses.get(keyOfQueue(device, 1)) ?? 0;
		if (control + cursor > 0) {
			return control >= cursor ? 0 : 1;
		}

		const owner = this.queueOf(work);
		return owner?.device === device ? owner.queue : null;
	}

	/**
	The queue of a device that an interrupt is for when it queued no work (because that was queued
	already); null when it is another's.
	*/
	queueOfLine(line: IrqLine, device: number): number | null {
		let best: number | null = null;
		let most = 0;
		for (const [work, count] of line.works) {
			const queue = this.drains(work, device);
			if (queue !== null && count > most) {
				best = queue;
				most = count;
			}
		}

		if (best !== null) {
			return best;
		}

		const name = irqNameOf(line.action);
		if (name === null || (name.device !== device && this.devices.size > 1)) {
			return null;
		}

		if (name.queue !== null) {
			return name.queue;
		}

		// A vector of all queues whose handler queues nothing that we know of is another device's,
		// unless queueing was not recorded.
		return this.hasQueueing || name.device !== device ? null : 0;
	}

	/**
	Whether an interrupt line serves both queues of a device: which one an
	interrupt is for shows only inside.
	*/
	isShared(line: IrqLine, device: number): boolean {
		const queues = new Set<number>();
		for (const work of line.works.keys()) {
			const queue = this.drains(work, device);
			if (queue !== null) {
				queues.add(queue);
			}
		}

		return queues.size > 1;
	}

	private forgetOthers(): void {
		for (const [key, work] of this.works) {
			if (work.responses.size === 0 && queueOfWork(work.function) === null) {
				this.works.delete(key);
			}
		}
	}
}
