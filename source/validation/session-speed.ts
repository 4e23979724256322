import {metricOf} from '../metrics/metric-table.js';
import {type Cell, familiesOf, familyOf, type Prediction} from './cell.js';
import {groupsOf} from './groups.js';
import {throughputPath} from './left-out.js';
import {mediansOf, medianPrediction} from './score.js';

/**
How much faster or slower one session of measuring was than another, told by cells that are
the same machine in both. It is noise: a speed that is estimated on the family which it is
applied to would be one more constant, so no score uses it.
*/
export type SessionSpeed = {
	/** Two families of which cells agree but for inert keys. */
	readonly families: readonly [string, string];
	/** Such cells with a throughput that is not paced. */
	readonly cells: number;
	/** Throughput in the second over that in the first: geometric mean over the cells. */
	readonly factor: number;
	/** How far a single cell is from that, as a factor: exp of the standard deviation. */
	readonly scatter: number;
};

/** What one cell and another have in common when the model cannot tell them apart. */
export function sameMachine(
	{parameters, clients}: Pick<Cell, 'parameters' | 'clients'>,
	inert: readonly string[],
): string {
	return JSON.stringify([
		Object.entries(parameters)
			.filter(([key]) => !inert.includes(key))
			.toSorted(([a], [b]) => (a < b ? -1 : 1)),
		clients,
	]);
}

/** Throughput of the family's cell among these, commands/s; undefined when there is none. */
function medianOf(group: readonly Cell[], family: string): number | undefined {
	return group.find(({id}) => familyOf(id) === family)?.measured[throughputPath].median;
}

/**
Compares all families that are the same machine in some cells. `inert`:
keys that change nothing there.
*/
export function sessionSpeeds(cells: readonly Cell[], inert: readonly string[]): SessionSpeed[] {
	const groups = [
		...groupsOf(
			cells.filter(cell => isFree(cell) && cell.measured[throughputPath] !== undefined),
			cell => sameMachine(cell, inert),
		).values(),
	];
	const families = familiesOf(cells);
	return families.flatMap((first, index) =>
		families.slice(index + 1).flatMap((second): SessionSpeed[] => {
			const logarithms = groups.flatMap(group => {
				const a = medianOf(group, first);
				const b = medianOf(group, second);
				return a === undefined || b === undefined ? [] : [Math.log(b / a)];
			});
			if (logarithms.length < 2) {
				return [];
			}

			const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
			const variance = logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logarithms.length - 1);
			return [
				{
					families: [first, second],
					cells: logarithms.length,
					factor: Math.exp(mean),
					scatter: Math.exp(Math.sqrt(variance)),
				},
			];
		}),
	);
}

/**
What the same machine showed in other sessions: the medians of the cells of other families that
cannot be told from the cell; undefined where there are none.
*/
export function twinPredictions(cells: readonly Cell[], inert: readonly string[]): Array<Prediction | undefined> {
	const groups = groupsOf(cells, cell => sameMachine(cell, inert));
	return cells.map(cell => {
		const twins = (groups.get(sameMachine(cell, inert)) ?? []).filter(({id}) => familyOf(id) !== familyOf(cell.id));
		return twins.length === 0 ? undefined : medianPrediction(twins.map(({measured}) => mediansOf(measured)));
	});
}

/**
Standard deviation of a session's logarithm of speed: each comparison is the difference of
two. The scatter of the cells is in it, so it is an upper bound. 0 without comparisons.
*/
export function sessionSpread(speeds: readonly SessionSpeed[]): number {
	return speeds.length === 0
		? 0
		: Math.sqrt(speeds.reduce((sum, {factor}) => sum + Math.log(factor) ** 2, 0) / speeds.length / 2);
}

/**
Whether the machine's speed decides how much such clients do; paced ones
do the same on a slower machine.
*/
export function isFree({clients}: Pick<Cell, 'clients'>): boolean {
	return clients.some(({kind}) => kind === 'closed');
}

/**
What is predicted on a machine that is `speed` times as fast: rates grow with it, shares
and counts per command do not.
*/
export function atSpeed(cell: Pick<Cell, 'clients'>, prediction: Prediction, speed: number): Prediction {
	if (!isFree(cell)) {
		return prediction;
	}

	return Object.fromEntries(
		Object.entries(prediction).map(([path, value]) => [
			path,
			metricOf(path)?.unit === 'per second' ? value * speed : value,
		]),
	);
}
