import {type Change} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Checkpoint, Simulation} from '../simulation/simulation.js';
import {type Stall} from '../simulation/stall.js';
import {type Act, changesOf, type RunPoint} from './acts.js';
import {BlockHashes} from './block-hashes.js';
import {Moments, type MomentsOptions} from './moments.js';
import {type Instruments, type Build} from './instruments.js';

/** What a timeline begins with; all that decides its events. */
export type TimelinePlan = {
	readonly configuration: Configuration;
	readonly seed: number;
	/** At times since the start of the run, ns. */
	readonly changes?: readonly Change[];
	/** The same with what else was done, of a run that is made again: in the place of `changes`. */
	readonly acts?: readonly Act[];
};

export type TimelineOptions = MomentsOptions;

/** A point of a run from which it can go on. */
type Moment = {
	/** ns. */
	readonly time: number;
	/** Acts that had been done. */
	readonly acts: number;
	readonly simulation: Checkpoint;
	readonly instruments: Readonly<Record<string, object>>;
};

/**
Events of one time at most that are run through to rest behind them: costs of zero make any number.
*/
const mostTies = 10_000;

/**
A run with its past: it goes on, back to any time it has seen, and forks. It keeps some moments,
close together for what is recent and further apart the older they are, and the list of what was
done to the run; any other time is reached from the moment before it by simulating again, which
gives the same events, bit for bit, and the same figures. Times are ns of simulated time.

Going back forgets nothing: what was done later is done again when the run comes there, until
`apply` changes the past.
*/
export class Timeline<Kit extends Instruments = Instruments> {
	readonly simulation: Simulation;
	readonly instruments: Kit;
	private readonly plan: TimelinePlan;
	private readonly build: Build<Kit>;
	private readonly options: TimelineOptions;
	private readonly acts: Act[];
	/** The first act that has not been done. */
	private next = 0;
	/** All events before now have happened, and none at now. */
	private isBetween = true;
	private readonly moments: Moments<Moment>;
	private readonly blocks: BlockHashes;

	/** A run at time 0. `origin` is for forks. */
	constructor(plan: TimelinePlan, build: Build<Kit>, options: TimelineOptions = {}, origin?: Timeline<Kit>) {
		this.plan = plan;
		this.build = build;
		this.options = options;
		this.simulation = new Simulation(plan.configuration, plan.seed);
		this.instruments = build(this.simulation);
		this.acts = [...(origin?.acts ?? plan.acts ?? (plan.changes ?? []).toSorted((a, b) => a.at - b.at))];
		this.blocks = new BlockHashes(origin?.hashes);
		this.moments = new Moments(origin?.moments.all ?? [this.moment()], options);
	}

	/** Simulated time, ns. */
	get now(): number {
		return this.simulation.now;
	}

	/** Events from time 0 to now. */
	get events(): number {
		return this.simulation.events;
	}

	/** The configuration with the changes up to now. */
	get configuration(): Configuration {
		return this.simulation.configuration;
	}

	/** At the start of the run. */
	get start(): TimelinePlan {
		return this.plan;
	}

	/** The changes that were made up to now. */
	get changes(): readonly Change[] {
		return changesOf(this.acts.slice(0, this.next));
	}

	/**
	The changes that are still to come: those of the plan, and after a `seek`
	back those that were made later.
	*/
	get future(): readonly Change[] {
		return changesOf(this.acts.slice(this.next));
	}

	/** All that was done to it and is still to be done. */
	get record(): readonly Act[] {
		return this.acts;
	}

	/** Where it stands. */
	get point(): RunPoint {
		return {time: this.now, events: this.events, acts: this.next};
	}

	/** The event hash after each 2^16 events that it has gone through. */
	get hashes(): readonly string[] {
		return this.blocks.all;
	}

	/** How many moments are kept. */
	get kept(): number {
		return this.moments.all.length;
	}

	/** Fingerprint of all events up to now. */
	eventHash(): string {
		return this.simulation.eventHash();
	}

	/** What keeps the run from ever going on, or null. */
	stall(): Stall | null {
		return this.simulation.stall();
	}

	/**
	Runs every event before `to` (ns), about `budget` at most, and makes the changes before
	it. True when `to` is reached; changes at `to` itself are not made yet. It rests between
	two times, not among the events of one: a change that is made there is made there again by
	a run that knows only its time.
	*/
	advance(to: number, budget = Infinity): boolean {
		if (this.now < to) {
			this.isBetween = this.go(to, budget) || this.go(Math.min(to, this.now + 1), mostTies);
		}

		return this.now >= to;
	}

	/**
	Goes on to between two times when it stands among the events of one, which takes 1 ns at most.
	*/
	settle(): void {
		if (!this.isBetween) {
			this.advance(this.now + 1, mostTies);
		}
	}

