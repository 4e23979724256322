import {type Change} from '../parameters/configuration.js';
import {type RunPoint} from '../run/acts.js';
import {KeptRun, type RunList, type SessionRun} from './kept-run.js';
import {liveRun, startRun} from './live-run.js';

type Values = Change['set'];

/** What can be taken back: values that were set, or a run that took the place of another. */
export type Undo =
	| {readonly kind: 'set'; readonly from: Values; readonly to: Values}
	| {readonly kind: 'run'; readonly from: KeptRun; readonly to: KeptRun};

/** Steps that can be taken back. */
const mostUndos = 500;

/**
The runs of a session: the one that goes on, those that undo brings back, and the place in its
past that is looked at. Of the runs that were left only the last stays alive; the others are
lists, from which they are made again.
*/
export class RunHistory {
	/** What is looked at: the run that goes on, or its past. */
	run: SessionRun;
	/** Counts what a view must draw anew at once: changes, new runs, restarts. */
	version = 0;
	/** Where it is another object, axes begin anew. */
	axes: object = {};
	private current: KeptRun;
	private spare: KeptRun | undefined;
	/** The run that goes on, while its past is looked at. */
	private present: SessionRun | undefined;
	/** Where a run that is made again was left. */
	private goal: RunPoint | undefined;
	private readonly undos: Undo[] = [];
	private readonly redos: Undo[] = [];

	/** `window`: length of the windows, ns. */
	constructor(
		run: SessionRun,
		private readonly window: number,
	) {
		this.run = run;
		this.current = new KeptRun(run);
	}

	/** The run that goes on. */
	get head(): SessionRun {
		return this.present ?? this.run;
	}

	/** The past is looked at. */
	get isPast(): boolean {
		return this.present !== undefined;
	}

	/** A run is being made again and is not yet where it was left. */
	get isReturning(): boolean {
		return this.goal !== undefined;
	}

	/** Where it goes to meanwhile, ns. */
	get destination(): number | undefined {
		return this.goal?.time;
	}

	/**
	Looks at a time (ns) of the run that goes on, which stands still
	meanwhile; from its newest on at that.
	*/
	look(time: number): void {
		const {head} = this;
		if (time >= head.timeline.now) {
			this.lookAtPresent();
			return;
		}

		if (this.present === undefined) {
			this.present = head;
			this.run = {...head, ...liveRun(head.timeline.at(time)), log: head.log.copy(), script: head.script.copy()};
		}

		const past = this.run;
		past.timeline.seek(Math.max(0, time));
		past.measuredFrom = head.measuredFrom > past.timeline.now ? 0 : head.measuredFrom;
		this.version++;
	}

	/** Looks at the run that goes on. */
	lookAtPresent(): void {
		if (this.present !== undefined) {
			this.run = this.present;
			this.present = undefined;
			this.version++;
		}
	}

	/** The past that is looked at has come to the present: they are the same run. */
	catchUp(): void {
		if (this.present !== undefined && this.run.timeline.events >= this.present.timeline.events) {
			this.lookAtPresent();
		}
	}

	/**
	Goes on from the past that is looked at, as another run; undo comes back to
	the one that went on from there.
	*/
	fork(): void {
		if (this.present === undefined) {
			return;
		}

		const {run} = this;
		const to = new KeptRun(run);
		run.timeline.abandon();
		// The end of the warm-up is an act; one at this very time has not been done.
		run.warm = run.timeline.now > Number(run.start.parameters.warmup);
		this.present = undefined;
		this.note({kind: 'run', from: this.current, to});
		this.show(to);
	}

	/** Goes on with another run. */
	replace(run: SessionRun): void {
		this.lookAtPresent();
		const to = new KeptRun(run);
		this.note({kind: 'run', from: this.current, to});
		this.show(to);
	}

	/** Values were set. */
	note(undo: Undo): void {
		this.undos.push(undo);
		this.redos.length = 0;
		if (this.undos.length > mostUndos) {
			this.undos.shift();
		}
	}

	/**
	Takes the last step back; `set` sets values. False when there is none. What
	`set` throws leaves all as it was.
	*/
	undo(set: (values: Values) => void): boolean {
		return this.step(this.undos, this.redos, 'from', set);
	}

	/** Does again what was taken back. */
	redo(set: (values: Values) => void): boolean {
		return this.step(this.redos, this.undos, 'to', set);
	}

	/**
	Goes on with a run that is made again, about `budget` events; true when it is where it was left.
	*/
	return(budget: number): boolean {
		if (this.goal === undefined || this.run.timeline.reach(this.goal, budget)) {
			this.goal = undefined;
			return true;
		}

		return false;
	}

	/** Begins with a run that was saved, which is made again. */
	load(list: RunList): void {
		const run = runOf(list, this.window);
		this.current = new KeptRun(run);
		this.run = run;
		this.goal = list.point;
		this.version++;
	}

	private step(from: Undo[], to: Undo[], side: 'from' | 'to', set: (values: Values) => void): boolean {
		const last = from.at(-1);
		if (last === undefined) {
			return false;
		}

		this.lookAtPresent();
		if (last.kind === 'run') {
			this.show(last[side]);
		} else {
			set(last[side]);
		}

		from.pop();
		to.push(last);
		return true;
	}

	private show(to: KeptRun): void {
		const {current, spare} = this;
		if (current !== to) {
			// One that has not come to where it was left keeps the list of then.
			if (this.goal === undefined) {
				current.leave();
			}

			if (spare !== to) {
				spare?.drop();
			}

			if (this.goal !== undefined) {
				current.drop();
			}

			this.spare = current;
			this.current = to;
		}

		this.goal = undefined;
		if (to.run === undefined && to.left !== undefined) {
			to.run = runOf(to.left, this.window);
			this.goal = to.left.point;
		}

		this.run = to.run ?? this.run;
		this.axes = {};
		this.version++;
	}
}

/** A run at its start with what will be done to it. */
function runOf({preset, start, measuredFrom, warm, log, script, acts}: RunList, window: number): SessionRun {
	return {
		...startRun(start, Number(start.parameters.seed), window, acts),
		preset,
		start,
		measuredFrom,
		warm,
		log,
		script,
	};
}
