import * as z from 'zod/mini';
import {UserError} from '../../errors/user-error.js';
import {formatDuration} from '../../parameters/duration.js';
import {jsonValue} from '../../parameters/value.js';
import {parameter} from '../../simulation/parameters/table.js';
import {schema, version} from '../../version.js';
import {type Axis} from './axis.js';
import {type Plan, type Point, product, type WrittenSet, writtenSet} from './plan.js';

const setSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const headerSchema = z.object({
	schema: z.number(),
	vqlab: z.string(),
	preset: z.string(),
	axes: z.array(
		z.object({
			key: z.string(),
			values: z.array(z.union([z.string(), z.number(), z.boolean()])),
			/** Values lie anywhere between the two. */
			between: z.optional(z.literal(true)),
		}),
	),
	runs: z.int().check(z.minimum(1)),
	points: z.int().check(z.minimum(1)),
	plan: z.string(),
	seed: z.number(),
	warmup: z.string(),
	duration: z.string(),
	/** What is set in all points, but for the run's own keys. */
	set: setSchema,
	/** The settings of the points, unless they are the grid of the axes. */
	list: z.optional(z.array(setSchema)),
	/** The part that was asked for, `i/n`; null: the whole. */
	shard: z.nullable(z.string()),
	/** The command that makes the whole. */
	command: z.string(),
});

const resultSchema = z.object({
	point: z.int().check(z.minimum(0)),
	hash: z.nullable(z.string()),
	run: z.int().check(z.minimum(0)),
	seed: z.number(),
	set: setSchema,
	metrics: z.nullable(z.record(z.string(), z.nullable(z.number()))),
	eventHash: z.nullable(z.string()),
	events: z.number(),
	end: z.string(),
	stall: z.nullable(z.string()),
	refused: z.nullable(z.string()),
});

/** First line of a results file (docs/contract.md, section 6). */
export type SweepHeader = Readonly<z.infer<typeof headerSchema>>;

/**
A line of a results file: a run of a point, or why the model refuses the point (then
`metrics` is null and there is no other run). `metrics` by dotted path, in their JSON units;
null where one has no meaning.
*/
export type SweepResult = Readonly<z.infer<typeof resultSchema>>;

/** What a results file holds, each run once. */
export type Results = {
	readonly header: SweepHeader;
	/** In the order of the points, then of their runs. */
	readonly results: readonly SweepResult[];
};

/** The header of a plan's results; the same plan, part and command give the same text. */
export function headerOf(plan: Plan, shard: string | null, command: string): SweepHeader {
	const {choice} = plan;
	return {
		schema,
		vqlab: version,
		preset: plan.preset.name,
		axes: choice.kind === 'list' ? [] : choice.axes.map(axis => writtenAxis(axis)),
		runs: plan.runs,
		points: plan.points.length,
		plan: plan.hash,
		seed: plan.seed,
		warmup: formatDuration(plan.warmup),
		duration: formatDuration(plan.duration),
		set: Object.fromEntries(
			Object.entries(writtenSet(plan.base)).filter(([key]) => parameter(key).group !== 'run'),
		),
		...(choice.kind === 'grid' ? {} : {list: plan.points.map(({set}) => set)}),
		shard,
		command,
	};
}

function writtenAxis({key, values, span}: Axis): SweepHeader['axes'][number] {
	return {
		key,
		values: values.map(value => jsonValue(parameter(key), value)),
		...(span === undefined ? {} : {between: true as const}),
	};
}

/** The row of a point that the model refuses. */
export function refusedResult({index, set, refused}: Point, seed: number): SweepResult {
	return {
		point: index,
		hash: null,
		run: 0,
		seed,
		set,
		metrics: null,
		eventHash: null,
		events: 0,
		end: 'refused',
		stall: null,
		refused,
	};
}

/** The settings of all points of a results file, by their index. */
export function setsOf({axes, list}: SweepHeader): readonly WrittenSet[] {
	return list ?? product(axes);
}

/** Points with a run that is not there, in their order. */
export function missingPoints({header, results}: Results): number[] {
	const counts = Array.from({length: header.points}, () => 0);
	for (const {point, refused} of results) {
		counts[point] += refused === null ? 1 : header.runs;
	}

	return counts.flatMap((count, point) => (count < header.runs ? [point] : []));
}

