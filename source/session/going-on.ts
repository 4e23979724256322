import {formatDuration, formatTime} from '../charts/format-number.js';
import {type Change} from '../parameters/configuration.js';
import {AchievedSpeed} from './achieved-speed.js';
import {type LiveRun} from './live-run.js';
import {type Pace, type Paced, Pacer} from './pacer.js';
import {faster, fullSpeed, slower, type Speed} from './speed.js';
import {AnswerListener, StepListener} from './step-words.js';
import {WarmUp} from './warm-up.js';
import {runToHeld, type Search} from './window-search.js';

/** A command that never ends must not hold the step for ever. */
const stepLimit = 50_000;

/** The warm-up of a run that nobody has given a speed passes in so much wall time, ns. */
const warmupTime = 500_000_000;

/** Simulated ns between two looks for a stall at full speed. */
const longestSlice = 50_000_000;

/** Where a search has ended. */
function foundWords({recorder, simulation}: LiveRun, {holds}: Search): string {
	const {windows} = recorder;
	return holds(windows, windows.end - 1)
		? `it held in the ${formatDuration(windows.window)} before ${formatTime(windows.end * windows.window)}`
		: simulation.stall() === null
			? 'it has not held'
			: 'the run stands still, and it has not held';
}

/** How a session goes on: pause, speed, steps, and the way to where it was asked to go. */
export abstract class GoingOn extends WarmUp {
	paused = false;
	/** The clock shows six decimals: something was stepped. */
	stepping = false;
	/** What came of a search; whoever says so clears it. */
	news: string | undefined;

	protected readonly pacer: Pacer;
	/** The run, as the pacer drives it. */
	private readonly driven: Paced;
	private readonly pace = new AchievedSpeed();
	/** `clock`: wall time, ms, monotonic; without `speed` each run has one that suits it. */
	constructor(clock: () => number, speed?: Speed) {
		super(speed);
		this.pacer = new Pacer(clock);
		const now = (): number => this.now;
		this.driven = {
			get now() {
				return now();
			},
			runUntil: (time, budget) => this.goOn(time, budget),
		};
	}

	/** The speed at which the run really goes on, where that is less than the one asked for. */
	get achieved(): Speed | null {
		return this.pace.speed;
	}

	/**
	Runs one slice; `held` also stops the clock, as an overlay that hides the numbers does.
	A stalled run stands still: time alone would not change it.
	*/
	advance(wallTime: number, held = false): Pace {
		if (!held && this.isUnderWay) {
			return this.proceed();
		}

		const {lockstep} = this;
		if (!held && this.present === undefined && lockstep?.isBehind === true) {
			this.pacer.advance(lockstep, 0, fullSpeed, lockstep.goal);
			return 'behind';
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
		const pace = this.pacer.advance(this.driven, wallTime, speed, limit);
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
			const isReached = this.goOn(Math.min(time, Number(run.start.parameters.warmup)), budget);
			this.endWarmup();
			if (!isReached) {
				return false;
			}
		}

		return this.goOn(time, end - timeline.events);
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
		const {simulation} = this.run;
		const listener = new StepListener(simulation);
		simulation.observe(listener.observer);
		const isDone = this.step();
		simulation.unobserve(listener.observer);
		this.endWarmup();
		this.history.catchUp();
		return isDone ? listener.words() : 'there is no event to come: all is asleep for ever';
	}

	/**
	Until the next response is returned; pauses. Says in a line what was answered; undefined when
	nothing was within the limit.
	*/
	stepCommand(): string | undefined {
		this.hold();
		const {recorder, simulation} = this.run;
		const listener = new AnswerListener(simulation);
		simulation.observe(listener.observer);
		const before = recorder.answered;
		for (let events = 0; events < stepLimit && recorder.answered === before && this.step(); events++) {
			this.endWarmup();
		}

		simulation.unobserve(listener.observer);
		return listener.words(recorder.commands.lastLatency);
	}

	/** As much simulated time as a column of the charts; pauses. */
	stepFrame(column: number): void {
		this.hold();
		this.goOn((Math.floor(this.now / column) + 1) * column, stepLimit);
		this.endWarmup();
	}

	/** Makes a change whose time has come. */
	protected abstract make(change: Change): void;

	/**
	What is to be done next to the run that goes on; a past that is looked at has it in its record.
	*/
	private get scripted(): Change | undefined {
		return this.present === undefined ? this.run.script.next : undefined;
	}

	/** Goes on to a time (ns) and does on the way what is scripted; as `Timeline.advance`. */
	private goOn(to: number, budget: number): boolean {
		const {timeline} = this.run;
		const both = this.present === undefined ? (this.lockstep ?? timeline) : timeline;
		const last = timeline.events + budget;
		for (let next = this.scripted; next !== undefined && next.at < to; next = this.scripted) {
			if (!both.runUntil(next.at, last - timeline.events)) {
				return false;
			}

			this.make(next);
		}

		return both.runUntil(to, last - timeline.events);
	}

	/** One event, with what is scripted before it. */
	private step(): boolean {
		const {timeline, simulation} = this.run;
		const next = this.scripted;
		if (next !== undefined && (simulation.upcoming()?.time ?? 0) >= next.at) {
			timeline.advance(next.at);
			this.make(next);
		}

		return timeline.step();
	}

	private hold(): void {
		this.paused = true;
		this.stepping = true;
		this.pacer.reset();
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
				this.news = foundWords(this.run, search);
			}
		}

		return 'behind';
	}
}