	private go(to: number, budget: number): boolean {
		const {simulation} = this;
		for (let left = budget; simulation.now < to;) {
			if (left <= 0) {
				return false;
			}

			if (this.now >= this.moments.due) {
				this.moments.keep(this.moment());
			}

			this.act();
			const before = simulation.events;
			simulation.runUntil(
				Math.min(to, this.acts[this.next]?.at ?? Infinity, this.moments.due),
				Math.min(left, this.blocks.left(simulation)),
			);
			this.blocks.note(simulation);
			left -= Math.max(1, simulation.events - before);
		}

		return true;
	}

	/** The same by the name that a simulation has for it. */
	runUntil(time: number, budget = Infinity): boolean {
		return this.advance(time, budget);
	}

	/** Runs one event; false when there is none. Changes before it are made. */
	step(): boolean {
		const isDone = this.stepOnce();
		this.isBetween = false;
		this.blocks.note(this.simulation);
		return isDone;
	}

	/**
	Goes on to a point that a run of the same plan has stood at, in the midst of events of one time
	too. Runs about `budget` events at most; true when it is there.
	*/
	reach({time, events, acts}: RunPoint, budget = Infinity): boolean {
		if (!this.advance(time, budget)) {
			return false;
		}

		while (this.events < events && this.step()) {
			// The rest of the events at that time.
		}

		this.act(acts);
		return true;
	}

	/**
	Goes to a time (ns, 0 or more), back or on: all events before it have happened, and no change at
	it. Runs about `budget` events at most; true when it is there, else the next call goes on.
	*/
	seek(time: number, budget = Infinity): boolean {
		if (time < this.now) {
			this.restore(this.moments.before(time), this);
		}

		return this.advance(time, budget);
	}

	/**
	A run of its own with the same past, at the same time. Neither disturbs the other from here on.
	*/
	fork(): Timeline<Kit> {
		return this.branch(this.moment());
	}

	/**
	A fork that stands where this run was at the last moment before
	`time` (ns): `advance` it to there.
	*/
	at(time: number): Timeline<Kit> {
		return this.branch(time > this.now ? this.moment() : this.moments.before(time));
	}

	/**
	Changes parameters now; what was done later, before a `seek` back, is undone by that. Says when
	it takes effect. Throws `UserError`, and nothing is changed, for what needs a new run.
	*/
	apply(set: Change['set']): 'next-use' | 'reset' {
		const {simulation} = this;
		this.settle();
		const act: Act = {at: simulation.now, events: simulation.events, set};
		const effect = simulation.apply(set);
		this.acts.length = this.next;
		this.blocks.forget(act.events ?? 0);
		this.add(act);
		return effect;
	}

	/**
	What was done later, before a `seek` back, will not be done again: the
	run goes on from here as another.
	*/
	abandon(): void {
		this.acts.length = this.next;
		this.blocks.forget(this.events);
		this.moments.retain(({time, acts}) => time <= this.now && acts <= this.next);
	}

	/** The figures of all instruments begin anew now. What comes later in the run stays. */
	cut(): void {
		for (const instrument of Object.values(this.instruments)) {
			instrument.restart?.();
		}

		this.add({at: this.now, events: this.events});
	}

	/** One event, with the changes before it. */
	private stepOnce(): boolean {
		const {simulation} = this;
		for (;;) {
			this.act();
			const act = this.acts[this.next];
			if (act === undefined) {
				return simulation.step();
			}

			const before = simulation.events;
			simulation.runUntil(act.at, 1);
			if (simulation.events > before) {
				return true;
			}
		}
	}

	private add(act: Act): void {
		this.acts.splice(this.next++, 0, act);
		this.moments.retain(({time, acts}) => time <= act.at && acts < this.next);
	}

	/** Does what is due of the acts before a number. */
	private act(before = Infinity): void {
		const {simulation} = this;
		for (
			let act = this.acts[this.next];
			act !== undefined && act.at <= simulation.now && this.next < before;
			act = this.acts[this.next]
		) {
			while (act.events !== undefined && simulation.events < act.events) {
				simulation.step();
				this.blocks.note(simulation);
			}

			this.next++;
			if (act.set === undefined) {
				for (const instrument of Object.values(this.instruments)) {
					instrument.restart?.();
				}
			} else {
				simulation.apply(act.set);
			}
		}
	}

	private moment(): Moment {
		return {
			time: this.now,
			acts: this.next,
			simulation: this.simulation.checkpoint(),
			instruments: Object.fromEntries(
				Object.entries(this.instruments).map(([name, instrument]) => [name, instrument.image()]),
			),
		};
	}

	private branch(moment: Moment): Timeline<Kit> {
		const fork = new Timeline(this.plan, this.build, this.options, this);
		fork.restore(moment, this);
		return fork;
	}

	/** Goes to a moment of a run with the same past. */
	private restore(moment: Moment, origin: Timeline<Kit>): void {
		this.simulation.restore(moment.simulation);
		for (const [name, instrument] of Object.entries(this.instruments)) {
			if (origin !== this) {
				instrument.share?.(origin.instruments[name]);
			}

			instrument.restore(moment.instruments[name]);
		}

		this.next = moment.acts;
	}
}
