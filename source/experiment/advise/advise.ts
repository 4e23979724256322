import {type StageName} from '../../metrics/metric-names.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type ParameterKey} from '../../simulation/parameters/table.js';
import {type CompareRow} from '../compare/comparison.js';
import {type Figures} from '../compare/figures.js';
import {type BlockLength} from './block.js';
import {type Candidate, changed} from './candidates.js';
import {type Constraint, type Effect, effectOf, gainOf, type Goal, holds} from './goal.js';
import {Laboratory, type LaboratoryOptions, type Trial} from './laboratory.js';
import {type Rest, restsOn} from './rests.js';
import {fasterStages} from './stage-costs.js';

export type AdviseOptions = LaboratoryOptions & {
	readonly goal: Goal;
	readonly constraints: readonly Constraint[];
	/** What is tried. */
	readonly candidates: readonly Candidate[];
	/** Keys that the verdict names: first among equals, and among the first where they help. */
	readonly preferred: readonly string[];
	/** Further metrics that rows are wanted of. */
	readonly shown: readonly string[];
	/** What a faster stage would bring, and on which costs the first advice rests. */
	readonly profile: boolean;
	readonly onRound?: (share: number) => void;
};

/** A change with its predicted effect. */
export type Advice = Candidate & {
	readonly effect: Effect;
	/** Of the goal, the constraints and what else is shown. */
	readonly rows: readonly CompareRow[];
	readonly constraints: ReadonlyArray<Constraint & {readonly holds: 'yes' | 'no' | 'undecided'}>;
	readonly pairs: number;
	/** Every pair is the same run, event by event. */
	readonly same: boolean;
};

/** A key of which no value that was tried does anything, with what was tried. */
export type NoEffect = {readonly key: ParameterKey; readonly tried: readonly Advice[]};

/** What a stage that is a share `faster` would bring. */
export type StageGain = {readonly stage: StageName; readonly faster: number; readonly rows: readonly CompareRow[]};

export type AdviceReport = {
	readonly goal: Goal;
	/** Figures as they are: those of the first block. */
	readonly base: Figures;
	/** Best first; what the verdict names is third at most, where it helps. */
	readonly advice: readonly Advice[];
	readonly noEffect: readonly NoEffect[];
	readonly stages: readonly StageGain[];
	readonly rests: readonly Rest[];
	readonly runs: number;
	readonly events: number;
	readonly length: BlockLength;
	readonly interrupted: boolean;
};

/**
Blocks after the first round, the second and the last: any-time intervals say something from 6 on.
*/
export const rounds = [2, 6, 12] as const;
/** Candidates that come to the last round. */
const finalists = 6;
/** Of the list, within which what the verdict names stands. */
const firstPlaces = 3;
/** Half the width of an interval, as a share of the gain, that is narrow enough. */
const clearShare = 0.1;
/** Of the best gain: what cannot come so far is no match for it, and needs no more runs. */
const farShare = 0.2;
const profileBlocks = 6;
/** How much faster a stage is tried: the last first, and where that moves anything the others. */
export const fasterBy = [0.1, 0.25, 0.5] as const;

/** Runs of an advice, about, in runs of a block: what a budget of events is divided by. */
export function runsOfAdvice(candidates: number, profile: boolean): number {
	return 2 * candidates + 4 * 0.7 * candidates + 4 * finalists + 9 + 12 + (profile ? 18 * profileBlocks + 16 : 0);
}

