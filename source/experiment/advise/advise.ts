import {type StageName} from '../../metrics/metric-names.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type ParameterKey} from '../../simulation/parameters/table.js';
import {type CompareRow} from '../compare/comparison.js';
import {type Figures} from '../compare/figures.js';
import {type BlockLength} from './block.js';
import {type Advice} from './advice.js';
import {actsOnTheWay, type Candidate, changed} from './candidates.js';
import {type Constraint, effectOf, gainOf, type Goal, holds} from './goal.js';
import {Laboratory, type LaboratoryOptions, type Trial} from './laboratory.js';
import {rank, ranked, rowOf, withRemedy} from './ranking.js';
import {type Rest, restsOn} from './rests.js';
import {fasterStages} from './stage-costs.js';

export type AdviseOptions = Omit<LaboratoryOptions, 'paths'> & {
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
/** Blocks of the first round where runs are whole: one is long enough to say what is the same. */
const wholeFirst = 1;
/** Candidates that come to the last round. */
const finalists = 6;
/** Half the width of an interval, as a share of the gain, that is narrow enough. */
const clearShare = 0.1;
/** Of the best gain: what cannot come so far is no match for it, and needs no more runs. */
const farShare = 0.2;
const profileBlocks = 6;
/** How much faster a stage is tried: the last first, and where that moves anything the others. */
export const fasterBy = [0.1, 0.25, 0.5] as const;

/** Runs of an advice, about, in runs of a block: what a budget of events is divided by. */
export function runsOfAdvice(candidates: number, profile: boolean): number {
	return 2 * candidates + 5 * 0.7 * candidates + 4 * finalists + 9 + 12 + (profile ? 18 * profileBlocks + 16 : 0);
}

/**
Which of the changes that a user could make would help, by paired runs: all candidates on two
blocks, those that are not the same run on six, the best on twelve, and the best two together. Stops
between rounds when `make` was stopped.
*/
export async function advise(options: AdviseOptions): Promise<AdviceReport> {
	const {configuration, goal, constraints, onRound} = options;
	const paths = [...new Set([goal.path, ...constraints.map(({path}) => path), ...options.shown])];
	const laboratory = new Laboratory({...options, paths});
	const pool = options.candidates.map(candidate => tried(candidate));
	const words = (entry: Tried): Advice => adviceOf(entry, laboratory, options);
	const inOrder = (entries: readonly Tried[]): Tried[] => {
		const known = new Map(entries.map(entry => [words(entry), entry]));
		return ranked([...known.keys()], goal, options.preferred).flatMap(advice => known.get(advice) ?? []);
	};

	const all = [...pool];
	const isOpened = await laboratory.to(pool, options.whole ? wholeFirst : rounds[0]);
	onRound?.(0.25);
	const differing = pool.filter(entry => !laboratory.isSame(entry));
	const isKnown = isOpened && (await laboratory.to(differing, rounds[1]));
	onRound?.(0.5);
	const compareBest = async (): Promise<boolean> => {
		const best = inOrder(differing).slice(0, finalists);
		const most = Math.max(0, ...best.map(entry => gainOf(rowOf(words(entry), goal), goal.better)));
		const isDone =
			(await laboratory.to(
				best.filter(entry => !isClear(words(entry), goal) && canReach(words(entry), goal, farShare * most)),
				rounds[2],
			)) && (await tryFromStart(differing, laboratory, options));
		const pair = isDone
			? bestTwo(
					inOrder(best).map(entry => words(entry)),
					configuration,
				)
			: undefined;
		if (pair === undefined) {
			return isDone;
		}

		const both = tried(pair);
		all.push(both);
		return (
			(await laboratory.to([both], rounds[1])) && (isClear(words(both), goal) || laboratory.to([both], rounds[2]))
		);
	};

	// Neither needs the other: a worker that waits for the end of a round of one does the other.
	const [isGoing, stages] = isKnown
		? await Promise.all([compareBest(), options.profile ? stageGains(laboratory, options) : []])
		: [false, []];
	onRound?.(0.9);
	const entries = withRemedy(
		inOrder(all).map(entry => words(entry)),
		options.preferred,
	);
	const silent = new Set(
		[...new Set(entries.flatMap(({keys}) => (keys.length === 1 ? keys : [])))].filter(key =>
			entries.filter(({keys}) => keys.length === 1 && keys[0] === key).every(({effect}) => effect === 'none'),
		),
	);
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

/** A candidate with the runs in which it is made on the way, and those that begin with it. */
type Tried = Candidate & Trial & {readonly begun: Trial};

function tried(candidate: Candidate): Tried {
	return {...candidate, runs: [], begun: {set: candidate.set, runs: [], fromStart: true}};
}

/**
A change may come to another state on the way than in a run that begins with it: where requests go
through in one crowd they go on so. Each that is made on the way is begun once, and where that is
off, in as many blocks as say so. False when the work was stopped.
*/
async function tryFromStart(
	trials: readonly Tried[],
	laboratory: Laboratory,
	{configuration, whole, goal}: AdviseOptions,
): Promise<boolean> {
	const onTheWay = whole ? [] : trials.filter(({set}) => actsOnTheWay(configuration, set));
	const begun = (entries: readonly Tried[]): readonly Trial[] => entries.map(entry => entry.begun);
	if (!(await laboratory.to(begun(onTheWay), 1))) {
		return false;
	}

	const off = onTheWay.filter(entry => {
		const [many, one] = [entry, entry.begun].map(trial => rowOf({rows: laboratory.rows(trial)}, goal));
		return isOff(many, one?.difference ?? null);
	});
	return laboratory.to(begun(off), rounds[1]);
}

/** A difference that is none of those that the row is of, by more than its margin. */
function isOff(row: CompareRow | undefined, difference: number | null): boolean {
	if (typeof row?.low !== 'number' || row.high === null || row.difference === null || difference === null) {
		return false;
	}

	// An interval for a mean of n, as one for a single value.
	const half = ((row.high - row.low) / 2) * Math.sqrt(row.n + 1);
	return Math.abs(difference - row.difference) > Math.max(half, row.margin ?? 0);
}

/** The goal in runs that begin with a change, where that is another state; else null. */
function begunRow({begun, ...trial}: Tried, laboratory: Laboratory, {path, better}: Goal): CompareRow | null {
	const effect = effectOf(laboratory.apart(trial, begun, path), better);
	return effect === 'better' || effect === 'worse' ? (rowOf({rows: laboratory.rows(begun)}, {path}) ?? null) : null;
}

function adviceOf(entry: Tried, laboratory: Laboratory, {goal, constraints}: AdviseOptions): Advice {
	const {keys, set, runs} = entry;
	const rows = laboratory.rows(entry);
	const same = laboratory.isSame(entry);
	const fromStart = begunRow(entry, laboratory, goal);
	const effects = [rowOf({rows}, goal), ...(fromStart === null ? [] : [fromStart])].map(row =>
		effectOf(row, goal.better),
	);
	return {
		keys,
		set,
		rows,
		same,
		pairs: runs.length,
		fromStart,
		effect: same ? 'none' : new Set(effects).size === 1 ? effects[0] : 'undecided',
		constraints: constraints.map(constraint => ({...constraint, holds: same ? 'yes' : holds(constraint, rows)})),
	};
}

/**
All that is said of it is decided, and there is no gain or its interval is narrow: more runs would
say the same.
*/
function isClear({effect, constraints, rows}: Advice, {path}: Goal): boolean {
	const row = rowOf({rows}, {path});
	const isNarrow =
		typeof row?.low === 'number' &&
		(row.high ?? Infinity) - row.low <= 2 * clearShare * Math.abs(row.difference ?? 0);
	return (
		effect !== 'undecided' &&
		(effect === 'none' || isNarrow) &&
		constraints.every(({holds: word}) => word !== 'undecided')
	);
}

/** The end of the interval that is the better one lies so many margins from 0 or more. */
function canReach(advice: Advice, goal: Goal, gain: number): boolean {
	const row = rowOf(advice, goal);
	const end = goal.better === 'higher' ? row?.high : row?.low;
	return row === undefined || typeof end !== 'number' || gainOf({...row, difference: end}, goal.better) >= gain;
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
): Promise<readonly StageGain[] | undefined> {
	const trialsOf = (faster: number, of?: ReadonlySet<StageName>) =>
		fasterStages(configuration, laboratory.base.at(0)?.figures ?? {}, faster)
			.filter(({stage, set}) => of?.has(stage) !== false && changed(configuration, set) !== undefined)
			.map(entry => ({...entry, faster, runs: [] as Trial['runs']}));
	const gainsOf = (trials: ReturnType<typeof trialsOf>): StageGain[] =>
		trials.map(trial => ({stage: trial.stage, faster: trial.faster, rows: laboratory.rows(trial)}));
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
