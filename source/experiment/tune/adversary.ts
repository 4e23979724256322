import {RandomStream} from '../../engine/random.js';
import {UserError} from '../../errors/user-error.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {sampleOf} from '../../statistics/sample.js';
import {type Goal} from '../advise/goal.js';
import {type CompareRow, compareRows} from '../compare/comparison.js';
import {type Figures, type Pair, type PairTask, type RunLength} from '../compare/figures.js';
import {marginOf} from '../compare/margin.js';
import {type Point} from './space.js';
import {type Surrounding} from './surroundings.js';

export type AdversaryOptions = {
	readonly surroundings: readonly Surrounding[];
	/** Both sides in some surroundings. Throws `UserError` when these contradict each other. */
	readonly sidesWith: (set: GivenParameters) => readonly [Configuration, Configuration];
	readonly goal: Goal;
	readonly seed: number;
	readonly length: RunLength;
	/** Events of a run at most: surroundings that ask for more are given up. */
	readonly events: number;
	/** Surroundings to try. */
	readonly tries: number;
	readonly make: (tasks: readonly PairTask[]) => Promise<ReadonlyArray<Pair | undefined>>;
	readonly onTries?: (tried: number) => void;
};

/** Surroundings in which b loses, on seeds that the search has not seen. */
export type Loss = {
	readonly set: GivenParameters;
	readonly words: readonly string[];
	readonly sides: readonly [Configuration, Configuration];
	readonly row: CompareRow;
	/** Runs of a, and of b, in which everything stood still. */
	readonly stalls: Stalls;
};

export type AdversaryReport = {
	/**
	At most three, the worst first; each beyond the margin with its whole interval, or one in which
	b stalls more often than a.
	*/
	readonly worst: readonly Loss[];
	readonly tried: number;
	readonly runs: number;
	/** The margin as a share of a. */
	readonly margin: number;
	readonly interrupted: boolean;
};

type Trial = {
	readonly point: Point;
	readonly set: GivenParameters;
	readonly sides: readonly [Configuration, Configuration];
	readonly pairs: Pair[];
};

type Stalls = readonly [ofA: number, ofB: number];

/** Share of the tries that are drawn at random; the rest are steps from the worst. */
const randomShare = 0.6;
const round = 64;
const mostParents = 8;
const mostShown = 3;
const freshSeeds = 1_000_000;
const freshPairs = 12;
/** Pairs from which on a ratio says something. */
const surePairs = 3;
/** A random try changes this many surroundings at most. */
const mostChanged = 4;

/**
Looks for the surroundings in which b does worst against a: at random, then in steps from
the worst, then on fresh seeds.
*/
export async function findWorst(options: AdversaryOptions): Promise<AdversaryReport> {
	return new Adversary(options).find();
}

class Adversary {
	private readonly options: AdversaryOptions;
	private readonly stream: RandomStream;
	private readonly seen = new Set<string>();
	private readonly trials: Trial[] = [];
	/** Event hashes of their first pairs. */
	private readonly known = new Set<string>();
	/** Surroundings that were run; the model refuses some of those that are drawn. */
	private tried = 0;
	private runs = 0;
	private isStopped = false;

	constructor(options: AdversaryOptions) {
		this.options = options;
		this.stream = new RandomStream(options.seed, 'adversary');
	}

	async find(): Promise<AdversaryReport> {
		const {tries, surroundings, goal, onTries} = this.options;
		const random = Math.floor(tries * randomShare);
		while (!this.isStopped && this.tried < tries) {
			const before = this.tried;
			const count = Math.min(round, tries - before);
			// eslint-disable-next-line no-await-in-loop -- the next round steps from this one
			const parents = before < random ? [] : await this.surelyWorst(2 * mostParents);
			// eslint-disable-next-line no-await-in-loop -- the next round steps from this one
			await this.open(count, parents.slice(0, mostParents));
			if (this.tried === before) {
				// All steps from the worst were tried.
				// eslint-disable-next-line no-await-in-loop -- where no step was left
				await this.open(count, []);
			}

			onTries?.(this.tried);
			if (this.tried === before) {
				break;
			}
		}

		// Halves go on to more seeds.
		const sure = await this.surelyWorst(4 * mostParents);
		let left = sure.slice(0, 2 * mostParents);
		for (const pairs of [6, 12]) {
			// eslint-disable-next-line no-await-in-loop -- who goes on depends on this round
			await this.to(left, pairs, 0);
			left = left.toSorted((a, b) => this.rank(a) - this.rank(b)).slice(0, Math.max(mostShown, left.length / 2));
		}

		const last = left.slice(0, mostShown).map(trial => ({...trial, pairs: [] as Pair[]}));
		await this.to(last, freshPairs, freshSeeds);
		const worst = last.flatMap((trial): Loss[] => {
			const row = this.rowOf(trial);
			const stalls = stallsOf(trial);
			const side = goal.better === 'higher' ? (row?.high ?? 0) : -(row?.low ?? 0);
			const isLess = typeof row?.low === 'number' && side < -(row.margin ?? 0);
			return row === undefined || !(isLess || stalls[1] > stalls[0])
				? []
				: [
						{
							set: trial.set,
							words: surroundings.flatMap(({values, asIs}, index) =>
								trial.point[index] === asIs ? [] : [values[trial.point[index]].words],
							),
							sides: trial.sides,
							row,
							stalls,
						},
					];
		});
		return {
			worst,
			tried: this.tried,
			runs: this.runs,
			margin: marginOf(goal.path, 1e6) / 1e6,
			interrupted: this.isStopped,
		};
	}

