import {createHash} from 'node:crypto';
import {UserError} from '../../errors/user-error.js';
import {type ParameterValue} from '../../parameters/parameter.js';
import {formatValue, jsonValue} from '../../parameters/value.js';
import {configurationOf, type Preset} from '../../presets/preset.js';
import {type Configuration} from '../../simulation/configuration.js';
import {canonicalJson, parametersHash} from '../../simulation/parameters/parameters-hash.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {parameter} from '../../simulation/parameters/table.js';
import {version} from '../../version.js';
import {type Axis} from './axis.js';
import {latinHypercube} from './sample.js';

/** Runs of a sweep at most: their figures are held in memory. */
const mostRuns = 20_000;

/** A value as JSON carries it: durations and distributions are text with units. */
export type WrittenSet = Readonly<Record<string, string | number | boolean>>;

/** What a sweep is to vary. */
export type Choice =
	/** Every value of an axis with every one of the others. */
	| {readonly kind: 'grid'; readonly axes: readonly Axis[]}
	| {readonly kind: 'sample'; readonly axes: readonly Axis[]; readonly count: number}
	| {readonly kind: 'list'; readonly sets: readonly GivenParameters[]};

/** A setting to run; `index` from 0 on. */
export type Point = {
	readonly index: number;
	readonly set: WrittenSet;
	/** The settings as the model takes them. */
	readonly given: GivenParameters;
	/** `parametersHash` of the configuration; null when the model refuses it. */
	readonly hash: string | null;
	/** Why the model refuses it. */
	readonly refused: string | null;
};

/** What all points share. Times in ns. */
export type PlanOptions = {
	readonly preset: Preset;
	/** What is set in all points. */
	readonly base: GivenParameters;
	readonly choice: Choice;
	/**
	Runs of a point, with seeds from `seed` on: the same ones in each, so that points are paired.
	*/
	readonly runs: number;
	readonly budget: number;
};

/** A sweep, whole: what decides its results. */
export type Plan = PlanOptions & {
	readonly points: readonly Point[];
	readonly seed: number;
	readonly warmup: number;
	readonly duration: number;
	/**
	16 hex digits of SHA-256 over all that decides the results: settings, seeds, length, version.
	*/
	readonly hash: string;
};

/**
Makes the plan and asks the model for each point.

@throws {UserError} for two axes of a key, a key that is set besides, too many runs, a value that no
point can have although it was named, and when no point is left.
*/
export function makePlan(options: PlanOptions): Plan {
	const {preset, base, choice, runs, budget} = options;
	refuseClashes(choice, base);
	const shared = configurationOf(preset, base);
	const {seed, warmup, duration} = shared.parameters;
	const count = pointCount(choice);
	if (count * runs > mostRuns) {
		throw new UserError(
			`${count} points of ${runs === 1 ? 'one run' : `${runs} runs`} are ${count * runs} runs, more than ` +
				`${mostRuns}: take fewer values, or --sample latin-hypercube:N`,
		);
	}

	const points = givenSets(choice, seed).map((given, index): Point => {
		const set = writtenSet(given);
		try {
			return {
				index,
				set,
				given,
				hash: parametersHash(configurationOf(preset, {...base, ...given})),
				refused: null,
			};
		} catch (error) {
			if (!(error instanceof UserError)) {
				throw error;
			}

			return {
				index,
				set,
				given,
				hash: null,
				refused: error.message,
			};
		}
	});
	refuseHopeless(choice, points);
	const identity = {
		vqlab: version,
		runs,
		seed,
		warmup,
		duration,
		budget,
		points: points.map(({set, hash}) => ({set, hash})),
	};
	return {
		...options,
		points,
		seed,
		warmup,
		duration,
		hash: createHash('sha256').update(canonicalJson(identity)).digest('hex').slice(0, 16),
	};
}

/** The configuration of a point that the model does not refuse. */
export function configurationAt({preset, base}: Plan, {given}: Point): Configuration {
	return configurationOf(preset, {...base, ...given});
}

/** Settings as JSON carries them. */
export function writtenSet(given: GivenParameters): WrittenSet {
	return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, jsonValue(parameter(key), value)]));
}

/** Every value of the axes with every other, the last axis fastest. */
export function product<Value>(
	axes: ReadonlyArray<{readonly key: string; readonly values: readonly Value[]}>,
): ReadonlyArray<Readonly<Record<string, Value>>> {
	let sets: ReadonlyArray<Readonly<Record<string, Value>>> = [{}];
	for (const {key, values} of axes) {
		sets = sets.flatMap(set => values.map(value => ({...set, [key]: value})));
	}

	return sets;
}

function pointCount(choice: Choice): number {
	switch (choice.kind) {
		case 'grid': {
			let count = 1;
			for (const {values} of choice.axes) {
				count *= values.length;
			}

			return count;
		}

		case 'sample': {
			return choice.count;
		}

		case 'list': {
			return choice.sets.length;
		}
	}
}

function givenSets(choice: Choice, seed: number): ReadonlyArray<Readonly<Record<string, ParameterValue>>> {
	switch (choice.kind) {
		case 'grid': {
			return product(choice.axes);
		}

		case 'sample': {
			return latinHypercube(choice.axes, choice.count, seed);
		}

		case 'list': {
			return choice.sets;
		}
	}
}

function refuseClashes(choice: Choice, base: GivenParameters): void {
	const keys = choice.kind === 'list' ? choice.sets.flatMap(set => Object.keys(set)) : [];
	if (choice.kind !== 'list') {
		for (const {key, span} of choice.axes) {
			if (keys.includes(key)) {
				throw new UserError(`--axis ${key} comes twice: give all its values in one`);
			}

			if (span !== undefined && choice.kind === 'grid') {
				const [low, high] = [span.low, span.high].map(end =>
					formatValue(
						parameter(key),
						parameter(key).type === 'distribution' ? {kind: 'const', value: end} : end,
					),
				);
				throw new UserError(
					`--axis ${key}: ${low}..${high} needs a step, as in ${low}..${high}*2 or +…; without one it ` +
						'is for --sample',
				);
			}

			keys.push(key);
		}
	}

	const clash = keys.find(key => Object.hasOwn(base, key));
	if (clash !== undefined) {
		throw new UserError(`${clash} is set for all points and varied: drop it from --set or from the axes`);
	}
}

/**
A value that was named and that no point can have is a mistake; where only
some cannot, their rows say so.
*/
function refuseHopeless(choice: Choice, points: readonly Point[]): void {
	const [first] = points;
	if (points.every(({refused}) => refused !== null)) {
		throw new UserError(`the model refuses every point: ${first?.refused ?? 'there is none'}`);
	}

	if (choice.kind !== 'grid') {
		return;
	}

	for (const {key, values, isAll} of choice.axes) {
		for (const value of isAll ? [] : values) {
			const written = jsonValue(parameter(key), value);
			const own = points.filter(({set}) => set[key] === written);
			if (own.every(({refused}) => refused !== null)) {
				throw new UserError(`--axis ${key}: no point can have ${String(written)}: ${own[0].refused ?? ''}`);
			}
		}
	}
}
