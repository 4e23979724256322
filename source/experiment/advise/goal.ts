import {nearest} from '../../errors/nearest.js';
import {UserError} from '../../errors/user-error.js';
import {type Metrics} from '../../metrics/metrics.js';
import {metricAt} from '../../metrics/metric-path.js';
import {metricOf, metrics} from '../../metrics/metric-table.js';
import {type Gate, gateOutcome} from '../compare/gate.js';
import {type CompareRow, fewestPairs} from '../compare/comparison.js';
import {runFigures} from '../compare/figures.js';

/** What is to become lower or higher. */
export type Goal = {readonly path: string; readonly better: 'lower' | 'higher'};

/** How a metric moved against its margin. */
export type Effect = 'better' | 'worse' | 'none' | 'undecided';

/** What must not suffer: no worse than its margin, or a condition of the user's own. */
export type Constraint = Goal & {readonly gate?: Gate};

/**
Reads `max PATH`, `min PATH`, or a path whose metric has a direction.

@throws {UserError} when there is no such metric, or neither more nor less of it is better.
*/
export function parseGoal(text: string): Goal {
	const [, word, path] = /^\s*(?:(max|min)\s+)?(\S+)\s*$/v.exec(text) ?? [];
	const metric = path === undefined ? undefined : metricOf(path);
	if (path === undefined || metric === undefined) {
		const near = nearest(
			path ?? text,
			metrics.map(entry => entry.path),
		);
		throw new UserError(
			`--goal '${text}' is not 'max PATH' or 'min PATH' of a ` +
				`metric${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	if (word === undefined && metric.better === null) {
		throw new UserError(
			`--goal '${text}': neither more nor less of ${path} is better; say 'max ${path}' or 'min ${path}'`,
		);
	}

	return {
		path,
		better:
			word === undefined
				? metric.better === 'higher'
					? 'higher'
					: 'lower'
				: word === 'max'
					? 'higher'
					: 'lower',
	};
}

/** @throws {UserError} when a run of this kind has no value for the goal. */
export function checkGoal({path}: Goal, figures: Metrics): void {
	if (!runFigures.has(path) && (metricAt(figures, path) ?? null) === null) {
		throw new UserError(`--goal: a run of this preset has no ${path}`);
	}
}

/** @throws {UserError} when a run of this kind has no value for a condition of the user's own. */
export function checkConstraints(constraints: readonly Constraint[], figures: Metrics): void {
	for (const {path, gate} of constraints) {
		if (gate !== undefined && (metricAt(figures, path) ?? null) === null) {
			throw new UserError(`--subject-to '${gate.text}': a run of this preset has no ${path}`);
		}
	}
}

/** Where the interval of a row lies, for somebody who wants less or more of it. */
export function effectOf(row: CompareRow | undefined, better: Goal['better']): Effect {
	if (row === undefined || row.low === null || row.high === null || row.margin === null || row.n < fewestPairs) {
		return 'undecided';
	}

	if (row.low >= -row.margin && row.high <= row.margin) {
		return 'none';
	}

	const side = row.low > row.margin ? 'higher' : row.high < -row.margin ? 'lower' : undefined;
	return side === undefined ? 'undecided' : side === better ? 'better' : 'worse';
}

/** Whether a constraint holds; undecided while its interval does not say. */
export function holds({path, better, gate}: Constraint, rows: readonly CompareRow[]): 'yes' | 'no' | 'undecided' {
	if (gate !== undefined) {
		// The condition of a gate is what it closes on; here it is what is asked for.
		const outcome = gateOutcome(gate, rows);
		return outcome === 'fails' ? 'yes' : outcome === 'passes' ? 'no' : 'undecided';
	}

	const effect = effectOf(
		rows.find(row => row.path === path),
		better,
	);
	return effect === 'worse' ? 'no' : effect === 'undecided' ? 'undecided' : 'yes';
}

/** How much better b is than a by the means, in margins; negative when worse. */
export function gainOf(row: CompareRow | undefined, better: Goal['better']): number {
	if (row === undefined || row.difference === null || row.difference === 0) {
		return 0;
	}

	return ((better === 'higher' ? 1 : -1) * row.difference) / Math.max(row.margin ?? 0, 1e-9);
}
