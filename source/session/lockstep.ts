import {type Figures} from '../experiment/compare/figures.js';
import {SliceReader, watchedPaths} from '../experiment/watch/slice.js';
import {Watch} from '../experiment/watch/watch.js';
import {Pair, type Side} from '../run/pair.js';
import {type Timeline} from '../run/timeline.js';
import {type SessionRun} from './kept-run.js';
import {type LiveKit} from './live-run.js';
import {type Paced} from './pacer.js';

export type LockstepOptions = {
	/** As the settings were. */
	readonly a: SessionRun;
	/** The one that is changed; of the same seed. */
	readonly b: SessionRun;
	/** Where they part, ns. */
	readonly start: number;
	/** Length of a slice, ns. */
	readonly slice: number;
	/**
	B at `start`, when it has gone further itself: it is run to there again, so that its past is
	measured too.
	*/
	readonly past?: Timeline<LiveKit>;
	/** What is said of A. */
	readonly words: string;
};

/** How far one run may be ahead of the other, ns. */
const lead = 1_000_000;

/**
Two runs on the same random numbers that go on together, and what is measured of both over the same
slices of simulated time. What is watched begins anew with each change of either: no figure mixes
two settings.
*/
export class Lockstep implements Paced {
	readonly a: SessionRun;
	readonly b: SessionRun;
	readonly start: number;
	readonly slice: number;
	readonly words: string;
	/** Paths of what is measured. */
	readonly paths: readonly string[];
	/** All slices since they parted; one that cannot be counted has no figures. */
	readonly track = new Watch();
	/** The slices since the last change of either. */
	watch = new Watch();
	/** Since when that is, ns. */
	since: number;
	private pair: Pair<LiveKit>;
	private isPast: boolean;
	private wasSame = true;
	private readonly readers: Readonly<Record<Side, SliceReader>>;
	/** Where the slice began that both are in; undefined: one of them was not there. */
	private begun: number | undefined;

	constructor({a, b, start, slice, past, words}: LockstepOptions) {
		this.a = a;
		this.b = b;
		this.start = start;
		this.slice = slice;
		this.words = words;
		this.since = start;
		this.paths = watchedPaths(b.start);
		this.readers = {a: new SliceReader(this.paths), b: new SliceReader(this.paths)};
		this.isPast = past !== undefined;
		this.pair = new Pair(a.timeline, past ?? b.timeline, lead);
	}

	/** Simulated time that both have reached, ns. */
	get now(): number {
		return this.pair.now;
	}

	/** Where the one stands that is further, ns. */
	get goal(): number {
		return Math.max(this.a.timeline.now, this.b.timeline.now);
	}

	/** One has to be run to where the other stands. */
	get isBehind(): boolean {
		return this.isPast || this.goal - this.now > lead;
	}

	/**
	Every event of both is the same. Of one that was stepped to among the events of a time nothing
	new is known: it stays what it was between two times.
	*/
	get isSameRun(): boolean {
		const {a, b} = this.pair;
		if (a.now === b.now && a.isSettled && b.isSettled) {
			this.wasSame = a.eventHash() === b.eventHash();
		}

		return !this.isPast && a.now === b.now && this.wasSame;
	}

	/** The other one. */
	rivalOf(run: SessionRun): SessionRun {
		return run === this.a ? this.b : this.a;
	}

	/** Runs both to `time` (ns), about `budget` events; true when both are there. */
	runUntil(time: number, budget: number): boolean {
		let left = budget;
		while (this.now < time) {
			const border = (Math.floor(this.now / this.slice) + 1) * this.slice;
			const target = Math.min(time, border);
			const before = this.pair.events;
			if (left <= 0 || !this.pair.advance(target, left)) {
				return false;
			}

			left -= Math.max(1, this.pair.events - before);
			if (target === border) {
				this.close(border);
			}
		}

		this.arrive();
		return true;
	}

	/** A slice ends where both stand, and the next begins. */
	private close(border: number): void {
		const {a, b} = this.pair;
		const isThere = a.now === border && b.now === border;
		const sides = {a: a.instruments.recorder, b: b.instruments.recorder};
		if (isThere) {
			sides.a.advance(border);
			sides.b.advance(border);
		}

		const since = Math.max(sides.a.since, sides.b.since, this.start);
		if (since > this.since) {
			this.since = since;
			this.watch = new Watch();
		}

		const figures = (side: Side): Figures =>
			this.begun === undefined ? {} : this.readers[side].read(sides[side], this.begun, border);
		if (isThere && this.begun !== undefined && this.begun >= since) {
			const [ofA, ofB] = [figures('a'), figures('b')];
			this.watch.add(ofA, ofB);
			this.track.add(ofA, ofB);
		} else if (border - this.slice >= this.start) {
			this.track.add(nothing(this.paths), nothing(this.paths));
		}

		this.begun = isThere ? border : undefined;
		if (isThere) {
			this.readers.a.begin(sides.a);
			this.readers.b.begin(sides.b);
		}
	}

	/** The past of B has come to where B itself stands: they are the same, bit for bit. */
	private arrive(): void {
		const {a, b} = this;
		if (this.isPast && this.now >= b.timeline.now) {
			this.isPast = false;
			this.pair = new Pair(a.timeline, b.timeline, lead);
		}
	}
}

function nothing(paths: readonly string[]): Figures {
	return Object.fromEntries(paths.map(path => [path, null]));
}
