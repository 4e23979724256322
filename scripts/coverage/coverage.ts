import {compareRows} from '../../source/experiment/compare/comparison.js';
import {type Figures, type Pair, type PairTask, type RunLength} from '../../source/experiment/compare/figures.js';
import {renamed, withFirstNames} from '../../source/experiment/compare/planted.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {parseSets} from '../../source/simulation/parameters/parse-set.js';
import {sampleOf} from '../../source/statistics/sample.js';

/** Two settings that are compared. */
export type CoverageCase = {
	readonly preset: string;
	/** What side b changes, `key=value`. */
	readonly change: string;
	readonly length: RunLength;
	readonly means: readonly string[];
	readonly percentiles: readonly string[];
};

/** How much is to be run. */
export type CoveragePlan = {
	/** Comparisons whose truth is known, and pairs of each. */
	readonly comparisons: number;
	readonly pairs: number;
	/** Pairs of a comparison that is watched: one looks after each of them, from the fifth on. */
	readonly watched: number;
	/** Watched comparisons of settings that are equal in law. */
	readonly equal: number;
	/** How many times as long as all runs of a comparison the run is that its truth comes from. */
	readonly truthTimes: number;
};

/** Answers tasks in their order; fewer when there is no time for all. */
export type Runs = (tasks: readonly PairTask[]) => Promise<readonly Pair[]>;

/** Of so many intervals so many hold the truth. */
export type Held = {readonly path: string; readonly of: number; readonly held: number};

export type Coverage = {
	readonly fixed: readonly Held[];
	/** At every look of a watched comparison. */
	readonly anytime: readonly Held[];
	/**
	Watched comparisons of equal settings, and those that said better or
	worse of any metric at any look.
	*/
	readonly equal: number;
	readonly alarms: number;
};

/** A client that sends as fast as it is answered; its runs have some 1,300 commands. */
export const closedCase: CoverageCase = {
	preset: 'seed-2019-kick-under-lock',
	change: 'driver.lockPolicy=kick-after-unlock',
	length: {warmup: 5_000_000, duration: 40_000_000},
	means: [
		'throughput.completed',
		'kicks.perSecond',
		'irqs.perSecond',
		'latency.mean',
		'lock.contended',
		'lock.spin.worker',
		'lock.contentionShare',
		'ring.numFree.mean',
		'cpu.vcpusBusy',
		'cpu.mainLoop',
	],
	percentiles: ['latency.p50', 'latency.p90', 'latency.p99'],
};

/** A client that is paced; its runs have 120 commands. */
export const pacedCase: CoverageCase = {
	preset: 'compositor-60hz',
	change: 'driver.lockPolicy=kick-after-unlock',
	length: {warmup: 50_000_000, duration: 1_000_000_000},
	means: ['latency.mean', 'latency.stages.doorbell.mean', 'lock.hold.mean', 'cpu.vcpusBusy', 'cpu.mainLoop'],
	percentiles: ['latency.p50', 'latency.p90'],
};

/** Runs that make up the long one, so that all threads have work. */
const truthRuns = 4;
/** A run that is short has no budget that it could spend. */
const budget = 1e10;

/** A watched comparison begins to say something. */
const firstLook = 5;
/** The first seed of each part: no run is of two of them. */
const seeds = {truth: 1_000_000, compared: 1} as const;

const options = {confidence: 0.95} as const;

