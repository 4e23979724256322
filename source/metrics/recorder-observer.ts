import {type CommandPool} from '../devices/command-pool.js';
import {type Observer} from '../tracepoints/observer.js';
import {lockRole, pauseKind} from '../tracepoints/tracepoints.js';
import {type Causes} from './causes.js';
import {type CommandTracker} from './command-tracker.js';
import {type CounterLayout, queueCounter} from './counters.js';
import {type LockTracker} from './lock-tracker.js';
import {type MachineTracker} from './machine-tracker.js';
import {pauseNames} from './metric-names.js';
import {type RingTracker} from './ring-tracker.js';

/** Who is told of tracepoints in a recorder. */
type Parts = {
	readonly counters: Float64Array;
	readonly layout: CounterLayout;
	readonly pool: CommandPool;
	readonly commands: CommandTracker;
	readonly locks: readonly [LockTracker, LockTracker];
	readonly rings: readonly [RingTracker, RingTracker];
	readonly machine: MachineTracker;
	readonly causes: Causes;
	/** By vCPU: when its last doorbell write started. Part of a recorder's image. */
	readonly doorbells: Float64Array;
	/** New rings are in place. */
	readonly renewRings: (time: number) => void;
};

/**
What a recorder does at each tracepoint. One handler a point: it is called twice an event, and each
further listener of a point would cost as much as what it counts.
*/
export function recorderObserver(parts: Parts): Observer {
	return {...submission(parts), ...lock(parts), ...host(parts), ...machine(parts), ...completion(parts)};
}

function submission({counters, layout, pool, commands, rings, causes}: Parts): Observer {
	const {frames, waits} = causes;
	return {
		commandStarted(time, thread, command, due) {
			commands.started(time, thread, command, due, pool.queue[command]);
			causes.started(thread, command);
		},
		noRoom(_time, _thread, command) {
			commands.noRoom(command);
		},
		roomWait(_time, _thread, queue) {
			counters[layout.queue(queue) + queueCounter.fullWaits]++;
		},
		busyError(time, thread, command) {
			counters[layout.queue(commands.queueOf(command)) + queueCounter.busyErrors]++;
			commands.dropped(command);
			frames.ended(time, thread, command, true);
		},
		freeAtAdd(_time, _thread, queue, numFree) {
			counters[layout.queue(queue) + queueCounter.freeAtAdd] += numFree;
			counters[layout.queue(queue) + queueCounter.adds]++;
		},
		published(time, _thread, command, numFree) {
			const queue = commands.queueOf(command);
			commands.published(time, command);
			rings[queue].change(time, numFree, 1);
			counters[layout.queue(queue) + queueCounter.submitted]++;
			waits.published(time, command, pool.context[command]);
		},
		kickPrepared(_time, _thread, queue, answer) {
			if (answer === 2) {
				counters[layout.queue(queue) + queueCounter.suppressed]++;
			}
		},
	};
}

function lock({commands, locks}: Parts): Observer {
	return {
		lockCalled(time, thread, _queue, role) {
			if (role === lockRole.submit) {
				commands.lockCalled(time, thread);
			}
		},
		lockContended(time, thread, queue, role) {
			locks[queue].contended(time, thread, role);
		},
		lockAcquired(time, thread, queue, role) {
			locks[queue].acquired(time, thread, role);
			if (role === lockRole.submit) {
				commands.lockReturned(time, thread);
			} else if (role === lockRole.worker) {
				commands.workLocked(time, queue);
			}
		},
		lockReleased(time, _thread, queue) {
			locks[queue].released(time);
		},
		lockHalted(time, thread, queue) {
			locks[queue].halt(time, thread);
		},
		lockResumed(time, thread, queue) {
			locks[queue].resume(time, thread);
		},
	};
}

