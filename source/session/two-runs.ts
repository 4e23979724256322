import {formatSeconds} from '../charts/format-number.js';
import {UserError} from '../errors/user-error.js';
import {sliceLength} from '../experiment/watch/slice.js';
import {type Timeline} from '../run/timeline.js';
import {type SessionRun} from './kept-run.js';
import {type LiveKit, liveRun} from './live-run.js';
import {Lockstep} from './lockstep.js';
import {LookedAt} from './looked-at.js';
import {Script} from './script.js';
import {type Speed} from './speed.js';

/**
A session whose run may have a rival: another one on the same random numbers, with other settings.
*/
export abstract class TwoRuns extends LookedAt {
	abstract speed: Speed;
	/**
	Both runs of a pair have it; a run that the user comes back to has its rival again while both
	are alive.
	*/
	private readonly pairs = new WeakMap<SessionRun, Lockstep>();

	/** The two runs that are compared, while the one that goes on is one of them. */
	get lockstep(): Lockstep | undefined {
		return this.pairs.get(this.head);
	}

	/** `A`; with a rival `A|B`, what is seen and changed last. */
	get sides(): string {
		const {lockstep, head} = this;
		return lockstep === undefined ? 'A' : head === lockstep.b ? 'A|B' : 'B|A';
	}

	/** The last change of what goes on, ns; undefined: there is none. */
	get lastChange(): number | undefined {
		const {log, timeline} = this.head;
		return log.upTo(timeline.now).at(-1)?.at;
	}

	/**
	Forks here: what goes on is B from now on and takes the changes, A keeps its settings. Throws
	`UserError`.
	*/
	forkHere(): void {
		const {head} = this;
		this.refuseFork();
		head.timeline.settle();
		this.pairUp({
			a: copyOf(head, head.timeline.fork()),
			b: head,
			start: head.timeline.now,
			words: `settings of ${formatSeconds(head.timeline.now)} s`,
		});
	}

	/**
	Compares what goes on with what it would be without its last change; both are run from there to
	here again. Throws `UserError`.
	*/
	forkBeforeChange(): void {
		const {head, lastChange: at} = this;
		if (at === undefined) {
			throw new UserError('there is no change yet to compare with what was before it');
		}

		this.refuseFork();
		head.timeline.settle();
		const [before, past] = [head.timeline.at(at), head.timeline.at(at)];
		for (const timeline of [before, past]) {
			timeline.advance(at);
		}

		before.abandon();
		this.pairUp({
			a: copyOf(head, before),
			b: head,
			start: at,
			past,
			words: `without the change of ${formatSeconds(at)} s`,
		});
	}

	/** What goes on and takes the changes is the other one. False without one. */
	swapSides(): boolean {
		const {lockstep, head} = this;
		if (lockstep === undefined) {
			return false;
		}

		this.refuseUnderWay();
		this.history.replace(lockstep.rivalOf(head));
		return true;
	}

	/** Ends the comparison and goes on with one of the two. False without one. */
	keep(side: 'a' | 'b'): boolean {
		const {lockstep, head} = this;
		if (lockstep === undefined) {
			return false;
		}

		this.refuseUnderWay();
		this.pairs.delete(lockstep.a);
		this.pairs.delete(lockstep.b);
		if (head !== lockstep[side]) {
			this.history.replace(lockstep[side]);
		}

		return true;
	}

	/**
	A change that needs a new run begins both anew: `run` takes the place of what goes on, its rival
	keeps its settings.
	*/
	protected renew(run: SessionRun, begin: (rival: SessionRun) => SessionRun): void {
		const {lockstep, head} = this;
		if (lockstep !== undefined && run.timeline.start.seed === head.timeline.start.seed) {
			const rival = begin(lockstep.rivalOf(head));
			const [a, b] = head === lockstep.b ? [rival, run] : [run, rival];
			this.pairUp({a, b, start: 0, words: lockstep.words});
		}

		this.history.replace(run);
	}

	/** The rival's warm-up has ended too. */
	protected warmRival(): void {
		const {lockstep, head} = this;
		const rival = lockstep?.rivalOf(head);
		if (rival !== undefined && !rival.warm) {
			rival.warm = true;
			rival.timeline.cut();
		}
	}

	protected abstract refuseUnderWay(): void;

	private refuseFork(): void {
		this.refuseUnderWay();
		if (this.present !== undefined) {
			throw new UserError('this is the past: F goes on from here, and then there is something to compare');
		}
	}

	private pairUp(parts: {
		readonly a: SessionRun;
		readonly b: SessionRun;
		readonly start: number;
		readonly past?: Timeline<LiveKit>;
		readonly words: string;
	}): void {
		const {b} = parts;
		const lockstep = new Lockstep({
			...parts,
			slice: sliceLength({
				configuration: b.simulation.configuration,
				commandsPerSecond: commandRate(this.head),
				speed: this.speed,
				window: this.window,
			}),
		});
		this.pairs.set(parts.a, lockstep);
		this.pairs.set(b, lockstep);
		this.history.version++;
	}
}

/** Simulated time over which commands are counted, ns. */
const rateTime = 200_000_000;

/** Commands a simulated second, lately. */
function commandRate({recorder: {windows}}: SessionRun): number {
	const from = Math.max(windows.first, windows.end - Math.ceil(rateTime / windows.window));
	return from >= windows.end
		? 0
		: (['throughput.completed', 'cursor.throughput.completed'] as const)
				.map(path => windows.value(path, from, windows.end) ?? 0)
				.reduce((sum, rate) => sum + rate, 0);
}

/** A run with the past of another, on a fork of its timeline; what is planned is the other's. */
function copyOf(run: SessionRun, timeline: Timeline<LiveKit>): SessionRun {
	return {...run, ...liveRun(timeline), log: run.log.copy(), script: new Script()};
}