	/**
	Worst first, of those that have several pairs: so many more get them. The worst of many single
	pairs are the unluckiest, on machines where runs differ most.
	*/
	private async surelyWorst(more: number): Promise<Trial[]> {
		const inOrder = (trials: readonly Trial[]): Trial[] => trials.toSorted((a, b) => this.rank(a) - this.rank(b));
		const single = this.trials.filter(({pairs}) => pairs.length < surePairs);
		await this.to(inOrder(single).slice(0, more), surePairs, 0);
		return inOrder(this.trials.filter(({pairs}) => pairs.length >= surePairs));
	}

	/**
	The worst has the least: the ratio, one standard error to the better, and below all of them what
	makes b stall. A run that stalls is measured until then, so that its figures say nothing of it.
	*/
	private rank(trial: Trial): number {
		const [ofA, ofB] = stallsOf(trial);
		return ofB > ofA ? (ofA - ofB) / trial.pairs.length : this.ratio(trial);
	}

	/** How well b does against a: below 1 it loses; of a goal that is to be low, the inverse. */
	private ratio({pairs}: Trial): number {
		const {path, better} = this.options.goal;
		const places = better === 'higher' ? ([1, 0] as const) : ([0, 1] as const);
		const [top, bottom] = places.map(place => pairs.map(({sides}) => sides[place]?.figures[path] ?? 0));
		const [above, below] = [sampleOf(top).mean, sampleOf(bottom).mean];
		if (above === below) {
			return 1;
		}

		const ratio = above / below;
		const {n, deviation} = sampleOf(top.map((value, index) => value - ratio * bottom[index]));
		return n < 2 || below === 0 ? ratio : ratio + deviation / Math.sqrt(n) / below;
	}

	private async open(count: number, parents: readonly Trial[]): Promise<void> {
		const {surroundings, sidesWith} = this.options;
		const fresh: Trial[] = [];
		for (let attempt = 0; attempt < 20 * count && fresh.length < count; attempt++) {
			const parent = parents.length === 0 ? undefined : parents[this.below(parents.length)];
			const start = parent?.point ?? surroundings.map(({asIs}) => asIs);
			const moves = parent === undefined ? 1 + this.below(mostChanged) : 1;
			let point = start;
			for (let move = 0; move < moves; move++) {
				const place = this.below(surroundings.length);
				point = point.with(place, this.below(surroundings[place].values.length));
			}

			const name = point.join(' ');
			if (this.seen.has(name)) {
				continue;
			}

			this.seen.add(name);
			const set: GivenParameters = Object.fromEntries(
				surroundings.flatMap(({values}, index) => Object.entries(values[point[index]].set)),
			);
			try {
				fresh.push({point, set, sides: sidesWith(set), pairs: []});
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}
			}
		}

		await this.to(fresh, 1, 0);
		this.tried += fresh.filter(({pairs}) => pairs.length > 0).length;
		for (const trial of fresh) {
			const sides = trial.pairs.at(0)?.sides ?? [null];
			const name = sides.map(side => side?.eventHash).join(' ');
			// Where a run had more events than it may, or side a did nothing, there is nothing
			// to lose; what is the same run as another, event by event, is no other place.
			if (sides.every(side => side !== null && (side.whole || side.stall !== null)) && !this.known.has(name)) {
				this.known.add(name);
				this.trials.push(trial);
			}
		}
	}

	private async to(trials: readonly Trial[], pairs: number, from: number): Promise<void> {
		const {seed, length, events, make} = this.options;
		if (this.isStopped) {
			return;
		}

		const wanted = trials.flatMap(trial =>
			Array.from({length: Math.max(0, pairs - trial.pairs.length)}, (_, index) => ({
				trial,
				seed: seed + from + trial.pairs.length + index,
			})),
		);
		const answers = await make(
			wanted.map(({trial: {sides}, seed: own}) => ({sides, seed: own, length, budget: events})),
		);
		for (const [index, {trial}] of wanted.entries()) {
			const pair = answers[index];
			if (pair === undefined) {
				this.isStopped = true;
				return;
			}

			trial.pairs.push(pair);
			this.runs += 2;
		}
	}

	/** Their number was settled beforehand. */
	private rowOf({pairs}: Trial): CompareRow | undefined {
		const {path} = this.options.goal;
		const figures = (place: 0 | 1): readonly Figures[] =>
			pairs.map(({sides}) => ({[path]: sides[place]?.figures[path] ?? null}));
		return compareRows(figures(0), figures(1), {rule: 'fixed', confidence: 0.95}).at(0);
	}

	private below(count: number): number {
		return Math.floor(this.stream.uniform() * count);
	}
}

function stallsOf({pairs}: Trial): Stalls {
	const ofSide = (place: 0 | 1): number => pairs.filter(({sides}) => (sides[place]?.stall ?? null) !== null).length;
	return [ofSide(0), ofSide(1)];
}
