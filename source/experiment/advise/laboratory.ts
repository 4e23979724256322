import {type Configuration} from '../../simulation/configuration.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {type CompareRow, compareRows} from '../compare/comparison.js';
import {type Figures, type Replication} from '../compare/figures.js';
import {type Block, type BlockLength, type BlockTask} from './block.js';

/**
Answers tasks, in their order, in whatever threads there are; undefined for one that was stopped.
*/
export type BlockMaker = (tasks: readonly BlockTask[]) => Promise<ReadonlyArray<Block | undefined>>;

export type LaboratoryOptions = {
	readonly configuration: Configuration;
	/** Of the first block; the others follow. */
	readonly seed: number;
	readonly length: BlockLength;
	readonly whole: boolean;
	readonly budget: number;
	/** Metrics that rows are asked of. */
	readonly paths: readonly string[];
	readonly make: BlockMaker;
};

/** A setting that is tried, with its runs by block, from the first on. */
export type Trial = {
	readonly set: GivenParameters;
	readonly runs: Replication[];
	/** Its runs begin with it, whatever it is; left out: what can be is changed on the way. */
	readonly fromStart?: true;
};

/**
Settings of a task at most: enough that the way to the fork, gone in each task, costs little; few
enough that workers end at about the same time, and that a round of one block is for two of them.
*/
const perTask = 12;
const tasksOfBlock = 2;
const confidence = 0.95;

/** Makes runs in blocks: trial and the run as it is, on the same random numbers. */
export class Laboratory {
	/** The runs as they are, by block. */
	readonly base: Replication[] = [];
	/** Runs and events of all, those as they are included. */
	runs = 0;
	events = 0;
	private readonly options: LaboratoryOptions;

	constructor(options: LaboratoryOptions) {
		this.options = options;
	}

	/**
	Takes each trial to so many blocks; all have the same number before, and are begun in one way.
	False when the work was stopped.
	*/
	async to(trials: readonly Trial[], blocks: number): Promise<boolean> {
		const {configuration, seed, length, whole, budget, paths, make} = this.options;
		const from = trials.at(0)?.runs.length ?? blocks;
		const tasks: BlockTask[] = [];
		const of: Array<readonly Trial[]> = [];
		const least = blocks - from === 1 ? tasksOfBlock : 1;
		const size = Math.ceil(trials.length / Math.max(least, Math.ceil(trials.length / perTask)));
		for (let block = from; block < blocks; block++) {
			for (let first = 0; first < trials.length; first += size) {
				const some = trials.slice(first, first + size);
				of.push(some);
				tasks.push({
					configuration,
					seed: seed + block,
					length,
					whole,
					budget,
					paths,
					fromStart: some.some(trial => trial.fromStart),
					withBase: first === 0 && !Object.hasOwn(this.base, block),
					sets: some.map(({set}) => set),
				});
			}
		}

		const answers = await make(tasks);
		for (const [index, answer] of answers.entries()) {
			if (answer === undefined) {
				return false;
			}

			if (answer.base !== null) {
				this.base[answer.seed - seed] = answer.base;
				this.count(answer.base);
			}

			for (const [place, run] of answer.sides.entries()) {
				of[index][place].runs.push(run);
				this.count(run);
			}
		}

		return true;
	}

	/**
	Every run is, event by event, the one as it is. Steps that may sleep are no
	events: where they stand may differ.
	*/
	isSame({runs}: Trial): boolean {
		return (
			runs.length > 0 &&
			runs.every(
				({eventHash, figures}, block) =>
					eventHash === this.base[block]?.eventHash &&
					figures.sleepsInAtomic === this.base[block].figures.sleepsInAtomic,
			)
		);
	}

	/** The rows of the metrics, with intervals that hold at every look. */
	rows({runs}: Trial): readonly CompareRow[] {
		const {paths} = this.options;
		return compareRows(only(this.base.slice(0, runs.length), paths), only(runs, paths), {
			rule: 'anytime',
			confidence,
		});
	}

	/**
	How runs that begin with a setting (b) differ from those in which it is made on the way (a),
	in a metric.
	*/
	apart(onTheWay: Trial, fromStart: Trial, path: string): CompareRow | undefined {
		const [a, b] = [onTheWay, fromStart].map(({runs}) => only(runs.slice(0, fromStart.runs.length), [path]));
		return compareRows(a, b, {rule: 'anytime', confidence}).at(0);
	}

	private count({events}: Replication): void {
		this.runs++;
		this.events += events;
	}
}

function only(all: readonly Replication[], paths: readonly string[]): readonly Figures[] {
	return all.map(({figures}) => Object.fromEntries(paths.map(path => [path, figures[path] ?? null])));
}