/**
Which of the changes that a user could make would help, by paired runs: all candidates on two
blocks, those that are not the same run on six, the best on twelve, and the best two together. Stops
between rounds when `make` was stopped.
*/
export async function advise(options: AdviseOptions): Promise<AdviceReport> {
	const {configuration, goal, constraints, onRound} = options;
	const laboratory = new Laboratory(options);
	const paths = [...new Set([goal.path, ...constraints.map(({path}) => path), ...options.shown])];
	const pool = options.candidates.map(candidate => ({...candidate, runs: [] as Trial['runs']}));
	const words = (entry: (typeof pool)[number]): Advice => adviceOf(entry, laboratory, paths, options);
	const inOrder = (entries: typeof pool): typeof pool => {
		const known = new Map(entries.map(entry => [words(entry), entry]));
		return ranked([...known.keys()], goal, options.preferred).flatMap(advice => known.get(advice) ?? []);
	};

	const all = [...pool];
	let isGoing = await laboratory.to(pool, rounds[0]);
	onRound?.(0.25);
	const differing = pool.filter(entry => !laboratory.isSame(entry));
	isGoing &&= await laboratory.to(differing, rounds[1]);
	onRound?.(0.5);
	const best = inOrder(differing).slice(0, finalists);
	const most = Math.max(0, ...best.map(entry => gainOf(rowOf(words(entry), goal), goal.better)));
	isGoing &&= await laboratory.to(
		best.filter(entry => !isClear(words(entry), goal) && canReach(words(entry), goal, farShare * most)),
		rounds[2],
	);
	const pair = isGoing
		? bestTwo(
				inOrder(best).map(entry => words(entry)),
				configuration,
			)
		: undefined;
	if (pair !== undefined) {
		const both = {...pair, runs: [] as Trial['runs']};
		isGoing = await laboratory.to([both], rounds[1]);
		isGoing &&= isClear(words(both), goal) || (await laboratory.to([both], rounds[2]));
		all.push(both);
	}

	onRound?.(0.65);
	const entries = withRemedy(
		inOrder(all).map(entry => words(entry)),
		options.preferred,
	);
	const silent = new Set(
		[...new Set(entries.flatMap(({keys}) => (keys.length === 1 ? keys : [])))].filter(key =>
			entries.filter(({keys}) => keys.length === 1 && keys[0] === key).every(({effect}) => effect === 'none'),
		),
	);
	const stages = isGoing && options.profile ? await stageGains(laboratory, options, paths) : [];
	onRound?.(0.9);
	const leader = entries.find(({effect, keys}) => effect === 'better' && keys.length === 1);
	const first = all.find(({set}) => set === leader?.set);
	const rests = isGoing && options.profile && first !== undefined ? await restsOn(first, laboratory, options) : [];
	return {
		goal,
		base: laboratory.base.at(0)?.figures ?? {},
		advice: entries.filter(({keys}) => !keys.every(key => silent.has(key))),
		noEffect: [...silent].map(key => ({
			key,
			tried: entries.filter(({keys}) => keys.length === 1 && keys[0] === key),
		})),
		stages: stages ?? [],
		rests,
		runs: laboratory.runs,
		events: laboratory.events,
		length: options.length,
		interrupted: !isGoing || stages === undefined,
	};
}

function adviceOf(
	{keys, set, runs}: Candidate & Trial,
	laboratory: Laboratory,
	paths: readonly string[],
	{goal, constraints}: AdviseOptions,
): Advice {
	const rows = laboratory.rows({set, runs}, paths);
	const same = laboratory.isSame({set, runs});
	return {
		keys,
		set,
		rows,
		same,
		pairs: runs.length,
		effect: same
			? 'none'
			: effectOf(
					rows.find(({path}) => path === goal.path),
					goal.better,
				),
		constraints: constraints.map(constraint => ({...constraint, holds: same ? 'yes' : holds(constraint, rows)})),
	};
}

/**
All that is said of it is decided, and the interval of its gain is narrow: more runs would say the
same.
*/
function isClear({effect, constraints, rows}: Advice, {path}: Goal): boolean {
	const row = rowOf({rows}, {path});
	return (
		(effect === 'better' || effect === 'worse') &&
		constraints.every(({holds: word}) => word !== 'undecided') &&
		typeof row?.low === 'number' &&
		(row.high ?? Infinity) - row.low <= 2 * clearShare * Math.abs(row.difference ?? 0)
	);
}

function rowOf({rows}: Pick<Advice, 'rows'>, {path}: Pick<Goal, 'path'>): CompareRow | undefined {
	return rows.find(row => row.path === path);
}

/** The end of the interval that is the better one lies so many margins from 0 or more. */
function canReach(advice: Advice, goal: Goal, gain: number): boolean {
	const row = rowOf(advice, goal);
	const end = goal.better === 'higher' ? row?.high : row?.low;
	return row === undefined || typeof end !== 'number' || gainOf({...row, difference: end}, goal.better) >= gain;
}

