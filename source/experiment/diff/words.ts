import {type Simulation} from '../../simulation/simulation.js';
import {guestThreadNames, queueNames} from '../../tracking/run-names.js';
import {type TracepointName, tracepoints} from '../../tracepoints/tracepoints.js';
import {type Entry} from './event-log.js';

/** What each tracepoint says of its actor, after its name. */
const saying: Readonly<Record<TracepointName, string>> = {
	commandStarted: 'starts on a command',
	lockCalled: 'calls spin_lock(qlock)',
	lockContended: 'finds qlock taken',
	lockAcquired: 'takes qlock',
	lockReleased: 'releases qlock',
	lockHalted: 'halts for qlock',
	lockResumed: 'spins for qlock again',
	otherLockAcquired: 'takes another lock',
	otherLockReleased: 'releases another lock',
	mightSleep: 'may sleep',
	noRoom: 'finds no room in the ring',
	roomWait: 'sleeps for room in the ring',
	busyError: 'gives its command up for want of room',
	published: 'publishes a command',
	freeAtAdd: 'adds to the ring',
	kickPrepared: 'asks whether to kick',
	doorbellStarted: 'rings the doorbell',
	doorbellDelivered: 'delivers the doorbell',
	doorbellReturned: 'is back from the doorbell',
	passStarted: 'begins to pop',
	popped: 'pops a command',
	serviceStarted: 'begins to process a command',
	usedPublished: 'returns a command',
	msiSent: 'sends an interrupt',
	irqEntered: 'enters the interrupt handler',
	workStarted: 'enters the dequeue work',
	reaped: 'reaps a command',
	workDrained: 'releases qlock after its drain',
	responded: 'has answered a command',
	workEnded: 'leaves the dequeue work',
	exit: 'exits',
	vcpuState: 'changes its state',
	mainLoopOnCpu: 'gets or loses its CPU',
	bqlContended: 'finds the BQL taken',
	bqlAcquired: 'takes the BQL',
	bqlReleased: 'releases the BQL',
	reset: 'resets the device',
	workQueued: 'queues the dequeue work',
	irqReturned: 'leaves the interrupt handler',
	fenceQueued: 'leaves a fence to be signalled',
	passEnded: 'stops popping',
	pauseBegan: 'stands still',
	pauseEnded: 'goes on',
};

/** Names of who is who in a run. */
export class Names {
	private readonly threads: readonly string[];
	private readonly vcpus: number;
	private readonly server: number;
	private readonly serverName: string;

	constructor(simulation: Simulation) {
		const {guest, host} = simulation.state;
		this.threads = guestThreadNames(simulation).map(({comm}) => comm);
		this.vcpus = guest.core.cpus.cpus.length;
		this.server = host.core.roles.server;
		const backend = simulation.configuration.parameters['host.backend'];
		this.serverName = backend === 'qemu' ? 'the main loop' : `the ${String(backend)} worker`;
	}

	/** A guest thread, or the interrupt handler of a vCPU. */
	thread(thread: number): string {
		return this.threads[thread] ?? `the interrupt handler of vCPU ${thread - this.threads.length}`;
	}

	hostThread(thread: number): string {
		return thread < this.vcpus ? `vCPU ${thread}` : thread === this.server ? this.serverName : 'a host thread';
	}

	/** Who serves the device. */
	get host(): string {
		return this.serverName;
	}

	/** The one who does what an entry says. */
	who({name, actor}: Entry): string {
		switch (tracepoints[name].arguments[0]) {
			case 'thread': {
				return this.thread(actor);
			}

			case 'vcpu': {
				return actor < 0 ? this.serverName : `vCPU ${actor}`;
			}

			case 'hostThread': {
				return this.hostThread(actor);
			}

			case 'client':
			case '_': {
				return this.serverName;
			}
		}
	}

	/** What it does, with the queue where that is not the control queue. */
	does({name, subject, value, held}: Entry): string {
		const words = saying[name];
		const queue =
			tracepoints[name].arguments[1] === 'queue' && subject > 0 ? ` of the ${queueNames[subject]} queue` : '';
		const lock = name === 'doorbellStarted' ? (held ? ' with qlock held' : ' without qlock') : '';
		const answer = name === 'kickPrepared' ? (value % 2 === 1 ? ': yes' : ': no') : '';
		return `${words}${queue}${lock}${answer}`;
	}
}
