import {Distribution} from '../engine/distribution.js';
import {RandomStream} from '../engine/random.js';
import {type DeviceProfile, type QueueId} from '../devices/profile.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {holdDoubles} from '../engine/double-fields.js';
import {Batch, waitRule} from './batch.js';

export const clientKind = {closed: 0, open: 1, paced: 2} as const;

/**
What a guest thread that submits commands is doing: its place in its loop, and its random streams.
*/
export class Submitter {
	readonly client: number;
	/** The queues that its loop uses, a bit each. */
	readonly uses: number;
	readonly kind: number;
	/** Of `waitRule`: at the end of each round. */
	wait = 0;
	readonly loop: readonly Batch[];
	readonly think: Distribution;
	/** Timer for pauses and vblanks, and one for arrivals. */
	readonly pauseTimer: number;
	readonly arrivalTimer: number;
	/** Open: ns between arrivals (mean), loops that arrive together. Paced: ns between vblanks. */
	interval = 0;
	/** Open: what is left of the wait for the next arrival, in mean waits, since when. */
	arrivalWait = 0;
	arrivalFrom = 0;
	readonly burst: number;
	readonly prepareRanks: RandomStream;
	readonly serviceRanks: RandomStream;
	readonly gpuRanks: RandomStream;
	readonly responseRanks: RandomStream;
	readonly thinkRanks: RandomStream;
	readonly arrivalRanks: RandomStream;

	batch = 0;
	position = 0;
	/** Where the command at hand goes. */
	queue: QueueId;
	/** The command at hand, or -1. */
	command = -1;
	/** When the round was due, ns. */
	due = 0;
	/** Arrivals not begun, as a ring of due times. */
	backlog = new Float64Array(64);
	backlogHead = 0;
	backlogCount = 0;
	/** Commands submitted to the control queue and not answered; of those, fences not signalled. */
	outstanding = 0;
	unsignalled = 0;
	/** Sleeps until `outstanding` (1) or `unsignalled` (2) is 0. */
	waitingFor = 0;
	/** Sleeps until an arrival or its next vblank. */
	hungry = false;
	/** Paced: the vblank of the last frame begun or waited for, ns. */
	vblank = -1;
	/**
	Slots it waits for on ack_queue; slots that its command at hand has been
	refused for lack of, 0 for none.
	*/
	slotsWanted = 0;
	slotsChecked = 0;
	/** Where to go on after a notify: `Submission`'s continuation. */
	continuation = 0;
	/** It stands before a lock while the device is being reset. */
	parked = false;

	constructor(options: {
		readonly client: number;
		readonly spec: ClientSpec;
		readonly profile: DeviceProfile;
		readonly thread: number;
		readonly seed: number;
		readonly pauseTimer: number;
		readonly arrivalTimer: number;
	}) {
		const {client, spec, thread, seed} = options;
		const stream = (what: string): RandomStream => new RandomStream(seed, `client/${spec.name}/${thread}/${what}`);
		this.client = client;
		this.kind = clientKind[spec.kind];
		this.loop = spec.loop.map(step => new Batch(spec, step, options.profile));
		this.queue = this.loop[0].queue;
		this.uses = this.loop.reduce((uses, {queue}) => uses | (1 << queue), 0);
		this.think = new Distribution({kind: 'const', value: 0});
		this.pauseTimer = options.pauseTimer;
		this.arrivalTimer = options.arrivalTimer;
		this.burst = spec.burst ?? 1;
		this.prepareRanks = stream('prepare');
		this.serviceRanks = stream('service');
		this.gpuRanks = stream('gpu');
		this.responseRanks = stream('response');
		this.thinkRanks = stream('think');
		this.arrivalRanks = stream('arrival');
		holdDoubles(this, 'interval', 'arrivalWait', 'arrivalFrom', 'due', 'vblank');
		this.update(spec);
	}

	/**
	Takes over what a client's keys set; `Rounds` moves what waits for an arrival or a vblank.
	*/
	update(spec: ClientSpec): void {
		this.wait = waitRule[spec.wait];
		this.think.set(spec.think ?? {kind: 'const', value: 0});
		this.interval = intervalOf(spec);
		for (const [index, batch] of this.loop.entries()) {
			batch.update(spec.loop[index]);
		}
	}

	get current(): Batch {
		return this.loop[this.batch];
	}

	/** A round becomes due at `time`. */
	arrive(time: number): void {
		if (this.backlogCount === this.backlog.length) {
			const wide = new Float64Array(2 * this.backlog.length);
			for (let i = 0; i < this.backlogCount; i++) {
				wide[i] = this.backlog[(this.backlogHead + i) % this.backlog.length];
			}

			this.backlog = wide;
			this.backlogHead = 0;
		}

		this.backlog[(this.backlogHead + this.backlogCount) % this.backlog.length] = time;
		this.backlogCount++;
	}

	/** Takes the oldest arrival and returns when it was due. There must be one. */
	takeArrival(): number {
		const time = this.backlog[this.backlogHead];
		this.backlogHead = (this.backlogHead + 1) % this.backlog.length;
		this.backlogCount--;
		return time;
	}
}

/** Mean ns between two arrivals or vblanks; 0 for a closed client. */
export function intervalOf(spec: ClientSpec): number {
	if (spec.kind === 'open') {
		return (1e9 * (spec.burst ?? 1)) / (spec.rate ?? 1);
	}

	return spec.kind === 'paced' ? Math.floor(1e9 / (spec.hz ?? 60) + 0.5) : 0;
}
