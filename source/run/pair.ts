import {type Change} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {Timeline, type TimelineOptions} from './timeline.js';
import {type Build, type Instruments} from './instruments.js';

/** One of two runs. */
export type Side = 'a' | 'b';

/** What is a run's own; the seed is that of both. */
export type SidePlan = {
	readonly configuration: Configuration;
	/** At times since the start of the run, ns. */
	readonly changes?: readonly Change[];
};

/** What both runs of a pair have in common. */
export type PairOptions<Kit extends Instruments> = TimelineOptions & {
	readonly seed: number;
	readonly build: Build<Kit>;
	/** How far one run may be ahead of the other, ns of simulated time; default 1 ms. */
	readonly lead?: number;
};

const defaultLead = 1_000_000;

/**
Two runs on common random numbers: the same seed, and each source of randomness has a stream of its
own (engine/random.ts), so that what differs between them is what their settings differ in. Both
go to the same simulated times; a figure of one less that of the other is a paired difference.
*/
export class Pair<Kit extends Instruments = Instruments> {
	/** Two runs from time 0. */
	static start<Kit extends Instruments>(
		a: SidePlan,
		b: SidePlan,
		{seed, build, lead, ...options}: PairOptions<Kit>,
	): Pair<Kit> {
		return new Pair(new Timeline({...a, seed}, build, options), new Timeline({...b, seed}, build, options), lead);
	}

	/**
	A run and a fork of it, in which other parameters are set now. Throws `UserError` for
	a change that needs a new run.
	*/
	static fork<Kit extends Instruments>(a: Timeline<Kit>, set: Change['set'], lead?: number): Pair<Kit> {
		const b = a.fork();
		b.apply(set);
		return new Pair(a, b, lead);
	}

	readonly a: Timeline<Kit>;
	readonly b: Timeline<Kit>;
	private readonly lead: number;

	/** Two runs of one seed, which stand at the same time. */
	constructor(a: Timeline<Kit>, b: Timeline<Kit>, lead = defaultLead) {
		if (a.start.seed !== b.start.seed || a.now !== b.now) {
			throw new Error(
				`a pair has one seed and one time, not ${a.start.seed} at ${a.now} and ${b.start.seed} at ${b.now}`,
			);
		}

		this.a = a;
		this.b = b;
		this.lead = lead;
	}

	/** Simulated time that both have reached, ns. */
	get now(): number {
		return Math.min(this.a.now, this.b.now);
	}

	/** Events of both. */
	get events(): number {
		return this.a.events + this.b.events;
	}

	/**
	Runs both to `to` (ns), taking turns, about `budget` events of both together at most. True when
	both are there; else the one may be up to `lead` ahead of the other.
	*/
	advance(to: number, budget = Infinity): boolean {
		let left = budget;
		while (this.now < to) {
			const target = Math.min(to, (Math.floor(this.now / this.lead) + 1) * this.lead);
			for (const side of [this.a, this.b]) {
				const before = side.events;
				if (left <= 0 || !side.advance(target, left)) {
					return false;
				}

				left -= Math.max(1, side.events - before);
			}
		}

		return true;
	}

	/** Takes both to a time (ns), back or on, as `Timeline.seek` does. */
	seek(time: number, budget = Infinity): boolean {
		const before = this.events;
		const isThere = this.a.seek(time, budget);
		return this.b.seek(time, Math.max(1, budget - Math.max(0, this.events - before))) && isThere;
	}

	/** A pair of its own with the same past. */
	fork(): Pair<Kit> {
		return new Pair(this.a.fork(), this.b.fork(), this.lead);
	}

	/** Changes parameters of one run now, when both stand at the same time. Throws `UserError`. */
	apply(side: Side, set: Change['set']): 'next-use' | 'reset' {
		if (this.a.now !== this.b.now) {
			throw new Error('a pair is changed when both runs stand at the same time');
		}

		return this[side].apply(set);
	}

	/** The figures of both begin anew now. */
	cut(): void {
		this.a.cut();
		this.b.cut();
	}
}
