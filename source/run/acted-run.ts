import {type Change} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Stall} from '../simulation/stall.js';
import {ActList} from './act-list.js';
import {type Act, type RunPoint} from './acts.js';
import {BlockHashes} from './block-hashes.js';
import {type Instruments, restart} from './instruments.js';

/**
Events of one time at most that are run through to rest behind them: costs of zero make any number.
*/
const mostTies = 10_000;

/**
A run to which things are done at their times: how it goes on, event by event and past the acts.
*/
export abstract class ActedRun<Kit extends Instruments> {
	protected readonly acts: ActList;
	protected readonly blocks: BlockHashes;
	/** All events before now have happened, and none at now. */
	private isBetween = true;

	/** `hashes`: of another run, which this one begins as. */
	constructor(
		readonly simulation: Simulation,
		readonly instruments: Kit,
		{acts, hashes}: {readonly acts: readonly Act[]; readonly hashes: readonly string[] | undefined},
	) {
		this.acts = new ActList(acts);
		this.blocks = new BlockHashes(hashes);
	}

	/** It stands between two times, not among the events of one. */
	get isSettled(): boolean {
		return this.isBetween;
	}

	/** When the next moment is to be kept, ns. */
	protected abstract get due(): number;

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

	/** The changes that were made up to now. */
	get changes(): readonly Change[] {
		return this.acts.made;
	}

	/**
	The changes that are still to come: those of the plan, and after a `seek`
	back those that were made later.
	*/
	get future(): readonly Change[] {
		return this.acts.toCome;
	}

	/** All that was done to it and is still to be done. */
	get record(): readonly Act[] {
		return this.acts.all;
	}

	/** Where it stands. */
	get point(): RunPoint {
		return {time: this.now, events: this.events, acts: this.acts.done};
	}

	/** The event hash after each 2^16 events that it has gone through. */
	get hashes(): readonly string[] {
		return this.blocks.all;
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

			if (this.now >= this.due) {
				this.keep();
			}

			this.act();
			const before = simulation.events;
			simulation.runUntil(
				Math.min(to, this.acts.next?.at ?? Infinity, this.due),
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

	/** One event, with the changes before it. */
	private stepOnce(): boolean {
		const {simulation} = this;
		for (;;) {
			this.act();
			const act = this.acts.next;
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

	/** Does what is due of the acts before a number. */
	private act(before = Infinity): void {
		const {simulation} = this;
		for (
			let act = this.acts.next;
			act !== undefined && act.at <= simulation.now && this.acts.done < before;
			act = this.acts.next
		) {
			while (act.events !== undefined && simulation.events < act.events) {
				simulation.step();
				this.blocks.note(simulation);
			}

			this.acts.done++;
			if (act.set === undefined) {
				restart(this.instruments);
			} else {
				simulation.apply(act.set);
			}
		}
	}

	/** Keeps a moment now. */
	protected abstract keep(): void;
}
