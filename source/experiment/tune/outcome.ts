import {halfWidth} from '../../statistics/interval.js';
import {sampleOf} from '../../statistics/sample.js';
import {metricOf} from '../../metrics/metric-table.js';
import {type Entry, meanOf, type Runs} from './runs.js';
import {type Dimension, type Point} from './space.js';
import {confidence, type Yardstick} from './yardstick.js';

/** A setting with what it comes to on seeds that the search has not seen. */
export type Tuned = {
	readonly point: Point;
	/** Points that are the same run. */
	readonly same: readonly Point[];
	readonly estimate: number;
	readonly low: number | null;
	readonly high: number | null;
	readonly runs: number;
	/** Means of what it is subject to. */
	readonly constraints: ReadonlyArray<number | null>;
};

/** How far the goal goes when one key alone moves through its values, all else as in the best. */
export type Worth = {
	readonly dimension: number;
	readonly low: number;
	readonly high: number;
	readonly lowAt: number;
	readonly highAt: number;
};

export type TuneReport = {
	readonly best: Tuned | null;
	/**
	Cannot be told from the best: the interval of the paired difference reaches into the margin.
	*/
	readonly indistinguishable: readonly Tuned[];
	/**
	Not beaten in the goal and the second figure together; means of the
	search, of the best on fresh seeds.
	*/
	readonly front: ReadonlyArray<{readonly point: Point; readonly goal: number; readonly other: number}>;
	/** The second figure of the front. */
	readonly frontPath: string;
	readonly worth: readonly Worth[];
	readonly spent: number;
	readonly looked: number;
	readonly refused: number;
	/** No point that was looked at meets what it is subject to. */
	readonly infeasible: boolean;
	/** How far the nearest one is from it, as a share; 0 when one meets it. */
	readonly violation: number;
	readonly asIs: {readonly goal: number | null; readonly constraints: ReadonlyArray<number | null>};
	readonly interrupted: boolean;
};

/** What a search came to; the finalists, the winner first, have runs on fresh seeds. */
export function outcomeOf(
	runs: Runs,
	yardstick: Yardstick,
	space: readonly Dimension[],
	finalists: readonly Entry[],
): TuneReport {
	const {goal, constraints, base} = yardstick;
	const [winner] = finalists;
	const frontPath = constraints.at(0)?.path ?? (goal.path === 'latency.p99' ? 'throughput.completed' : 'latency.p99');
	const violation = winner === undefined ? Infinity : yardstick.violation(winner.runs);
	return {
		best: winner === undefined || winner.fresh.length === 0 ? null : tuned(winner, runs, yardstick),
		indistinguishable: finalists
			.slice(1)
			.filter(entry => entry.fresh.length > 1 && !yardstick.isApart(entry, winner))
			.map(entry => tuned(entry, runs, yardstick)),
		front: frontOf(runs, yardstick, frontPath),
		frontPath,
		worth:
			winner === undefined ? [] : space.flatMap((_, place) => worthOf(space, place, winner, {runs, yardstick})),
		spent: runs.spent,
		looked: runs.entries.size + [...runs.pooled.values()].reduce((sum, list) => sum + list.length, 0),
		refused: runs.refused,
		infeasible: violation > 0,
		violation,
		asIs: {
			goal: base.length === 0 ? null : meanOf(base, goal.path),
			constraints: constraints.map(({path}) => meanOf(base, path)),
		},
		interrupted: runs.isStopped,
	};
}

function tuned(entry: Entry, {pooled}: Runs, {goal, constraints}: Yardstick): Tuned {
	const values = entry.fresh.map(({figures}) => figures[goal.path] ?? null).filter(value => value !== null);
	const sample = values.length === 0 ? {n: 0, mean: 0, deviation: 0} : sampleOf(values);
	const half = halfWidth(sample, 1 - confidence, 'fixed');
	return {
		point: entry.point,
		same: pooled.get(entry) ?? [],
		estimate: sample.mean,
		low: Number.isFinite(half) ? sample.mean - half : null,
		high: Number.isFinite(half) ? sample.mean + half : null,
		runs: sample.n,
		constraints: constraints.map(({path}) => meanOf(entry.fresh, path)),
	};
}

function frontOf(runs: Runs, {goal}: Yardstick, path: string): TuneReport['front'] {
	const isHigher = metricOf(path)?.better === 'higher';
	const all = [...runs.entries.values()].flatMap(({point, runs: own}) => {
		const [x, y] = [meanOf(own, goal.path), meanOf(own, path)];
		return x === null || y === null ? [] : [{point, goal: x, other: y}];
	});
	const costs = (entry: (typeof all)[number]): readonly [number, number] => [
		goal.better === 'lower' ? entry.goal : -entry.goal,
		isHigher ? -entry.other : entry.other,
	];
	return all
		.filter(entry => {
			const [x, y] = costs(entry);
			return !all.some(rival => {
				const [u, v] = costs(rival);
				return u <= x && v <= y && (u < x || v < y);
			});
		})
		.toSorted((a, b) => costs(a)[0] - costs(b)[0]);
}

function worthOf(
	space: readonly Dimension[],
	dimension: number,
	leader: Entry,
	{runs, yardstick: {goal}}: {readonly runs: Runs; readonly yardstick: Yardstick},
): readonly Worth[] {
	const means = space[dimension].values.flatMap((_, index) => {
		const mean = meanOf(runs.entryOf(leader.point.with(dimension, index))?.runs ?? [], goal.path);
		return mean === null ? [] : [{index, mean}];
	});
	const sorted = means.toSorted((a, b) => a.mean - b.mean);
	const [low] = sorted;
	const high = sorted.at(-1);
	return low === undefined || high === undefined || means.length < 2
		? []
		: [{dimension, low: low.mean, high: high.mean, lowAt: low.index, highAt: high.index}];
}
