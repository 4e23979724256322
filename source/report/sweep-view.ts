import {type Goal, paretoFront} from '../experiment/sweep/pareto.js';
import {type WrittenSet} from '../experiment/sweep/plan.js';
import {missingPoints, type Results, setsOf, type SweepHeader, type SweepResult} from '../experiment/sweep/results.js';
import {type Estimate, estimate} from './replications.js';

/** A point with what its runs say. */
export type ViewPoint = {
	readonly index: number;
	readonly set: WrittenSet;
	/** Its runs, in their order; without the row of a point that is refused. */
	readonly results: readonly SweepResult[];
	readonly stalls: number;
	readonly refused: string | null;
	/** Means with their intervals by path; null where no run has the metric. */
	readonly estimates: ReadonlyMap<string, Estimate | null>;
};

/** What the forms of a sweep are functions of. */
export type SweepView = {
	readonly header: SweepHeader;
	/** What varies, in the order of the axes. */
	readonly keys: readonly string[];
	readonly points: readonly ViewPoint[];
	/** The metrics that are shown. */
	readonly metrics: readonly string[];
	readonly goals: readonly Goal[];
	/** Indexes of the points that no other one beats in the goals. */
	readonly front: readonly number[];
	/** Runs that are there. */
	readonly done: number;
	/** Indexes of points with a run that is not. */
	readonly missing: readonly number[];
};

/** What is shown when nothing was asked for, where it has a value. */
const usualMetrics = [
	'throughput.completed',
	'lock.spin.worker',
	'latency.p99',
	'latency.mean',
	'cpu.vcpusBusy',
	'ring.fullWaits',
] as const;

/**
Puts the results of each point together. `metrics`: those that are shown, else the usual ones.
*/
export function viewOf(
	{header, results}: Results,
	{metrics, goals}: {readonly metrics: readonly string[]; readonly goals: readonly Goal[]},
): SweepView {
	const byPoint = new Map<number, SweepResult[]>();
	for (const result of results) {
		const own = byPoint.get(result.point);
		if (own === undefined) {
			byPoint.set(result.point, [result]);
		} else {
			own.push(result);
		}
	}

	const paths = new Set(results.flatMap(({metrics: figures}) => Object.keys(figures ?? {})));
	const has = (path: string): boolean => results.some(({metrics: figures}) => (figures?.[path] ?? null) !== null);
	const frames = [...paths].filter(path => path.startsWith('frames.') && path.endsWith('.missed'));
	const wanted =
		metrics.length > 0
			? metrics
			: [...new Set([...goals.map(({path}) => path), ...frames, ...usualMetrics])].filter(path => has(path));
	const asked = [...new Set([...wanted, ...goals.map(({path}) => path)])];
	const points = setsOf(header).map((set, index): ViewPoint => {
		const own = byPoint.get(index) ?? [];
		const runs = own.filter(({refused}) => refused === null);
		return {
			index,
			set,
			results: runs,
			stalls: runs.filter(({stall}) => stall !== null).length,
			refused: own.find(({refused}) => refused !== null)?.refused ?? null,
			estimates: new Map(asked.map(path => [path, estimateOf(runs, path)])),
		};
	});
	return {
		header,
		keys: header.axes.length > 0 ? header.axes.map(({key}) => key) : keysOf(points),
		points,
		metrics: wanted,
		goals,
		front:
			goals.length === 0
				? []
				: paretoFront(
						points.map(({estimates}) => goals.map(({path}) => estimates.get(path)?.mean ?? null)),
						goals,
					),
		done: results.filter(({refused}) => refused === null).length,
		missing: missingPoints({header, results}),
	};
}

/** Mean and interval of a metric over the runs that have it. */
export function estimateOf(runs: readonly SweepResult[], path: string): Estimate | null {
	return estimate(
		path,
		runs.map(({metrics}) => metrics?.[path] ?? null).filter(value => value !== null),
	);
}

/** Every path that some run has, in the order in which they come. */
export function allPaths({points}: SweepView): readonly string[] {
	return [...new Set(points.flatMap(({results}) => results.flatMap(({metrics}) => Object.keys(metrics ?? {}))))];
}

function keysOf(points: readonly ViewPoint[]): readonly string[] {
	return [...new Set(points.flatMap(({set}) => Object.keys(set)))];
}
