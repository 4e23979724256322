import {halfWidth} from '../../statistics/interval.js';
import {sampleOf, type Sample} from '../../statistics/sample.js';
import {type Goal} from '../advise/goal.js';
import {type Replication} from '../compare/figures.js';
import {type Gate} from '../compare/gate.js';
import {marginOf} from '../compare/margin.js';
import {type Entry, meanOf} from './runs.js';

export const confidence = 0.95;

/** What is better: the conditions first, by how far they are broken, then the goal. */
export class Yardstick {
	/** The preset as it is, which conditions may be relative to. */
	readonly base: Replication[] = [];
	readonly goal: Goal;
	readonly constraints: readonly Gate[];

	constructor(goal: Goal, constraints: readonly Gate[]) {
		this.goal = goal;
		this.constraints = constraints;
	}

	/** Below 0 when a is better, over their first runs. */
	compare(a: Entry, b: Entry, runs: number): number {
		const [left, right] = [a.runs.slice(0, runs), b.runs.slice(0, runs)];
		const [brokenLeft, brokenRight] = [this.violation(left), this.violation(right)];
		return brokenLeft === brokenRight ? this.cost(left) - this.cost(right) : brokenLeft - brokenRight;
	}

	/** Less is better. */
	cost(runs: readonly Replication[]): number {
		const {path, better} = this.goal;
		const mean = meanOf(runs, path);
		if (mean === null || runs.some(({stall}) => stall !== null)) {
			return Number.MAX_VALUE;
		}

		return better === 'lower' ? mean : -mean;
	}

	/**
	How far the means are from where all conditions hold, as a share of their bounds; 0 there.
	*/
	violation(runs: readonly Replication[]): number {
		let sum = 0;
		for (const {path, operator, quantity, value} of this.constraints) {
			const own = meanOf(runs, path);
			const base = meanOf(this.base, path);
			const figure = own === null ? null : quantity === 'value' ? own : base === null ? null : own - base;
			const bound = quantity === 'ratio' ? value * Math.abs(base ?? 0) : value;
			if (figure === null) {
				return Infinity;
			}

			const beyond = operator === '<' ? figure - bound : bound - figure;
			sum += beyond <= 0 ? 0 : beyond / Math.max(Math.abs(bound), 1e-9);
		}

		return sum;
	}

	/**
	Whether the paired difference says that it cannot be the best;
	anybody may look at it at any time.
	*/
	isBeaten(entry: Entry, leader: Entry): boolean {
		const n = Math.min(entry.runs.length, leader.runs.length);
		const sample = this.differences(entry.runs.slice(0, n), leader.runs.slice(0, n));
		return sample !== undefined && sample.mean - halfWidth(sample, 1 - confidence, 'anytime') > 0;
	}

	/** On fresh seeds, whose number was settled beforehand: worse by more than the margin. */
	isApart(entry: Entry, winner: Entry): boolean {
		const sample = this.differences(entry.fresh, winner.fresh);
		const margin = marginOf(this.goal.path, meanOf(winner.fresh, this.goal.path) ?? 0);
		return sample !== undefined && sample.mean - halfWidth(sample, 1 - confidence, 'fixed') > margin;
	}

	private differences(a: readonly Replication[], b: readonly Replication[]): Sample | undefined {
		const costs = a.slice(0, b.length).map((run, index) => this.cost([run]) - this.cost([b[index]]));
		return costs.length < 2 ? undefined : sampleOf(costs);
	}
}
