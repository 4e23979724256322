import {type Change} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {parametersHash} from '../simulation/parameters/parameters-hash.js';
import {type Checkpoint, Simulation} from '../simulation/simulation.js';
import {readImage, writtenImage} from '../engine/written-image.js';
import {ActedRun} from './acted-run.js';
import {type Act} from './acts.js';
import {Moments, type MomentsOptions} from './moments.js';
import {type HeadStart} from './head-start.js';
import {
	type Build,
	imagesOf,
	type Images,
	type Instruments,
	memoriesOf,
	recall,
	restart,
	restore,
} from './instruments.js';

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
	readonly instruments: Images;
};

/**
A run with its past: it goes on, back to any time it has seen, and forks. It keeps some moments,
close together for what is recent and further apart the older they are, and the list of what was
done to the run; any other time is reached from the moment before it by simulating again, which
gives the same events, bit for bit, and the same figures. Times are ns of simulated time.

Going back forgets nothing: what was done later is done again when the run comes there, until
`apply` changes the past.
*/
export class Timeline<Kit extends Instruments = Instruments> extends ActedRun<Kit> {
	private readonly plan: TimelinePlan;
	private readonly build: Build<Kit>;
	private readonly options: TimelineOptions;
	private readonly moments: Moments<Moment>;

	/** A run at time 0. `origin` is for forks. */
	constructor(plan: TimelinePlan, build: Build<Kit>, options: TimelineOptions = {}, origin?: Timeline<Kit>) {
		const simulation = new Simulation(plan.configuration, plan.seed);
		const acts = origin?.acts.all ?? plan.acts ?? (plan.changes ?? []).toSorted((a, b) => a.at - b.at);
		super(simulation, build(simulation), {acts, hashes: origin?.hashes});
		this.plan = plan;
		this.build = build;
		this.options = options;
		this.moments = new Moments(origin?.moments.all ?? [this.beginning()], options);
	}

	/** At the start of the run. */
	get start(): TimelinePlan {
		return this.plan;
	}

	/** How many moments are kept. */
	get kept(): number {
		return this.moments.all.length;
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
	The run as it stands, whatever becomes of it later; undefined when it has no plain data, or
	parameters were changed.
	*/
	headStart(): HeadStart | undefined {
		const {time, simulation, instruments} = this.moment();
		const image = writtenImage(simulation.image, this.first.simulation.image);
		if (image === undefined || this.record.some(({set}) => set !== undefined)) {
			return undefined;
		}

		return {
			plan: this.identity,
			time,
			eventHash: this.eventHash(),
			hashes: [...this.hashes],
			acts: [...this.record],
			simulation: image,
			instruments,
			memories: memoriesOf(this.instruments),
		};
	}

	/**
	Begins where another run of the same plan stood. To be asked at time 0 only.

	@throws {Error} when it is of another plan or another program: then this run is worth nothing.
	*/
	begin({plan, time, eventHash, hashes, acts, simulation, instruments, memories}: HeadStart): void {
		if (plan !== this.identity) {
			throw new Error('the head start is of another plan');
		}

		for (const act of acts) {
			this.acts.add(act);
		}

		this.blocks.recall(hashes);
		const {first} = this;
		const image = readImage(simulation, first.simulation.image);
		const moment: Moment = {time, acts: acts.length, simulation: {...first.simulation, image}, instruments};
		this.restore(moment, this);
		recall(this.instruments, memories);
		const isOfThis = acts.every(({at, set}) => at <= time && set === undefined);
		if (!isOfThis || this.now !== time || this.eventHash() !== eventHash) {
			throw new Error('the head start is of another run');
		}

		this.moments.keep(moment);
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
		this.acts.forget();
		this.blocks.forget(act.events ?? 0);
		this.add(act);
		return effect;
	}

	/**
	What was done later, before a `seek` back, will not be done again: the
	run goes on from here as another.
	*/
	abandon(): void {
		this.acts.forget();
		this.blocks.forget(this.events);
		this.moments.retain(({time, acts}) => time <= this.now && acts <= this.acts.done);
	}

	/** The figures of all instruments begin anew now. What comes later in the run stays. */
	cut(): void {
		restart(this.instruments);
		this.add({at: this.now, events: this.events});
	}

	protected get due(): number {
		return this.moments.due;
	}

	protected keep(): void {
		this.moments.keep(this.moment());
	}

	private get identity(): string {
		const {configuration, seed} = this.plan;
		return `${parametersHash(configuration)}/${seed}`;
	}

	/** At time 0. */
	private get first(): Moment {
		return this.moments.all[0];
	}

	private add(act: Act): void {
		this.acts.add(act);
		this.moments.retain(({time, acts}) => time <= act.at && acts < this.acts.done);
	}

	/**
	At time 0. What instruments know then comes from others that are made as these were: few runs go
	back so far, and the images of all that is empty are the dearest part of a start.
	*/
	private beginning(): Moment {
		const {plan, build} = this;
		let images: Images | undefined;
		return {
			time: 0,
			acts: 0,
			simulation: this.simulation.checkpoint(),
			get instruments() {
				images ??= imagesOf(build(new Simulation(plan.configuration, plan.seed)));
				return images;
			},
		};
	}

	private moment(): Moment {
		return {
			time: this.now,
			acts: this.acts.done,
			simulation: this.simulation.checkpoint(),
			instruments: imagesOf(this.instruments),
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
		restore(this.instruments, moment.instruments, origin === this ? undefined : origin.instruments);
		this.acts.done = moment.acts;
	}
}
