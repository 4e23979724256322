import {type Configuration} from '../../simulation/configuration.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {isTableKey} from '../../simulation/parameters/table.js';
import {sampleOf} from '../../statistics/sample.js';
import {halfWidth} from '../../statistics/interval.js';
import {type Figures} from './figures.js';
import {marginOf} from './margin.js';

/** A set of keys that are changed together, as places in the list of keys that differ. */
export type KeySet = readonly number[];

/** An effect on a metric, in its JSON unit, with its interval. */
export type Effect = {readonly mean: number; readonly low: number; readonly high: number};

/** What one key does. */
export type KeyEffect = {
	readonly key: string;
	/** Alone, on top of side a. */
	readonly alone: Effect;
	/** What is lost when it alone is left out of side b. */
	readonly last: Effect;
	/** One of both is beyond the margin. */
	readonly matters: boolean;
};

/** What two keys do beyond the sum of what each does alone. */
export type Interaction = {
	readonly keys: readonly [string, string];
	readonly beyond: Effect;
	readonly matters: boolean;
};

/** Which of the changed keys moved a metric. */
export type Ablation = {
	readonly path: string;
	readonly margin: number;
	/** From side a to side b. */
	readonly whole: Effect;
	readonly keys: readonly KeyEffect[];
	readonly interactions: readonly Interaction[];
	/** The whole, less what each key does alone and the interactions that were looked at. */
	readonly unexplained: Effect;
};

/** Keys of which pairs are looked at: those that matter most. */
const mostPaired = 4;

/**
The keys in which two sides differ by what is set; automatic values follow them. Clients
and faults count as a key each.
*/
export function differingKeys(a: Configuration, b: Configuration): readonly string[] {
	const keys = [...new Set([a, b].flatMap(({given, parameters}) => Object.keys(given ?? parameters)))];
	return keys.filter(key => JSON.stringify(valueAt(a, key)) !== JSON.stringify(valueAt(b, key)));
}

/**
The value of a key, of the table or of a client; undefined for one of a client that was not set.
*/
export function valueAt({parameters, given}: Configuration, key: string): ParameterValue | undefined {
	return isTableKey(key) ? parameters[key] : given?.[key];
}

/** What side a sets when these keys are those of side b. */
export function settingsWith(
	a: Readonly<Record<string, ParameterValue>>,
	b: Configuration,
	keys: readonly string[],
): Readonly<Record<string, ParameterValue>> {
	return {
		...a,
		...Object.fromEntries(
			keys.flatMap(key => {
				const value = b.given?.[key] ?? valueAt(b, key);
				return value === undefined ? [] : [[key, value]];
			}),
		),
	};
}

/** The sets that are run first: nothing, each alone, all but each, all. */
export function firstSets(count: number): readonly KeySet[] {
	const all = Array.from({length: count}, (_, index) => index);
	return [
		[],
		...all.map(key => [key]),
		...(count > 2 ? all.map(left => all.filter(key => key !== left)) : []),
		...(count > 1 ? [all] : []),
	];
}

/**
The pairs worth a look, from what the first sets gave: of the keys that moved
some metric most in its margin.
*/
export function pairSets(
	count: number,
	runs: ReadonlyMap<string, readonly Figures[]>,
	paths: readonly string[],
): readonly KeySet[] {
	if (count < 3) {
		return [];
	}

	const keys = Array.from({length: count}, (_, index) => index);
	const sizeOf = (key: number): number =>
		Math.max(
			...paths.map(path => {
				const base = sampleOf(valuesOf(runs, [], path)).mean;
				const margin = marginOf(path, base);
				const alone = effectOf(runs, path, [
					[1, [key]],
					[-1, []],
				]).mean;
				const last = effectOf(runs, path, [
					[1, keys],
					[-1, keys.filter(other => other !== key)],
				]).mean;
				return Math.max(Math.abs(alone), Math.abs(last)) / (margin === 0 ? 1 : margin);
			}),
		);
	const main = keys
		.toSorted((left, right) => sizeOf(right) - sizeOf(left))
		.slice(0, mostPaired)
		.toSorted((left, right) => left - right);
	return main.flatMap((left, index) => main.slice(index + 1).map(right => [left, right]));
}

/** Names a set in the table of runs. */
export function setName(keys: KeySet): string {
	return keys.join(' ');
}

/**
Which keys moved a metric; `runs` holds the runs of each set by its name, over the same seeds.
*/
export function ablate(
	path: string,
	keys: readonly string[],
	pairs: readonly KeySet[],
	runs: ReadonlyMap<string, readonly Figures[]>,
): Ablation {
	const all = keys.map((_, index) => index);
	const margin = marginOf(path, sampleOf(valuesOf(runs, [], path)).mean);
	const matters = ({low, high}: Effect): boolean => low > margin || high < -margin;
	const keyEffects = keys.map((key, index): KeyEffect => {
		const alone = effectOf(runs, path, [
			[1, [index]],
			[-1, []],
		]);
		const last = effectOf(runs, path, [
			[1, all],
			[-1, all.filter(other => other !== index)],
		]);
		return {
			key,
			alone,
			last,
			matters: matters(alone) || matters(last),
		};
	});
	const interactions = pairs.map(([left, right]): Interaction => {
		const beyond = effectOf(runs, path, [
			[1, [left, right]],
			[-1, [left]],
			[-1, [right]],
			[1, []],
		]);
		return {keys: [keys[left], keys[right]], beyond, matters: matters(beyond)};
	});
	const rest: Array<readonly [number, KeySet]> = [
		[1, all],
		[-1, []],
	];
	for (const index of all) {
		rest.push([-1, [index]], [1, []]);
	}

	for (const [left, right] of pairs) {
		rest.push([-1, [left, right]], [1, [left]], [1, [right]], [-1, []]);
	}

	return {
		path,
		margin,
		whole: effectOf(runs, path, [
			[1, all],
			[-1, []],
		]),
		keys: keyEffects,
		interactions,
		unexplained: effectOf(runs, path, rest),
	};
}

function valuesOf(runs: ReadonlyMap<string, readonly Figures[]>, keys: KeySet, path: string): readonly number[] {
	const figures = runs.get(setName(keys));
	if (figures === undefined) {
		throw new Error(`the set '${setName(keys)}' was not run`);
	}

	return figures.map(run => run[path] ?? 0);
}

/** A sum of means over sets with signs, paired by seed; 95 %. */
function effectOf(
	runs: ReadonlyMap<string, readonly Figures[]>,
	path: string,
	terms: ReadonlyArray<readonly [number, KeySet]>,
): Effect {
	const columns = terms.map(([sign, keys]) => ({sign, values: valuesOf(runs, keys, path)}));
	const sums = columns[0].values.map((_, seed) => {
		let sum = 0;
		for (const {sign, values} of columns) {
			sum += sign * values[seed];
		}

		return sum;
	});
	const sample = sampleOf(sums);
	const half = halfWidth(sample, 0.05, 'fixed');
	return {mean: sample.mean, low: sample.mean - half, high: sample.mean + half};
}
