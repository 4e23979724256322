import {type Act} from '../run/acts.js';
import {type Change, type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {withChange} from '../simulation/parameters/change.js';
import {valueOf} from '../simulation/parameters/resolve-clients.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {formatDuration} from '../parameters/duration.js';
import {checkValue, sameValue} from '../parameters/value.js';
import {ExportJob} from '../export/export-job.js';
import {type TraceFormat} from '../export/trace-format.js';
import {version} from '../version.js';
import {AchievedSpeed} from './achieved-speed.js';
import {ChangeLog} from './before/change-log.js';
import {type StretchFigures, stretchFigures} from './before/stretch-figures.js';
import {type Direction, neighbourValue} from './parameter-ladder.js';
import {type Pace, Pacer} from './pacer.js';
import {givenValue} from './parameter-list.js';
import {type SessionRun} from './kept-run.js';
import {startRun} from './live-run.js';
import {LookedAt} from './looked-at.js';
import {type SessionPreset} from './preset-shelf.js';
import {RunHistory} from './run-history.js';
import {shareLine} from './share-line.js';
import {StepListener} from './step-words.js';
import {fullSpeed, defaultSpeed, faster, slower, type Speed, speedFor} from './speed.js';
import {lastHeld, runToHeld, type WindowTest} from './window-search.js';

export type SessionOptions = {
	readonly preset: SessionPreset;
	/** Wall clock, ms, monotonic. */
	readonly clock: () => number;
	/** What the first run begins with, beside the preset. */
	readonly sets?: Values;
	readonly speed?: Speed;
};

type Values = Change['set'];

/** A command that never ends must not hold the step for ever. */
const stepLimit = 50_000;

/** The shortest run that `vqlab export` makes, ns. */
const shortestExport = 1000;

/** The warm-up of a run that nobody has given a speed passes in so much wall time, ns. */
const warmupTime = 500_000_000;

/** Simulated ns between two looks for a stall at full speed. */
const longestSlice = 50_000_000;

/**
The interactive state below the keys: the run that is going on, its list of changes,
pause, speed, undo and redo. It knows nothing of what is drawn.
*/
export class Session extends LookedAt {
	paused = false;
	speed: Speed;
	/** The clock shows six decimals: something was stepped. */
	stepping = false;
	/** What the verdict advises to set; null: nothing, or it is not known yet. */
	advised: Values | null = null;

	/** Length of the windows of the charts, ns: the same for all runs of a session. */
	readonly window: number;
	private readonly pacer: Pacer;
	private readonly pace = new AchievedSpeed();
	/** The user has chosen the speed; else each run has its own. */
	private isSpeedGiven: boolean;
	protected readonly history: RunHistory;
	private tried: {readonly of: SessionPreset; readonly keys: readonly string[]} | undefined;

	constructor(options: SessionOptions) {
		super();
		this.pacer = new Pacer(options.clock);
		this.speed = options.speed ?? defaultSpeed;
		this.isSpeedGiven = options.speed !== undefined;
		const {preset, sets = {}} = options;
		const {configuration} = withChange(preset.configuration, sets);
		this.window = configuration.parameters.window;
		this.history = new RunHistory(this.begin(preset, configuration), this.window);
	}

	/** Keys of the parameters that matter most now, the first first. */
	get relevant(): readonly string[] {
		const {preset} = this.run;
		return this.tried?.of === preset ? this.tried.keys : triedKeys(preset);
	}

	set relevant(keys: readonly string[]) {
		this.tried = {of: this.run.preset, keys};
	}

	get configuration(): Configuration {
		return this.run.simulation.configuration;
	}

	get now(): number {
		return this.run.simulation.now;
	}

	/** Events of the run so far. */
	get events(): number {
		return this.run.simulation.events;
	}

	/** Responses since the window was last cut. */
	get commands(): number {
		return this.run.recorder.answered;
	}

	/** The speed at which the run really goes on, where that is less than the one asked for. */
	get achieved(): Speed | null {
		return this.pace.speed;
	}

	/** The command that repeats the run. */
	get token(): string {
		const {run} = this;
		return shareLine({
			preset: run.preset.reference,
			original: run.preset.configuration,
			start: run.start,
			changes: run.timeline.changes,
			from: run.measuredFrom,
			end: this.now,
			hashAt: time => this.hashAt(time),
		});
	}

	/**
	Runs one slice; `held` also stops the clock, as an overlay that hides the numbers does.
	A stalled run stands still: time alone would not change it.
	*/
	advance(wallTime: number, held = false): Pace {
		if (!held && this.isUnderWay) {
			return this.proceed();
		}

		const {simulation, timeline} = this.run;
		if (this.paused || held || simulation.stall() !== null) {
			this.pacer.reset();
			this.pace.reset();
			return 'reached';
		}

		const longest = this.speed === fullSpeed ? simulation.now + longestSlice : Infinity;
		const limit = this.run.warm ? (this.present ?? longest) : Number(this.run.start.parameters.warmup);
		const before = simulation.now;
		const speed = this.run.warm || this.isSpeedGiven ? this.speed : Math.max(this.speed, limit / warmupTime);
		const pace = this.pacer.advance(timeline, wallTime, speed, limit);
		this.pace.add(wallTime, simulation.now - before, speed);
		if (pace === 'reached' && this.present === undefined) {
			this.run.log.compare(timeline);
		}

		this.endWarmup();
		if (this.present !== undefined && this.now >= this.present) {
			timeline.reach(this.history.head.timeline.point);
			this.history.catchUp();
		}

		return pace;
	}

	/**
	Runs to a time (ns), about `budget` events at most; true when it is there, else the next call
	goes on. Whatever the pause and the wall clock say.
	*/
	advanceTo(time: number, budget = Infinity): boolean {
		const {run} = this;
		const {timeline} = run;
		const end = timeline.events + budget;
		if (!run.warm) {
			const isReached = timeline.advance(Math.min(time, Number(run.start.parameters.warmup)), budget);
			this.endWarmup();
			if (!isReached) {
				return false;
			}
		}

		return timeline.advance(time, end - timeline.events);
	}

	/** What the parameter is now. */
	override valueOf(key: string): ParameterValue | undefined {
		return valueOf(this.configuration, key);
	}

	/** The stretch since the window was last cut, as it is now. */
	get figures(): StretchFigures {
		const {configuration, run, window} = this;
		const {parameters, clients} = configuration;
		return stretchFigures(
			run.recorder,
			window,
			{control: Number(parameters['queue.size']), cursor: Number(parameters['queue.cursorSize'])},
			clients.filter(({kind}) => kind === 'paced').map(({name}) => name),
		);
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
		if (keys.every(key => sameValue(this.valueOf(key), valueOf(configuration, key)))) {
			return undefined;
		}

		const label = keys.map(key => parameter(key).label).join(', ');
		this.refuseUnderWay();
		if (wanted === 'restart') {
			this.history.replace(this.begin(this.run.preset, configuration));
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

	/** Sets a parameter to the neighbour of its value. Throws `UserError`. */
	nudge(key: string, direction: Direction): string | undefined {
		const entry = parameter(key);
		let value = this.valueOf(key);
		if (value === undefined) {
			return undefined;
		}

		if (value === entry.automatic?.word && entry.group === 'client') {
			throw new UserError(`${entry.label}: its steps and commands differ in it; type a value for all of them`);
		}

		// A choice that is refused here (a combination the model has not) is stepped over.
		const tries = entry.type === 'choice' ? entry.choices.length - 1 : 1;
		for (let attempt = 1; ; attempt++) {
			value = neighbourValue(entry, value, direction);
			try {
				return this.set(key, value);
			} catch (error) {
				if (!(error instanceof UserError) || attempt >= tries) {
					throw error;
				}
			}
		}
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
	restore({acts, end, events}: {readonly acts: readonly Act[]; readonly end: number; readonly events: number}): void {
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
		});
		this.paused = true;
	}

	togglePause(): void {
		this.paused = !this.paused;
		this.stepping = false;
		this.pacer.reset();
	}

	setSpeed(speed: Speed): void {
		this.isSpeedGiven = true;
		this.speed = speed;
		this.pacer.reset();
		this.pace.reset();
	}

	faster(): void {
		this.setSpeed(faster(this.speed));
	}

	slower(): void {
		this.setSpeed(slower(this.speed));
	}

	/** One event; pauses. Says in a line what it did. */
	stepEvent(): string {
		this.hold();
		const {simulation, timeline} = this.run;
		const listener = new StepListener(simulation);
		simulation.observe(listener.observer);
		const isDone = timeline.step();
		simulation.unobserve(listener.observer);
		this.endWarmup();
		this.history.catchUp();
		return isDone ? listener.words() : 'there is no event to come: all is asleep for ever';
	}

	/** Until the next response is returned; pauses. False when none came within the limit. */
	stepCommand(): boolean {
		this.hold();
		const {timeline, recorder} = this.run;
		const before = recorder.answered;
		for (let events = 0; events < stepLimit && recorder.answered === before && timeline.step(); events++) {
			this.endWarmup();
		}

		return recorder.answered !== before;
	}

	/** As much simulated time as a column of the charts; pauses. */
	stepFrame(column: number): void {
		this.hold();
		const {timeline} = this.run;
		timeline.advance((Math.floor(timeline.now / column) + 1) * column, stepLimit);
		this.endWarmup();
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

	/**
	What writes the last `length` ns of the run, or all of it when it is shorter. Throws
	`UserError` when there is nothing yet.
	*/
	exportJob(length: number, format: TraceFormat): ExportJob {
		const {run, now} = this;
		const from = Math.max(0, Math.floor(now - length));
		if (now - from < shortestExport) {
			throw new UserError('nothing has been simulated yet: let it run, then save');
		}

		return new ExportJob(run.timeline.at(from), format, {from, end: now});
	}

	/**
	The event hash of the run up to a time (ns) as `vqlab run` would have it,
	with the version that makes it.
	*/
	private hashAt(time: number): string | undefined {
		const {timeline} = this.run;
		if (timeline.stall()?.kind === 'livelock') {
			// A run ends when it finds that, and events go on.
			return undefined;
		}

		const twin = timeline.at(time);
		twin.advance(time);
		return `${twin.eventHash()}@${version}`;
	}

	private hold(): void {
		this.paused = true;
		this.stepping = true;
		this.pacer.reset();
	}

	private begin(preset: SessionPreset, start: Configuration): SessionRun {
		return {
			...startRun(start, Number(start.parameters.seed), this.window),
			preset,
			start,
			measuredFrom: 0,
			warm: Number(start.parameters.warmup) === 0,
			log: new ChangeLog(),
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

	private refuseUnderWay(): void {
		if (this.history.isReturning) {
			const end = formatDuration(Math.round(this.history.destination ?? 0));
			throw new UserError(`the run is on its way back to ${end}: wait until it is there`);
		}

		this.search = undefined;
	}

	/** A slice of the way to where it was asked to go. */
	private proceed(): Pace {
		const {history, run, search} = this;
		let isThere = false;
		this.pacer.advance(
			{
				now: run.timeline.now,
				runUntil: (_, budget) => {
					isThere = search === undefined ? history.return(budget) : runToHeld(this, search, budget);
					return isThere;
				},
			},
			0,
			fullSpeed,
		);
		if (isThere) {
			this.pacer.reset();
			this.history.version++;
			if (search !== undefined) {
				this.search = undefined;
				this.paused = true;
			}
		}

		return 'behind';
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

	private cut(): void {
		this.run.timeline.cut();
		this.history.version++;
	}

	private endWarmup(): void {
		if (!this.run.warm && this.now >= Number(this.run.start.parameters.warmup)) {
			this.run.warm = true;
			if (!this.isSpeedGiven) {
				this.speed = speedFor(this.commands / (this.run.recorder.duration / 1e9));
			}

			this.cut();
		}
	}
}

/** The keys that a preset says are worth a try. */
function triedKeys({try: tries}: SessionPreset): readonly string[] {
	return tries.flatMap(text => text.split(' ').map(setting => setting.split('=', 1)[0]));
}
