import {threadState} from '../cpu/thread.js';
import {type Machine} from './machine.js';
import {type Stall, stallOf} from './stall.js';

/** Nothing may end for so long while somebody runs, ns. */
const patience = 100_000_000;

/** Looks that must have seen it, so that one at a long interval does not condemn a run. */
const leastLooks = 5;

/**
Work that ends later than this is work, and no running in circles: no
segment of a spinner is so long, ns.
*/
const longSegment = 2_000_000;

/**
Watches for a livelock: commands exist, none gets its response for 100 ms, and at every look
somebody runs, but nobody is at a long piece of work, no fault lasts and no fence is awaited.
It is asked at intervals, of the run's simulated time only.
*/
export class Livelock {
	private released = -1;
	private since = 0;
	private looks = 0;

	/** Looks at the machine at its time; the livelock, or null. */
	look(machine: Machine): Stall | null {
		const {pool, guest} = machine;
		const {now} = guest.core.loop;
		if (
			pool.live === 0 ||
			pool.released !== this.released ||
			now < this.since ||
			!isRunning(machine) ||
			isAtWork(machine)
		) {
			this.released = pool.released;
			this.since = now;
			this.looks = 0;
			return null;
		}

		this.looks++;
		if (now - this.since < patience || this.looks < leastLooks) {
			return null;
		}

		const [first] = guest.core.queues;
		const queue = guest.core.queues.find(({ring}) => ring.numFree < ring.size) ?? first;
		return stallOf(queue, 'livelock', -1, 0);
	}
}

/** Some guest thread, or who serves the device, has or wants a CPU. */
function isRunning({guest, host}: Machine): boolean {
	return guest.core.cpus.cpus.some(({current}) => current >= 0) || host.core.server.state !== threadState.sleeping;
}

/**
Somebody's work, a fault or the GPU ends by itself, and later than a spinner would look again.
*/
function isAtWork({guest, host, faults}: Machine): boolean {
	const {queue, now} = guest.core.loop;
	const isLong = (timer: number): boolean => {
		const time = queue.timeOf(timer);
		return time < Infinity && time > now + longSegment;
	};

	return (
		guest.core.cpus.cpus.some(({segmentTimer}) => isLong(segmentTimer)) ||
		host.core.cpus.cpus.some(({segmentTimer}) => isLong(segmentTimer)) ||
		isLong(host.backends.mapped.timer) ||
		queue.isArmed(host.gpu.gpuTimer) ||
		(host.gpu.fences.count > 0 && queue.isArmed(host.gpu.pollTimer)) ||
		faults.isLasting
	);
}
