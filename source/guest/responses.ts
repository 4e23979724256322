import {type ThreadId} from '../cpu/ids.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {waitRule} from './batch.js';
import {type GuestCore} from './guest-core.js';
import {type Submitter} from './submitter.js';

/** What a command's response means to the client that waits for it. */
export class Responses {
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];

	constructor(core: GuestCore, submitters: readonly Submitter[]) {
		this.core = core;
		this.submitters = submitters;
	}

	/**
	A response callback has run in `worker` (or a command without one was
	reaped). The command is still there.
	*/
	responded(command: number, worker: ThreadId): void {
		const {pool, probe, loop, queues} = this.core;
		const id = pool.thread[command];
		const submitter = this.submitters[id];
		probe.emit(tracepoint.responded, worker, command, 0);
		submitter.outstanding -= queues[pool.queue[command]].responds ? 1 : 0;
		if (submitter.waitingFor !== 0 && this.isOver(submitter, submitter.waitingFor)) {
			submitter.waitingFor = 0;
			loop.cancel(submitter.pauseTimer);
			this.core.wake(this.core.cpus.threads[id], this.core.costs.contextSwitch.draw(), worker);
		}
	}

	/** Whether what the thread waits for (`waitRule`) has happened. */
	isOver(submitter: Submitter, wait: number): boolean {
		return wait === waitRule.fence ? submitter.unsignalled === 0 : submitter.outstanding === 0;
	}
}
