import {toJson} from './json.js';
import {allPaths, estimateOf, type SweepView} from './sweep-view.js';

/**
A sweep as one document: the header of its results, then the points with mean and 95 % interval of
each metric that was asked for (of all, without `--metric`).
*/
export function sweepJson(view: SweepView, isAsked: boolean): string {
	const {header, points, front, goals, missing} = view;
	const paths = isAsked ? view.metrics : allPaths(view);
	return toJson({
		...header,
		missing,
		results: points.map(({index, set, results, stalls, refused}) => ({
			point: index,
			hash: results[0]?.hash ?? null,
			set,
			runs: results.length,
			stalls,
			refused,
			metrics: Object.fromEntries(paths.map(path => [path, estimateOf(results, path)])),
		})),
		...(goals.length === 0 ? {} : {pareto: {goals, front}}),
	});
}
