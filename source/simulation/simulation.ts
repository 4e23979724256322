import {type ChoicePoints} from '../engine/choice-points.js';
import {EventLoop, type UpcomingEvent} from '../engine/event-loop.js';
import {Probe} from '../engine/probe.js';
import {captureState, restoreState, stateEssence, type StateImage} from '../engine/state-image.js';
import {stateFingerprint} from '../engine/state-fingerprint.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {UserError} from '../errors/user-error.js';
import {handlersByNumber, type Instrument, type Observer, observersOf} from '../tracepoints/observer.js';
import {tracepointNames} from '../tracepoints/tracepoints.js';
import {createVirtqueue} from '../virtqueue/create-virtqueue.js';
import {type VirtqueueOptions} from '../virtqueue/virtqueue-options.js';
import {profileOf} from './devices.js';
import {withChange} from './parameters/change.js';
import {type Configuration} from './configuration.js';
import {DeviceReset} from './device-reset.js';
import {fireEvent} from './fire-event.js';
import {Livelock} from './livelock.js';
import {Machine} from './machine.js';
import {findStall, type Stall} from './stall.js';

/** A moment of a run: enough to go on from there, in this simulation or in one of the same plan. */
export type Checkpoint = {
	readonly configuration: Configuration;
	/**
	The rings in place, control and cursor: during a reset they are not
	yet what the configuration says.
	*/
	readonly rings: readonly VirtqueueOptions[];
	readonly image: StateImage;
};

/**
A run of the model: a machine built from a configuration and a seed, simulated time, and
changes of parameters on the way. The same configuration, seed and changes give the same
events, bit for bit, on every machine and however the run is cut into steps.
*/
export class Simulation {
	readonly seed: number;
	readonly probe: Probe;
	private readonly loop = new EventLoop();
	private readonly machine: Machine;
	private readonly reset: DeviceReset;
	private readonly livelock = new Livelock();
	private current: Configuration;

	constructor(configuration: Configuration, seed: number) {
		this.seed = seed;
		this.current = Object.freeze({...configuration});
		this.probe = new Probe(this.loop, tracepointNames.length);
		this.machine = new Machine(this.loop, this.probe, configuration, seed);
		this.reset = new DeviceReset(this.machine, this.probe);
		this.machine.start();
	}

	/** Simulated time, ns. */
	get now(): number {
		return this.loop.now;
	}

	/** Events so far. */
	get events(): number {
		return this.loop.events;
	}

	/** The configuration with all changes so far. */
	get configuration(): Configuration {
		return this.current;
	}

	/** Commands that a client has made and that have no response yet. */
	get unfinished(): number {
		return this.machine.pool.live;
	}

	/** True while rings are being drained for a device reset. */
	get isResetting(): boolean {
		return this.reset.active;
	}

	/** Guest and host, to be looked at only. */
	get state(): Machine {
		return this.machine;
	}

	/** Fingerprint of all events so far, 16 hex digits. */
	eventHash(): string {
		return this.loop.hash.digits();
	}

	/** Fingerprint of the state now, 16 hex digits: of what is to come, whatever has led there. */
	stateHash(): string {
		return stateFingerprint(stateEssence(this.root(), [this]));
	}

	/** What the run leaves open, and who decides it. */
	get choices(): ChoicePoints {
		return this.loop.choices;
	}

	/**
	How many events are due at the time of the next one; 0 when there
	is none: all is asleep for ever.
	*/
	get ties(): number {
		return this.loop.ties;
	}

	/** Whoever is attached first is told first. */
	observe(watcher: Observer | Instrument): void {
		let alarm = 'observers' in watcher ? watcher.alarm : undefined;
		for (const observer of observersOf(watcher)) {
			this.probe.attach(observer, handlersByNumber(observer), alarm);
			alarm = undefined;
		}
	}

	unobserve(watcher: Observer | Instrument): void {
		for (const observer of observersOf(watcher)) {
			this.probe.detach(observer);
		}
	}

	/**
	Runs every event with a time below `time` (ns), at most `budget`. True when `time` was
	reached; then `now` equals it. A budget keeps a caller responsive and changes nothing.
	*/
	runUntil(time: number, budget = Infinity): boolean {
		return this.loop.runUntil(time, budget, this);
	}

	/** The event that comes next; null when all is asleep for ever. */
	upcoming(): UpcomingEvent | null {
		return this.loop.upcoming();
	}

	/** Runs one event; false when there is none: all is asleep for ever. */
	step(): boolean {
		return this.loop.step(this);
	}

	/** Called by the event loop. */
	fire(kind: number, actor: number): void {
		fireEvent(this.machine, kind, actor);
		this.machine.settle();
		if (this.reset.active) {
			this.reset.proceed(this.current.parameters);
		}
	}

	/**
	Changes parameters now. Returns when it takes effect: at the next use of the parameter, or
	after a device reset that has begun. Throws `UserError` for a change that needs a new run
	(vCPUs, host CPUs, the kind of spinlock, clients, seed), and for a reset of a stalled device.
	*/
	apply(set: Readonly<Record<string, ParameterValue>>): 'next-use' | 'reset' {
		const {configuration, effect} = withChange(this.current, set);
		if (effect === 'restart') {
			throw new UserError(`${Object.keys(set).join(', ')}: takes effect in a new run only; start one with --set`);
		}

		if (profileOf(configuration.parameters['device.kind']) !== profileOf(this.current.parameters['device.kind'])) {
			throw new UserError(
				'device.kind: another device has another driver, which takes a new run; start one with --set',
			);
		}

		if (effect === 'reset' && findStall(this.machine) !== null) {
			throw new UserError(
				`${Object.keys(set).join(', ')}: needs a device reset, and the queue is stalled; start a new run`,
			);
		}

		this.current = Object.freeze({...configuration});
		if (effect === 'reset') {
			this.reset.begin();
			this.reset.proceed(this.current.parameters);
		}

		// What needs the reset waits for it; the rest acts at once.
		this.machine.update(configuration);
		if (Object.hasOwn(set, 'host.stall')) {
			this.machine.stallHost(configuration.parameters['host.stall']);
		}

		return effect;
	}

	/**
	What keeps the run from ever going on, or null. A livelock is found when this is asked every 20
	ms of simulated time or more often.
	*/
	stall(): Stall | null {
		return findStall(this.machine) ?? this.livelock.look(this.machine);
	}

	checkpoint(): Checkpoint {
		const rings = this.machine.guest.core.queues.map(({ring}) => ({
			layout: ring.layout,
			size: ring.size,
			eventIdx: ring.eventIdx,
			indirect: ring.indirect,
			callback: ring.callback,
		}));
		return {configuration: this.current, rings, image: captureState(this.root(), [this])};
	}

	/**
	Goes back (or on) to a checkpoint of a run with the same
	configuration at time 0 and the same seed.
	*/
	restore(checkpoint: Checkpoint): void {
		this.current = checkpoint.configuration;
		for (const queue of this.machine.guest.core.queues) {
			// The layout decides which class of ring the image fits.
			queue.replaceRing(createVirtqueue(checkpoint.rings[queue.id]));
		}

		restoreState(this.root(), checkpoint.image, [this]);
	}

	private root(): object {
		return {
			loop: this.loop,
			machine: this.machine,
			reset: this.reset,
			livelock: this.livelock,
		};
	}
}
