import {type Results} from '../experiment/sweep/results.js';
import {csvLine} from './csv.js';

/**
The results in long form: a row a metric of a run, in its JSON unit, with the settings of the point
before it. What is null has no row; a point that the model refuses has one without metric and value.
*/
export function sweepCsv({results}: Results, keys: readonly string[], metrics: readonly string[]): string {
	const lines = [csvLine(['point', 'run', 'seed', ...keys, 'metric', 'value'])];
	for (const {point, run, seed, set, metrics: figures} of results) {
		const head = [String(point), String(run), String(seed), ...keys.map(key => String(set[key] ?? ''))];
		const rows = Object.entries(figures ?? {}).filter(
			([path, value]) => value !== null && (metrics.length === 0 || metrics.includes(path)),
		);
		lines.push(
			...(figures === null
				? [csvLine([...head, '', ''])]
				: rows.map(([path, value]) => csvLine([...head, path, String(value)]))),
		);
	}

	return lines.join('');
}
