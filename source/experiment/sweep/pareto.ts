import {nearest} from '../../errors/nearest.js';
import {UserError} from '../../errors/user-error.js';
import {metricOf, metrics} from '../../metrics/metric-table.js';

/** A metric and which end of it is wanted. */
export type Goal = {readonly path: string; readonly wanted: 'max' | 'min'};

/**
Reads `max throughput.completed` of `--pareto`.

@throws {UserError} for anything else.
*/
export function parseGoal(text: string): Goal {
	const [, wanted, path] = /^\s*(max|min)\s+(\S.*?)\s*$/v.exec(text) ?? [];
	if (path === undefined) {
		throw new UserError(`--pareto '${text}' is not max PATH or min PATH, as in --pareto 'min latency.p99'`);
	}

	return {path: knownMetric(path, '--pareto'), wanted: wanted === 'max' ? 'max' : 'min'};
}

/**
The path of a metric that a flag names.

@throws {UserError} when there is none of the name.
*/
export function knownMetric(path: string, flag: string): string {
	if (metricOf(path) === undefined) {
		const near = nearest(
			path,
			metrics.map(metric => metric.path),
		);
		throw new UserError(
			`${flag} ${path}: there is no such ` +
				`metric${near === undefined ? '; vqlab explain lists them' : `; did you mean ${near}?`}`,
		);
	}

	return path;
}

/**
The places of the points that no other one beats: none is at least as good in every goal and better
in one. A point without a value is beaten.
*/
export function paretoFront(
	points: ReadonlyArray<ReadonlyArray<number | null>>,
	goals: ReadonlyArray<Pick<Goal, 'wanted'>>,
): number[] {
	const losses = points.map(values =>
		values.map((value, goal) => (value === null ? null : goals[goal].wanted === 'max' ? -value : value)),
	);
	const beats = (left: ReadonlyArray<number | null>, right: ReadonlyArray<number | null>): boolean =>
		left.every((loss, goal) => loss !== null && loss <= (right[goal] ?? Infinity)) &&
		left.some((loss, goal) => (loss ?? Infinity) < (right[goal] ?? Infinity));
	return losses.flatMap((own, place) =>
		own.includes(null) || losses.some(other => beats(other, own)) ? [] : [place],
	);
}
