import {formatDuration} from '../charts/format-number.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {type TracepointName, vcpuStateNames} from '../tracepoints/tracepoints.js';
import {guestThreadNames, roleNames} from '../tracking/run-names.js';

type Told = readonly [name: TracepointName, actor: number, subject: number, value: number];
type Sentence = (
	who: string,
	told: {readonly actor: number; readonly subject: number; readonly value: number},
) => string;

/** What a step did, by what it reported; what is not here says nothing by itself. */
const sentences: Readonly<Partial<Record<TracepointName, Sentence>>> = {
	commandStarted: who => `${who} begins a command`,
	lockContended: (who, {value}) => `${who} finds qlock taken (${roleNames[value]}) and spins`,
	lockAcquired: (who, {value}) => `${who} has qlock (${roleNames[value]})`,
	lockReleased: who => `${who} gives qlock up`,
	noRoom: who => `${who} finds no room in the ring`,
	roomWait: who => `${who} sleeps on the full ring`,
	busyError: who => `${who} gives its command up: the ring is full`,
	published: (who, {value}) => `${who} adds a command: ${value} slots are free`,
	kickPrepared: (_, {value}) => `kick? ${(value & 1) === 1 ? 'YES' : 'no'}`,
	doorbellStarted: who => `${who} writes the doorbell`,
	doorbellDelivered: (_, {value}) => (value === 1 ? 'the doorbell is lost (fault)' : 'the doorbell is delivered'),
	doorbellReturned: who => `${who} is back from the doorbell`,
	passStarted: () => 'the host begins to pop',
	popped: () => 'the host pops a command',
	serviceStarted: () => 'the host processes a command',
	usedPublished: () => 'the host marks it used',
	fenceQueued: () => 'the host leaves a fence',
	msiSent: (_, {value}) => (value === 1 ? 'the interrupt is lost (fault)' : 'the host sends an interrupt'),
	irqEntered: (_, {actor}) => `vCPU ${actor} takes the interrupt`,
	workQueued: () => 'the dequeue work is queued',
	workStarted: () => 'the dequeue work begins',
	reaped: (_, {value}) => `a used buffer is reaped: ${value} slots are free`,
	workDrained: (_, {value}) => `the ring is drained: ${value} buffers`,
	responded: () => 'a response is returned',
	workEnded: () => 'the dequeue work ends',
	bqlContended: () => 'the BQL is taken: a thread waits for it',
	bqlAcquired: () => 'the BQL is taken',
	bqlReleased: () => 'the BQL is given up',
	pauseBegan: () => 'a fault makes something stand still',
	pauseEnded: () => 'it goes on',
	vcpuState: (_, {actor, subject}) => `vCPU ${actor}: ${vcpuStateNames[subject]}`,
};

/** Listens to a run until a command is answered, and says which. */
export class AnswerListener {
	readonly observer: Observer;
	private command = -1;

	constructor(private readonly simulation: Simulation) {
		this.observer = {
			responded: (_time, _thread, command) => {
				this.command = command;
			},
		};
	}

	/** What was answered last, after a life of so many ns; undefined: nothing was. */
	words(life: number): string | undefined {
		const {pool, profile} = this.simulation.state;
		const {name} = profile.requests.at(pool.type[this.command] ?? -1) ?? {};
		return this.command < 0 ? undefined : `${name ?? 'a command'} is answered: it took ${formatDuration(life)}`;
	}
}

/** Steps say at most so much. */
const most = 3;

/** Listens to a step of a run, and says in a line what it did. */
export class StepListener {
	readonly observer: Observer;
	private readonly told: Told[] = [];
	private readonly simulation: Simulation;

	constructor(simulation: Simulation) {
		this.simulation = simulation;
		this.observer = {
			every: (name, _time, actor, subject, value) => {
				this.told.push([name, actor, subject, value]);
			},
		};
	}

	/** What was heard; states of vCPUs only where there is nothing else. */
	words(): string {
		const names = guestThreadNames(this.simulation);
		const {roles} = this.simulation.state.guest.core;
		const all = this.told.flatMap(([name, actor, subject, value]) => {
			const vcpu = roles.handlerVcpu(actor);
			const who = vcpu >= 0 ? `the interrupt handler of vCPU ${vcpu}` : (names[actor]?.comm ?? 'it');
			const text = sentences[name]?.(who, {actor, subject, value});
			return text === undefined ? [] : [{text, isState: name === 'vcpuState'}];
		});
		const telling = all.filter(({isState}) => !isState);
		const shown = [...new Set((telling.length > 0 ? telling : all).map(({text}) => text))];
		return shown.length === 0 ? 'an event of a scheduler or a timer' : shown.slice(0, most).join('; ');
	}
}