function host({counters, layout, pool, commands, locks, causes, doorbells}: Parts): Observer {
	const {waits} = causes;
	return {
		doorbellStarted(time, thread, queue, vcpuAndForced) {
			const forced = (vcpuAndForced & 1) === 1;
			const vcpu = vcpuAndForced >> 1;
			counters[layout.queue(queue) + queueCounter.kicks]++;
			if (forced) {
				counters[layout.queue(queue) + queueCounter.forced]++;
			}

			doorbells[vcpu] = time;
			locks[queue].doorbell(thread, forced);
			waits.doorbellStarted(vcpu);
		},
		doorbellDelivered(time, vcpu, queue, lost) {
			if (lost === 0) {
				commands.delivered(time, queue, vcpu < 0 ? time : doorbells[vcpu]);
			}

			causes.delivered(time, vcpu, queue, lost === 1);
		},
		doorbellReturned(_time, thread, queue) {
			locks[queue].doorbellReturned(thread);
		},
		passStarted(time, _server, queue) {
			commands.passStarted(time, queue);
			waits.passStarted(queue);
		},
		popped(_time, _server, command) {
			commands.popped(command);
			waits.popped(command, commands.queueOf(command));
		},
		serviceStarted(time, _server, command) {
			commands.serviceStarted(time, command);
			waits.serviceStarted(time, command, pool.context[command]);
		},
		fenceQueued(time, _server, command) {
			commands.fenceQueued(time, command);
			waits.serviceEnded(time, command);
		},
		usedPublished(time, _server, command) {
			commands.used(time, command);
			waits.serviceEnded(time, command);
			if (pool.fenced[command] === 1) {
				waits.signalled(command, pool.gpuDone[command]);
			}
		},
	};
}

function machine({machine: tracker, causes}: Parts): Observer {
	const {pauses, waits} = causes;
	return {
		exit(_time, _vcpu, kind) {
			tracker.exit(kind);
		},
		vcpuState(time, vcpu, state) {
			tracker.vcpuState(time, vcpu, state);
		},
		mainLoopOnCpu(time, _server, _nothing, on) {
			tracker.mainLoopOnCpu(time, on);
		},
		bqlContended(time, thread) {
			tracker.bqlContended(time);
			waits.bqlContended(time, thread);
		},
		bqlAcquired(time, thread, holder, contended) {
			tracker.bqlAcquired(time, holder, contended);
			waits.bqlAcquired(time, thread, contended);
		},
		bqlReleased(time) {
			tracker.bqlReleased(time);
		},
		pauseBegan(time, _vcpu, kind) {
			pauses.begin(time, pauseOf(kind));
		},
		pauseEnded(time, _vcpu, kind) {
			pauses.end(time, pauseOf(kind));
		},
	};
}

function completion({counters, layout, pool, commands, rings, causes, renewRings}: Parts): Observer {
	const {frames, pauses, waits} = causes;
	return {
		msiSent(time, _server, queue, lost) {
			counters[layout.queue(queue) + queueCounter.msis]++;
			if (lost === 1) {
				causes.irqLost(time, queue);
			}
		},
		irqEntered(time, _vcpu, queue, found) {
			counters[layout.queue(queue) + queueCounter.irqs]++;
			if (found === 0) {
				counters[layout.queue(queue) + queueCounter.spurious]++;
			}

			commands.irqEntered(time, queue);
			causes.irqEntered(time, queue);
		},
		workQueued(time, _vcpu, queue, pending) {
			if (pending === 0) {
				commands.workQueued(queue);
				waits.workQueued(time, queue);
			}
		},
		workStarted(time, _thread, queue) {
			counters[layout.queue(queue) + queueCounter.workerRuns]++;
			commands.workStarted(time, queue);
			waits.workStarted(time, queue);
		},
		reaped(time, _thread, command, numFree) {
			const queue = commands.queueOf(command);
			commands.reaped(command);
			rings[queue].change(time, numFree, -1);
			counters[layout.queue(queue) + queueCounter.workerBuffers]++;
			waits.reaped(command, queue);
		},
		workDrained(time, _thread, queue) {
			commands.workDrained(time, queue);
			waits.workDrained(time, queue);
		},
		workEnded(time, _thread, queue) {
			causes.ran(waits.workEnded(time, queue), queue);
		},
		responded(time, _thread, command) {
			const queue = commands.queueOf(command);
			counters[layout.queue(queue) + queueCounter.completed]++;
			commands.responded(time, command);
			pauses.answered();
			waits.responded(time, command, queue, commands);
			frames.ended(time, pool.thread[command], command, false);
		},
		reset(time, _actor, _subject, begins) {
			if (begins === 0) {
				renewRings(time);
				causes.recovered(time);
			}
		},
	};
}

/** The number of a `pauseKind` among the kinds of pauses. */
function pauseOf(kind: number): number {
	switch (kind) {
		case pauseKind.host: {
			return pauseNames.indexOf('hostPause');
		}

		case pauseKind.renderer: {
			return pauseNames.indexOf('rendererBlock');
		}

		default: {
			return pauseNames.indexOf('vcpuPreempt');
		}
	}
}