/** The runs of a file that are one result each; a name for a run that is in two. */
export function resultKey({point, run}: Pick<SweepResult, 'point' | 'run'>): string {
	return `${point}/${run}`;
}

/**
Reads whole lines of results. Files that were put together, each with its header, are read as one.

@throws {UserError} for a line that is none, two plans, and two different results of one run.
*/
export function readResults(lines: Iterable<string>, name: string): Results | undefined {
	let header: SweepHeader | undefined;
	const results = new Map<string, SweepResult>();
	let number = 0;
	for (const line of lines) {
		number++;
		const where = `${name}, line ${number}`;
		const json = parsed(line, where);
		if (typeof json === 'object' && json !== null && 'plan' in json) {
			const found = headerIn(json, where);
			header ??= found;
			refuseOther(header, found, where);
			continue;
		}

		if (header === undefined) {
			throw noResults(name);
		}

		add(results, resultIn(json, header, where), where);
	}

	return header === undefined ? undefined : {header, results: inOrder(results.values())};
}

/**
Puts files of one plan together.

@throws {UserError} when one is of another plan, or two results of one run differ.
*/
export function joined(files: ReadonlyArray<{readonly name: string; readonly results: Results}>): Results {
	const [first] = files;
	const results = new Map<string, SweepResult>();
	for (const {name, results: file} of files) {
		refuseOther(first.results.header, file.header, name, first.name);
		for (const result of file.results) {
			add(results, result, name);
		}
	}

	const shards = new Set(files.map(({results: {header}}) => header.shard));
	const [only = null] = shards;
	return {
		header: {...first.results.header, shard: shards.size === 1 ? only : null},
		results: inOrder(results.values()),
	};
}

/**
Says in what two plans differ.

@throws {UserError} when they do.
*/
export function refuseOther(own: SweepHeader, other: SweepHeader, where: string, ownName = 'this sweep'): void {
	if (own.plan === other.plan) {
		return;
	}

	const differing = (
		['vqlab', 'preset', 'axes', 'list', 'set', 'runs', 'seed', 'warmup', 'duration'] as const
	).filter(key => JSON.stringify(own[key]) !== JSON.stringify(other[key]));
	const words =
		differing.length === 0
			? 'the preset or the budget of events was another'
			: differing
					.map(key => `${key} ${short(JSON.stringify(other[key]))}, not ${short(JSON.stringify(own[key]))}`)
					.join('; ');
	throw new UserError(`${where} holds another plan than ${ownName}: ${words}; choose another file`);
}

/** One for a file that holds something else. */
export function noResults(name: string): UserError {
	return new UserError(`${name} holds no results of vqlab sweep: choose another file`);
}

function short(text = 'none'): string {
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function parsed(line: string, where: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		throw noResults(where);
	}
}

function headerIn(json: object, where: string): SweepHeader {
	const {success, data} = headerSchema.safeParse(json);
	if (!success || setsOf(data).length !== data.points) {
		throw noResults(where);
	}

	if (data.schema !== schema) {
		throw new UserError(`${where}: results of schema ${data.schema}; this vqlab ${version} has schema ${schema}`);
	}

	return data;
}

function resultIn(json: unknown, {points, runs}: SweepHeader, where: string): SweepResult {
	const {success, data} = resultSchema.safeParse(json);
	if (!success) {
		throw noResults(where);
	}

	if (data.point >= points || data.run >= runs) {
		throw new UserError(
			`${where}: there is no run ${data.run} of point ${data.point}: ${points} points, ${runs} runs`,
		);
	}

	return data;
}

function add(results: Map<string, SweepResult>, result: SweepResult, where: string): void {
	const key = resultKey(result);
	const before = results.get(key);
	if (before !== undefined && JSON.stringify(before) !== JSON.stringify(result)) {
		throw new UserError(
			`${where}: run ${result.run} of point ${result.point} is there twice with other figures: one of ` +
				'them was not made by this plan',
		);
	}

	results.set(key, before ?? result);
}

function inOrder(results: Iterable<SweepResult>): readonly SweepResult[] {
	return [...results].toSorted((a, b) => a.point - b.point || a.run - b.run);
}