/**
What helps and hurts nothing first, then what is unsure, does nothing, hurts. Within that
by the goal; changes that come as close to the best as its margin are equal in that: one
key before two, what the verdict names before others, and then what they are subject to
and what else they move decides.
*/
function ranked(entries: readonly Advice[], {path, better}: Goal, preferred: readonly string[]): readonly Advice[] {
	const notNamed = ({keys}: Advice): number => (keys.every(key => preferred.includes(key)) ? 0 : 1);
	const gain = (advice: Advice): number => gainOf(rowOf(advice, {path}), better);
	const left = entries.toSorted((a, b) => rank(a) - rank(b) || gain(b) - gain(a));
	const sorted: Advice[] = [];
	while (left.length > 0) {
		const [leader] = left;
		const isEqual = (entry: Advice): boolean => rank(entry) === rank(leader) && gain(leader) - gain(entry) <= 1;
		const count = left.findIndex(entry => !isEqual(entry));
		const group = left.splice(0, count === -1 ? left.length : count);
		sorted.push(
			...group.toSorted(
				(a, b) =>
					a.keys.length - b.keys.length ||
					notNamed(a) - notNamed(b) ||
					harm(a, path) - harm(b, path) ||
					subject(b) - subject(a) ||
					gain(b) - gain(a),
			),
		);
	}

	return sorted;
}

/**
Who reads the verdict looks for what it names: where that helps it is among
the first, whatever helps more.
*/
function withRemedy(entries: readonly Advice[], preferred: readonly string[]): readonly Advice[] {
	const index = entries.findIndex(entry => rank(entry) === 0 && entry.keys.every(key => preferred.includes(key)));
	return index < firstPlaces
		? entries
		: entries.toSpliced(index, 1).toSpliced(firstPlaces - 1, 0, ...entries.slice(index, index + 1));
}

/** Other metrics that are worse. */
function harm({rows}: Advice, goal: string): number {
	return rows.filter(row => row.path !== goal && row.verdict === 'worse').length;
}

function subject({rows, constraints: [first]}: Advice): number {
	return first === undefined ? 0 : gainOf(rowOf({rows}, first), first.better);
}

function rank({effect, constraints}: Advice): number {
	const isBroken = constraints.some(({holds: word}) => word === 'no');
	return effect === 'worse' ? 4 : isBroken ? 3 : effect === 'none' ? 2 : effect === 'undecided' ? 1 : 0;
}

function bestTwo(entries: readonly Advice[], configuration: Configuration): Candidate | undefined {
	const good = entries.filter(entry => rank(entry) === 0);
	const [first] = good;
	const second = good.find(({keys}) => keys[0] !== first?.keys[0]);
	if (first === undefined || second === undefined) {
		return undefined;
	}

	const set = {...first.set, ...second.set};
	return changed(configuration, set) === undefined ? undefined : {keys: [...first.keys, ...second.keys], set};
}

/** Undefined when the work was stopped. */
async function stageGains(
	laboratory: Laboratory,
	{configuration}: AdviseOptions,
	paths: readonly string[],
): Promise<readonly StageGain[] | undefined> {
	const trialsOf = (faster: number, of?: ReadonlySet<StageName>) =>
		fasterStages(configuration, laboratory.base.at(0)?.figures ?? {}, faster)
			.filter(({stage, set}) => of?.has(stage) !== false && changed(configuration, set) !== undefined)
			.map(entry => ({...entry, faster, runs: [] as Trial['runs']}));
	const gainsOf = (trials: ReturnType<typeof trialsOf>): StageGain[] =>
		trials.map(trial => ({stage: trial.stage, faster: trial.faster, rows: laboratory.rows(trial, paths)}));
	const [low, middle, high] = fasterBy;
	const halves = trialsOf(high);
	if (!(await laboratory.to(halves, profileBlocks))) {
		return undefined;
	}

	// What half of a stage does not move beyond the noise, less of it does not move either.
	const moving = new Set(
		gainsOf(halves)
			.filter(({rows}) =>
				rows.some(
					({difference, margin, significant}) => significant && Math.abs(difference ?? 0) > (margin ?? 0),
				),
			)
			.map(({stage}) => stage),
	);
	const rest = [middle, low].flatMap(faster => trialsOf(faster, moving));
	return (await laboratory.to(rest, profileBlocks)) ? gainsOf([...halves, ...rest]) : undefined;
}
