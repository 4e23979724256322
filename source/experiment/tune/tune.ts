import {RandomStream} from '../../engine/random.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type Goal} from '../advise/goal.js';
import {type Gate} from '../compare/gate.js';
import {outcomeOf, type TuneReport} from './outcome.js';
import {type Entry, Runs, type RunsOptions} from './runs.js';
import {neighboursOf, type Point, sizeOf} from './space.js';
import {Yardstick} from './yardstick.js';

export type TuneOptions = RunsOptions & {
	readonly goal: Goal;
	readonly constraints: readonly Gate[];
	/** Runs in all. */
	readonly budget: number;
	/** The preset as it is. */
	readonly asIs: Point | undefined;
	readonly baseline: Configuration;
	readonly onRun?: (spent: number) => void;
};

/** Of the budget: the first sample, and what is kept for fresh seeds. */
const sampleShare = 0.35;
const freshShare = 0.25;
const mostFinalists = 3;
const fewestFresh = 6;
const mostFresh = 30;

/**
Finds the best setting: sample, race, local refinement, and runs on fresh
seeds that alone are reported.
*/
export async function tune(options: TuneOptions): Promise<TuneReport> {
	const search = new Search(options);
	await search.sample();
	await search.race();
	await search.refine();
	await search.separate();
	await search.weigh();
	return search.report();
}

class Search {
	private readonly runs: Runs;
	private readonly options: TuneOptions;
	private readonly limit: number;
	private readonly stream: RandomStream;
	private readonly yardstick: Yardstick;

	constructor(options: TuneOptions) {
		this.options = options;
		this.yardstick = new Yardstick(options.goal, options.constraints);
		this.runs = new Runs({
			...options,
			make: async tasks => {
				const answers = await options.make(tasks);
				options.onRun?.(this.runs.spent + answers.length);
				return answers;
			},
		});
		this.limit = Math.floor(options.budget * (1 - freshShare));
		this.stream = new RandomStream(options.seed, 'tune');
	}

	/** Points spread over all values of each dimension, the preset's own among them. */
	async sample(): Promise<void> {
		const {space, budget, asIs, baseline, constraints} = this.options;
		if (constraints.length > 0) {
			const answers = await this.options.make(
				[0, 1].map(index => ({
					sides: [null, baseline] as const,
					seed: this.options.seed + index,
					length: this.options.length,
					budget: this.options.events,
				})),
			);
			this.yardstick.base.push(...answers.flatMap(answer => answer?.sides[1] ?? []));
			this.runs.spent += this.yardstick.base.length;
		}

		const size = sizeOf(space);
		const wanted = Math.min(size, Math.max(4, Math.floor(budget * sampleShare)));
		const points: Point[] = asIs === undefined ? [] : [asIs];
		if (wanted === size) {
			points.push(...everyPoint(space.map(({values}) => values.length)));
		} else {
			const columns = space.map(({values}) =>
				this.shuffled(Array.from({length: wanted}, (_, index) => index % values.length)),
			);
			points.push(...Array.from({length: wanted}, (_, row) => columns.map(column => column[row])));
		}

		await this.runs.open(points);
	}

	/** Challengers on the same seeds, 1, 2, 4: half of them goes on, and none that cannot win. */
	async race(): Promise<void> {
		let left = this.sorted();
		for (const runs of [2, 4]) {
			left = left.slice(0, Math.max(3, Math.ceil(left.length / 3)));
			left = left.slice(0, Math.max(2, Math.floor(this.room() / runs)));
			await this.runs.to(left, runs); // eslint-disable-line no-await-in-loop -- who goes on depends on this round
			left = this.sorted().filter(({runs: own}) => own.length >= runs);
		}
	}

	/** Steps from the best to what is next to it, as long as that is better. */
	async refine(): Promise<void> {
		const {space} = this.options;
		for (let round = 0; round < 50 && !this.runs.isStopped; round++) {
			const [leader] = this.leaders();
			if (leader === undefined) {
				return;
			}

			const unseen = this.shuffled(neighboursOf(space, leader.point).filter(point => !this.runs.has(point)));
			const opened = await this.runs.open(unseen.slice(0, Math.max(0, this.room() - 8))); // eslint-disable-line no-await-in-loop -- a step after the other
			if (opened.length === 0) {
				return;
			}

			for (const runs of [2, 4]) {
				const hopeful = opened
					.filter(entry => this.yardstick.compare(entry, leader, entry.runs.length) < 0)
					.slice(0, Math.floor(this.room() / runs));
				await this.runs.to(hopeful, runs); // eslint-disable-line no-await-in-loop -- who goes on depends on this round
			}

			if (this.leaders().at(0) === leader && unseen.length <= opened.length) {
				return;
			}
		}
	}

	/** More seeds for the best few, until their order is clear or the budget is spent. */
	async separate(): Promise<void> {
		for (const runs of [8, 16, 32, 64]) {
			const rivals = this.leaders().slice(0, runs === 8 ? 6 : 4);
			const [leader] = rivals;
			const unclear = rivals.filter(entry => entry === leader || !this.yardstick.isBeaten(entry, leader));
			if (unclear.length < 2 || unclear.reduce((sum, {runs: own}) => sum + runs - own.length, 0) > this.room()) {
				return;
			}

			await this.runs.to(unclear, runs); // eslint-disable-line no-await-in-loop -- who goes on depends on this round
		}
	}

	/** One key alone through its range, from the best: two runs each, as far as the budget goes. */
	async weigh(): Promise<void> {
		const [leader] = this.leaders();
		if (leader === undefined) {
			return;
		}

		const ends = this.options.space.flatMap(({values}, place) => [
			leader.point.with(place, 0),
			leader.point.with(place, values.length - 1),
		]);
		await this.runs.open(ends.filter(point => !this.runs.has(point)).slice(0, Math.max(0, this.room())));
	}

	/** Runs the best few on fresh seeds: only what comes of these is reported. */
	async report(): Promise<TuneReport> {
		const {space, budget} = this.options;
		const [winner, ...others] = this.leaders();
		const rivals =
			winner === undefined
				? []
				: others.filter(entry => !this.yardstick.isBeaten(entry, winner)).slice(0, mostFinalists - 1);
		const finalists = winner === undefined ? [] : [winner, ...rivals];
		const each = Math.floor((budget - this.runs.spent) / Math.max(1, finalists.length));
		await this.runs.confirm(finalists, Math.max(fewestFresh, Math.min(mostFresh, each)));
		return outcomeOf(this.runs, this.yardstick, space, finalists);
	}

	private room(): number {
		return this.limit - this.runs.spent;
	}

	/** Best first. */
	private sorted(): Entry[] {
		return [...this.runs.entries.values()].toSorted((a, b) =>
			this.yardstick.compare(a, b, Math.min(a.runs.length, b.runs.length)),
		);
	}

	/** Those that were run most, best first: one run says little. */
	private leaders(): Entry[] {
		const all = this.sorted();
		const most = Math.max(0, ...all.map(({runs}) => runs.length));
		return all.filter(({runs}) => runs.length >= Math.min(most, 4));
	}

	private shuffled<Each>(list: readonly Each[]): Each[] {
		const result = [...list];
		for (let last = result.length - 1; last > 0; last--) {
			const other = Math.floor(this.stream.uniform() * (last + 1));
			[result[last], result[other]] = [result[other], result[last]];
		}

		return result;
	}
}

function everyPoint(sizes: readonly number[]): readonly Point[] {
	let points: readonly Point[] = [[]];
	for (const size of sizes) {
		points = points.flatMap(point => Array.from({length: size}, (_, index) => [...point, index]));
	}

	return points;
}
