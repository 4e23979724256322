import {type Observer} from '../tracepoints/observer.js';
import {vcpuState} from '../tracepoints/tracepoints.js';
import {type UnderWay} from './under-way.js';

/** What vCPUs, guest threads and who serves the device are in, as far as tracepoints tell. */
export class ActorFlags {
	/** By vCPU: `vcpuState`, and whether a queue's interrupt handler runs. */
	readonly states: Int32Array;
	readonly handles: Uint8Array;
	/** By guest thread: it sleeps for room, spins, its vCPU is halted for that. */
	readonly room: Uint8Array;
	readonly spins: Uint8Array;
	readonly halts: Uint8Array;
	/** The command that the server processes, or -1. */
	serving = -1;
	private readonly underWay: UnderWay;
	private readonly queues: number;

	/** `owners`: guest threads and interrupt handlers. */
	constructor(
		underWay: UnderWay,
		{vcpus, owners, queues}: {readonly vcpus: number; readonly owners: number; readonly queues: number},
	) {
		this.underWay = underWay;
		this.queues = queues;
		this.states = new Int32Array(vcpus).fill(vcpuState.idle);
		this.handles = new Uint8Array(vcpus);
		this.room = new Uint8Array(owners);
		this.spins = new Uint8Array(owners);
		this.halts = new Uint8Array(owners);
	}

	/** What holds at `from` (ns), where the run is. */
	begin(from: number): void {
		this.underWay.slices.tell(({slice, actor, subject}) => {
			switch (slice) {
				case 'vcpuState': {
					this.states[actor] = subject;
					break;
				}

				case 'irq': {
					this.handles[actor] = 1;
					break;
				}

				case 'roomWait': {
					this.room[actor] = 1;
					break;
				}

				case 'spin': {
					this.spins[actor] = 1;
					break;
				}

				case 'halt': {
					this.halts[actor] = 1;
					break;
				}

				case 'service': {
					this.serving = this.numberOf(subject);
					break;
				}

				default: {
					break;
				}
			}
		}, from);
	}

	private numberOf(command: number): number {
		return this.underWay.commands.seqnoOf(command) - 1;
	}

	observer(): Observer {
		const {states, handles, room, spins, halts} = this;
		const ended = (): void => {
			this.serving = -1;
		};

		const left = (_time: number, vcpu: number): void => {
			handles[vcpu] = 0;
		};

		return {
			vcpuState(_time, vcpu, state) {
				states[vcpu] = state;
			},
			irqEntered(_time, vcpu, _queue, found) {
				handles[vcpu] = found;
			},
			workQueued: left,
			irqReturned: left,
			roomWait(_time, thread) {
				room[thread] = 1;
			},
			lockCalled(_time, thread) {
				room[thread] = 0;
			},
			lockContended(_time, thread) {
				spins[thread] = 1;
			},
			lockAcquired(_time, thread) {
				spins[thread] = 0;
				halts[thread] = 0;
			},
			lockHalted(_time, thread) {
				halts[thread] = 1;
			},
			lockResumed(_time, thread) {
				halts[thread] = 0;
			},
			serviceStarted: (_time, _server, command) => {
				this.serving = this.numberOf(command);
			},
			usedPublished: ended,
			fenceQueued: ended,
			passEnded: ended,
		};
	}

	/** Whether a thread, or an interrupt handler, has the lock of a queue. */
	holdsLock(owner: number): boolean {
		const {holders} = this.underWay.locks;
		for (let queue = 0; queue < this.queues; queue++) {
			if (holders[queue] === owner) {
				return true;
			}
		}

		return false;
	}
}
