import {type LastEvents} from '../../tracking/last-events.js';
import {vcpuState} from '../../tracepoints/tracepoints.js';
import {type Cycle} from './find-cycle.js';

/** What a lane shows: threads and CPUs first, owners of the lock last. */
export type LaneState =
	'run' | 'hold' | 'spin' | 'exit' | 'blocked' | 'idle' | 'irq' | 'wake' | 'off' | 'submitter' | 'worker';

/** From a time (ns) on, up to the next one. */
export type LaneChange = {readonly at: number; readonly state: LaneState};

export type Lane = {readonly name: string; readonly changes: readonly LaneChange[]};

export type CycleLanes = {
	readonly lanes: readonly Lane[];
	/** When the host published a used buffer, ns. */
	readonly pushes: readonly number[];
};

/** Collects what a lane shows, from a time on. */
class LaneWriter {
	private readonly written: LaneChange[] = [];

	constructor(
		readonly name: string,
		private readonly from: number,
	) {}

	write(time: number, state: LaneState): void {
		const last = this.written.at(-1);
		if (last?.state === state) {
			return;
		}

		if (time <= this.from || last?.at === time) {
			this.written.pop();
		}

		this.written.push({at: Math.max(time, this.from), state});
	}

	get lane(): Lane {
		return {name: this.name, changes: this.written};
	}
}

const states: Readonly<Record<number, LaneState>> = {
	[vcpuState.guest]: 'run',
	[vcpuState.spin]: 'spin',
	[vcpuState.exit]: 'exit',
	[vcpuState.poll]: 'idle',
	[vcpuState.blocked]: 'blocked',
	[vcpuState.idle]: 'idle',
	[vcpuState.stolen]: 'off',
};

/**
The lanes of a cycle from a time to another, ns: holder, worker, who serves
the device, owner of the lock.
*/
export function lanesOf(events: LastEvents, cycle: Cycle, server: string, from: number, to: number): CycleLanes {
	const submitter = new LaneWriter('submitter', from);
	const worker = new LaneWriter('worker', from);
	const host = new LaneWriter(server, from);
	const owner = new LaneWriter('qlock', from);
	const pushes: number[] = [];
	const vcpus = new Map<number, LaneState>();
	const workers = new Set<number>();
	let holder: number | undefined;
	let inIrq = false;
	let isOn = false;
	let isKicked = false;
	const {holder: thread, holderVcpu, workerVcpu} = cycle;
	const isShared = holderVcpu === workerVcpu;
	const show = (time: number): void => {
		if (time > to) {
			return;
		}

		const isWorking = workers.size > 0;
		const own = vcpus.get(holderVcpu) ?? 'idle';
		submitter.write(
			time,
			isShared && (inIrq || isWorking) ? 'idle' : own === 'run' && holder === thread ? 'hold' : own,
		);
		const other = vcpus.get(workerVcpu) ?? 'idle';
		const holdsAsWorker = holder !== undefined && workers.has(holder);
		worker.write(
			time,
			inIrq ? 'irq' : isShared && !isWorking ? 'idle' : other === 'run' && holdsAsWorker ? 'hold' : other,
		);
		host.write(time, isOn ? 'run' : isKicked ? 'wake' : 'idle');
		owner.write(time, holder === undefined ? 'idle' : holdsAsWorker ? 'worker' : 'submitter');
	};

	events.each((name, time, actor, subject, value) => {
		switch (name) {
			case 'lockAcquired': {
				holder = subject === 0 ? actor : holder;
				break;
			}

			case 'lockReleased': {
				holder = subject === 0 ? undefined : holder;
				break;
			}

			case 'irqEntered': {
				inIrq = actor === workerVcpu ? true : inIrq;
				break;
			}

			case 'workQueued':
			case 'irqReturned': {
				inIrq = actor === workerVcpu ? false : inIrq;
				break;
			}

			case 'workStarted': {
				workers.add(actor);
				break;
			}

			case 'workEnded': {
				workers.delete(actor);
				break;
			}

			case 'vcpuState': {
				vcpus.set(actor, states[subject] ?? 'idle');
				break;
			}

			case 'doorbellDelivered': {
				isKicked = true;
				break;
			}

			case 'mainLoopOnCpu': {
				isOn = value === 1;
				isKicked = false;
				break;
			}

			case 'usedPublished': {
				if (time >= from && time <= to) {
					pushes.push(time);
				}

				break;
			}

			default: {
				break;
			}
		}

		show(time);
	});
	return {lanes: [submitter, worker, host, owner].map(({lane}) => lane), pushes};
}
