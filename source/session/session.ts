import {type Act} from '../run/acts.js';
import {type Change, type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {withChange} from '../simulation/parameters/change.js';
import {valueOf} from '../simulation/parameters/resolve-clients.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {formatDuration} from '../parameters/duration.js';
import {checkValue, sameValue} from '../parameters/value.js';
import {ChangeLog} from './before/change-log.js';
import {nudged} from './nudged.js';
import {type Direction} from './parameter-ladder.js';
import {givenValue} from './parameter-list.js';
import {type SessionRun} from './kept-run.js';
import {startRun} from './live-run.js';
import {type SessionPreset} from './preset-shelf.js';
import {RunHistory} from './run-history.js';
import {plannedChange} from './planned-change.js';
import {type SavedSession} from './saved-session.js';
import {Script} from './script.js';
import {type Speed} from './speed.js';
import {lastHeld, type WindowTest} from './window-search.js';
import {GoingOn} from './going-on.js';

export type SessionOptions = {
	readonly preset: SessionPreset;
	/** Wall clock, ms, monotonic. */
	readonly clock: () => number;
	/** What the first run begins with, beside the preset. */
	readonly sets?: Values;
	readonly speed?: Speed;
};

type Values = Change['set'];

/**
The interactive state below the keys: the run that is going on, its list of changes,
pause, speed, undo and redo. It knows nothing of what is drawn.
*/
export class Session extends GoingOn {
	/** What the verdict advises to set; null: nothing, or it is not known yet. */
	advised: Values | null = null;

	/** Why a change that was planned could not be made; whoever says so clears it. */
	trouble: string | undefined;

	/** Length of the windows of the charts, ns: the same for all runs of a session. */
	readonly window: number;
	protected readonly history: RunHistory;

	constructor(options: SessionOptions) {
		super(options.clock, options.speed);
		const {preset, sets = {}} = options;
		const {configuration} = withChange(preset.configuration, sets);
		this.window = configuration.parameters.window;
		this.history = new RunHistory(this.begin(preset, configuration), this.window);
	}

	/**
	Sets a parameter now. What takes effect in a new run begins one. Throws `UserError`.

	@returns what happened, in words for the key row; undefined when nothing changed.
	*/
	set(key: string, value: ParameterValue): string | undefined {
		return this.change({[key]: value});
	}

	/** Sets several parameters now, as one change; else as `set`. */
	change(set: Values): string | undefined {
		const keys = Object.keys(set);
		const to = Object.fromEntries(keys.map(key => [key, checkValue(parameter(key), set[key])]));
		const from = Object.fromEntries(keys.map(key => [key, givenValue(this.configuration, key)]));
		const {configuration, effect: wanted} = withChange(this.configuration, to);
		const isIdle = (key: string): boolean =>
			parameter(key).isStroke !== true && sameValue(this.valueOf(key), valueOf(configuration, key));
		if (keys.every(key => isIdle(key))) {
			return undefined;
		}

		const label = keys.map(key => parameter(key).label).join(', ');
		this.refuseUnderWay();
		if (wanted === 'restart') {
			this.renew(this.begin(this.run.preset, configuration, this.run.script.copy()), ({preset, simulation}) =>
				this.begin(preset, simulation.configuration),
			);
			this.pacer.reset();
			return `${label}: a new run from t = 0`;
		}

		const left = this.present;
		const effect = this.apply(to);
		this.history.fork();
		this.history.note({kind: 'set', from, to});
		if (left !== undefined) {
			return (
				`${label}: forked ${formatDuration(Math.round(left - this.now))} back; undo twice for what came ` +
				'after'
			);
		}

		return effect === 'reset' ? `${label}: after a device reset` : undefined;
	}

	/**
	Will make a change when the run comes to its time; with one that is there already at that time
	it is one. Throws `UserError` for a time that has passed, and for what needs a new run.
	*/
	plan(change: Change): void {
		const {head, history} = this;
		head.script.add(plannedChange(change, history.destination ?? head.timeline.now, this.configuration));
		this.history.version++;
	}

	/** Takes back what was planned for a time (ns); false when nothing was. */
	unplan(at: number): boolean {
		this.history.version++;
		return this.head.script.remove(at);
	}

	/** Sets a parameter to the neighbour of its value. Throws `UserError`. */
	nudge(key: string, direction: Direction): string | undefined {
		return nudged(this, key, direction);
	}

	/** Sets a parameter back to what the preset says. Throws `UserError`. */
	restoreDefault(key: string): string | undefined {
		return this.set(key, givenValue(this.run.preset.configuration, key));
	}

	/** Replaces the run by a preset's; undo brings it back with its history. */
	load(preset: SessionPreset): void {
		this.search = undefined;
		this.history.replace(this.begin(preset, preset.configuration));
		this.pacer.reset();
	}

	/**
	Appends the opposite of the last change, or brings the run before back. Throws
	`UserError`; false when there is none.
	*/
	undo(): boolean {
		return this.takeStep('undo');
	}

	/** Does again what was undone. Throws `UserError`; false when there is nothing. */
	redo(): boolean {
		return this.takeStep('redo');
	}

	/**
	Looks at a time of the run, ns, and stands there; its newest is the present. Throws `UserError`.
	*/
	look(time: number): void {
		this.refuseUnderWay();
		this.history.look(time);
		this.paused = true;
		this.pacer.reset();
	}

	/** Goes on with the run as it is now. */
	lookAtPresent(): void {
		this.history.lookAtPresent();
		this.pacer.reset();
	}

	/**
	Goes on from the past that is looked at as another run; false at the present. Undo comes back.
	*/
	fork(): boolean {
		const {isPast} = this.history;
		this.history.fork();
		this.pacer.reset();
		return isPast;
	}

	/**
	Looks at the end of the last window before now in which it held. Throws `UserError`; undefined
	when it held in none that is kept, else its end, ns.
	*/
	back(holds: WindowTest): number | undefined {
		const end = lastHeld(this.run.recorder.windows, this.now, holds);
		if (end !== undefined) {
			this.look(end);
		}

		return end;
	}

	/** Goes on as fast as it can until the end of a window in which it holds; then it is paused. */
	forward(holds: WindowTest): void {
		this.refuseUnderWay();
		this.search = {holds};
	}

	/** Gives a search up; false when there is none. */
	giveUp(): boolean {
		const isSearching = this.search !== undefined;
		this.search = undefined;
		this.paused ||= isSearching;
		return isSearching;
	}

	/**
	Begins with a run that was saved: it is made again, and stands where it was saved. Times in ns.
	*/
	restore({acts, end, events, planned}: Pick<SavedSession, 'acts' | 'end' | 'events' | 'planned'>): void {
		const {preset, start} = this.run;
		const warmup = Number(start.parameters.warmup);
		const cut: Act[] = end > warmup && warmup > 0 ? [{at: warmup}] : [];
		const all = [...acts, ...cut].toSorted((a, b) => a.at - b.at);
		this.history.load({
			preset,
			start,
			acts: all,
			point: {time: end, events, acts: all.length},
			measuredFrom: 0,
			warm: end > warmup || warmup === 0,
			log: new ChangeLog(),
			script: new Script(planned),
		});
		this.paused = true;
	}

	/** Cuts the live window and the percentiles here, as the user wants it. */
	restartWindow(): void {
		this.history.axes = {};
		this.run.measuredFrom = this.now;
		this.cut();
	}

	/** Shows nothing of before the last change any more. */
	forgetBefore(): void {
		this.run.log.forget();
	}

	protected make(change: Change): void {
		const {set} = change;
		const from = Object.fromEntries(Object.keys(set).map(key => [key, givenValue(this.configuration, key)]));
		this.run.script.made(change);
		try {
			this.apply(set);
			this.history.note({kind: 'set', from, to: set});
		} catch (error) {
			if (!(error instanceof UserError)) {
				throw error;
			}

			// What was changed meanwhile does not go with it: the user has to see that.
			this.paused = true;
			this.trouble = `${formatDuration(change.at)}: ${error.message}`;
		}
	}

	private begin(preset: SessionPreset, start: Configuration, script = new Script()): SessionRun {
		return {
			...startRun(start, Number(start.parameters.seed), this.window),
			preset,
			start,
			measuredFrom: 0,
			warm: Number(start.parameters.warmup) === 0,
			log: new ChangeLog(),
			script,
		};
	}

	private takeStep(step: 'undo' | 'redo'): boolean {
		this.search = undefined;
		const isDone = this.history[step](values => {
			this.refuseUnderWay();
			this.apply(values);
		});
		this.pacer.reset();
		return isDone;
	}

	protected refuseUnderWay(): void {
		if (this.history.isReturning) {
			const end = formatDuration(Math.round(this.history.destination ?? 0));
			throw new UserError(`the run is on its way back to ${end}: wait until it is there`);
		}

		this.search = undefined;
	}

	private apply(set: Values): 'next-use' | 'reset' {
		const {log, timeline} = this.run;
		const isLive = withChange(this.configuration, set).effect === 'next-use';
		timeline.settle();
		log.record(set, this.figures, timeline, isLive);
		try {
			const effect = timeline.apply(set);
			this.cut();
			return effect;
		} catch (error) {
			log.takeBack();
			throw error;
		}
	}
}
