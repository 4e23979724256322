import {type Histogram} from '../engine/histogram.js';
import {type Readable} from './assemble.js';
import {type CommandTracker} from './command-tracker.js';
import {type Planned} from './metric-plan.js';
import {pauseNames} from './metric-names.js';
import {type LongestPause, type PauseTracker} from './pause-tracker.js';
import {type RunFacts} from './run-facts.js';
import {type ExtremeName, type HistogramName, type PartName, type Reading} from './source.js';
import {type WaitTracker} from './wait-tracker.js';

/** Extremes of a ring over a stretch of a run. */
export type Extremes = Readonly<Record<ExtremeName, number>>;

/** What percentiles come from; null where only sums are kept (windows). */
export type Distributions = {
	readonly hold: readonly [Histogram, Histogram];
	readonly wait: readonly [Histogram, Histogram];
	readonly runs: readonly [Histogram, Histogram];
	readonly commands: CommandTracker;
	readonly waits: WaitTracker;
	readonly pauses: PauseTracker;
	readonly frames: readonly Histogram[];
	/** Simulated time at which commands without a response are looked at, ns. */
	readonly now: number;
};

export type RunReadingOptions = {
	readonly facts: RunFacts;
	/** ns. */
	readonly duration: number;
	/** What the counter at a place has grown by. */
	readonly grown: (place: number) => number;
	readonly extremes: (queue: 0 | 1) => Extremes;
	/** Without them (windows) percentiles and maxima are null, means are not. */
	readonly distributions: Distributions | null;
};

const none: LongestPause = {at: 0, length: 0};

/** A stretch of a run as its metrics read it, one after the other. */
export class RunReading implements Reading, Readable {
	readonly duration: number;
	readonly vcpus: number;
	member = 0;
	private queue: 0 | 1 = 0;
	private readonly options: RunReadingOptions;
	/** Life times of the queue that was asked for last, with the ages of unfinished commands. */
	private life: {readonly queue: number; readonly ages: Histogram; readonly unfinished: number} | undefined;

	constructor(options: RunReadingOptions) {
		this.options = options;
		this.duration = options.duration;
		this.vcpus = options.facts.layout.vcpus;
	}

	of({queue, member}: Planned): Reading {
		this.queue = queue;
		this.member = member;
		return this;
	}

	shows(): boolean {
		return true;
	}

	grown(counter: string, cell = 0, member = this.member): number {
		return this.options.grown(this.options.facts.layout.at(counter, this.queue, member) + cell);
	}

	span(): number {
		return this.duration;
	}

	has(part: 'exits' | 'bql'): boolean {
		return part === 'exits' ? !this.options.facts.tcg : this.options.facts.hasBql;
	}

	histogram(name: HistogramName): Histogram | undefined {
		const {distributions} = this.options;
		if (distributions === null) {
			return undefined;
		}

		switch (name) {
			case 'life': {
				return this.lives()?.ages;
			}

			case 'traced': {
				return distributions.commands.traced[this.queue];
			}

			case 'frames': {
				return distributions.frames[this.member];
			}

			case 'hold':
			case 'wait':
			case 'runs': {
				return distributions[name][this.queue];
			}
		}
	}

	extreme(name: ExtremeName): number {
		return this.options.extremes(this.queue)[name];
	}

	tail(name: PartName, cell: number): number | null {
		const {distributions} = this.options;
		if (distributions === null) {
			return null;
		}

		const {commands, waits} = distributions;
		const byBucket = name === 'stages' ? commands.stagesByBucket : waits.byBucket;
		return byBucket[this.queue].tail(commands.latency[this.queue], cell);
	}

	get unfinished(): number {
		return this.lives()?.unfinished ?? 0;
	}

	longest(kind: number): LongestPause {
		const {distributions} = this.options;
		return distributions === null ? none : distributions.pauses.longest(pauseNames[kind], distributions.now);
	}

	private lives(): {readonly ages: Histogram; readonly unfinished: number} | undefined {
		const {distributions} = this.options;
		if (distributions !== null && this.life?.queue !== this.queue) {
			this.life = {
				queue: this.queue,
				...distributions.commands.atEnd(this.queue, distributions.now, this.duration),
			};
		}

		return this.life;
	}
}