/**
Counts how often intervals hold a truth that is known, and how often equal settings are told apart.
The truth is the difference of long runs of both sides, of other seeds, many times as long as all
runs of a comparison. Equal in law is side a with its clients renamed: other streams of the same
distributions.
*/
export async function coverageOf(
	{preset: name, change, length, means, percentiles}: CoverageCase,
	plan: CoveragePlan,
	runs: Runs,
): Promise<Coverage> {
	const preset = loadPreset(name);
	const a = configurationOf(preset);
	const b = configurationOf(preset, parseSets([change]));
	const paths = [...means, ...percentiles];
	const pairsOf = async (
		left: Configuration | null,
		right: Configuration,
		from: number,
		count: number,
		duration = length.duration,
	): Promise<readonly Pair[]> =>
		runs(
			Array.from({length: count}, (_, index) => ({
				sides: [left, right] as const,
				seed: from + index,
				length: {...length, duration},
				budget,
			})),
		);
	const truths = await pairsOf(
		a,
		b,
		seeds.truth,
		truthRuns,
		Math.ceil((plan.truthTimes * plan.pairs * length.duration) / truthRuns),
	);
	const truth = new Map(paths.map(path => [path, meanDifference(truths, path)]));
	const compared = await pairsOf(a, b, seeds.compared, plan.comparisons * plan.pairs);
	// Side a of them is that of the first ones.
	const others = await pairsOf(null, renamed(a), seeds.compared, plan.equal * plan.watched);
	const equals = others
		.slice(0, compared.length)
		.map(({seed, sides}, index) => ({seed, sides: [compared[index].sides[0], sides[1]] as const}));
	const watched = groups(equals, plan.watched);
	return {
		fixed: heldIn(groups(compared, plan.pairs), truth, false),
		anytime: heldIn(groups(compared, plan.watched), truth, true),
		equal: watched.length,
		alarms: watched.filter(pairs => isAlarm(pairs)).length,
	};
}

function sideOf(pairs: readonly Pair[], side: 0 | 1): readonly Figures[] {
	return pairs.map(({sides}) => sides[side]?.figures ?? {});
}

function meanDifference(pairs: readonly Pair[], path: string): number {
	const [a, b] = [sideOf(pairs, 0), sideOf(pairs, 1)];
	return sampleOf(a.map((figures, index) => (b[index][path] ?? 0) - (figures[path] ?? 0))).mean;
}

/** Whole groups of so many; what is left is in none. */
function groups(pairs: readonly Pair[], size: number): ReadonlyArray<readonly Pair[]> {
	return Array.from({length: Math.floor(pairs.length / size)}, (_, index) =>
		pairs.slice(index * size, (index + 1) * size),
	);
}

function only(figures: Figures, paths: readonly string[]): Figures {
	return Object.fromEntries(paths.map(path => [path, figures[path] ?? null]));
}

function heldIn(
	comparisons: ReadonlyArray<readonly Pair[]>,
	truth: ReadonlyMap<string, number>,
	isWatched: boolean,
): readonly Held[] {
	const paths = [...truth.keys()];
	const missed = new Map(paths.map(path => [path, 0]));
	for (const pairs of comparisons) {
		const [a, b] = [sideOf(pairs, 0), sideOf(pairs, 1)].map(side => side.map(figures => only(figures, paths)));
		const misses = new Set<string>();
		for (let n = isWatched ? firstLook : pairs.length; n <= pairs.length; n++) {
			const rows = compareRows(a.slice(0, n), b.slice(0, n), {...options, rule: isWatched ? 'anytime' : 'fixed'});
			for (const {path, low, high} of rows) {
				const value = truth.get(path) ?? 0;
				if (low !== null && high !== null && (low > value || high < value)) {
					misses.add(path);
				}
			}
		}

		for (const path of misses) {
			missed.set(path, (missed.get(path) ?? 0) + 1);
		}
	}

	return paths.map(path => ({path, of: comparisons.length, held: comparisons.length - (missed.get(path) ?? 0)}));
}

function isAlarm(pairs: readonly Pair[]): boolean {
	const a = sideOf(pairs, 0);
	const b = sideOf(pairs, 1).map(figures => withFirstNames(figures));
	for (let n = firstLook; n <= pairs.length; n++) {
		const rows = compareRows(a.slice(0, n), b.slice(0, n), {...options, rule: 'anytime'});
		if (rows.some(({verdict}) => verdict === 'better' || verdict === 'worse')) {
			return true;
		}
	}

	return false;
}

/** The share of all intervals of some metrics that hold. */
export function shareHeld(all: readonly Held[], of: readonly string[]): number {
	const own = all.filter(({path}) => of.includes(path));
	const sum = (pick: (held: Held) => number): number => own.reduce((total, held) => total + pick(held), 0);
	return sum(({held}) => held) / sum(({of: count}) => count);
}
