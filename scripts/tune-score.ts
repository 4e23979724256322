/* eslint-disable no-await-in-loop -- one search after the other */
import process from 'node:process';
import {parseGoal} from '../source/experiment/advise/goal.js';
import {type Figures, type Replication, replicate, runPair} from '../source/experiment/compare/figures.js';
import {parseGate} from '../source/experiment/compare/gate.js';
import {parseOver, type Point, settingsAt} from '../source/experiment/tune/space.js';
import {tune} from '../source/experiment/tune/tune.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';

/**
Holds `tune` against full grids of simulated runs: whether it finds the optimum of the grid with a
fifth of the grid's runs, whether the winner's interval holds what many runs say, and whether the
same seed gives the same answer.

	npx tsx scripts/tune-score.ts [SEARCHES]
*/
const searches = Number(process.argv[2] ?? 20);

type Planted = {
	readonly name: string;
	readonly preset: string;
	readonly goal: string;
	readonly over: readonly string[];
	/** `PATH < NUMBER` or `>`, in the unit of the metric's JSON. */
	readonly subjectTo: readonly string[];
	/** Of a run, ns: short ones are noisy. */
	readonly length: {readonly warmup: number; readonly duration: number};
};

const millisecond = 1_000_000;
const planted: readonly Planted[] = [
	{
		name: 'noisy',
		preset: 'seed-2019-kick-under-lock',
		goal: 'max throughput.completed',
		over: ['queue.size=16..1024,driver.lockPolicy,host.ioeventfd,queue.eventIdx'],
		subjectTo: [],
		length: {warmup: 2 * millisecond, duration: 4 * millisecond},
	},
	{
		name: 'constrained',
		preset: 'seed-2019-kick-under-lock',
		goal: 'max throughput.completed',
		over: ['queue.size=16..1024,driver.lockPolicy,host.ioeventfd,queue.eventIdx'],
		subjectTo: ['irqs.perCommand < 0.75'],
		length: {warmup: 2 * millisecond, duration: 8 * millisecond},
	},
	{
		name: 'plateau',
		preset: 'ring-too-small',
		goal: 'max throughput.completed',
		over: ['queue.size=16..1024,driver.lockPolicy,queue.indirect'],
		subjectTo: [],
		length: {warmup: 2 * millisecond, duration: 4 * millisecond},
	},
];

/** Runs a point of the grid: as many as a race makes of its finalists. */
const gridRuns = 8;
/** Of the truth of a point, on seeds that no search sees. */
const truthRuns = 24;
const longRuns = 160;
const truthSeed = 5_000_000;
/**
Settings this near to the best of the grid are as good: what the margin of a comparison calls the
same.
*/
const near = 0.01;
const events = 5_000_000;

for (const {name, preset: presetName, goal: goalText, over, subjectTo, length} of planted) {
	const preset = loadPreset(presetName);
	const baseline = configurationOf(preset);
	const space = parseOver(over, baseline);
	const goal = parseGoal(goalText);
	const gates = subjectTo.map(text => parseGate(text, '--subject-to'));
	const configurationWith = (set: ReturnType<typeof settingsAt>) => configurationOf(preset, set);
	const runsOf = (point: Point, count: number): readonly Replication[] =>
		Array.from({length: count}, (_, index) =>
			replicate(configurationWith(settingsAt(space, point)), {
				seed: truthSeed + index,
				length,
				budget: events,
			}),
		);
	const meanOf = (runs: readonly Replication[], path: string): number =>
		runs.reduce((sum, {figures}: {readonly figures: Figures}) => sum + (figures[path] ?? 0), 0) / runs.length;
	const points = everyPoint(space.map(({values}) => values.length));
	const truths = points.flatMap(point => {
		try {
			const runs = runsOf(point, truthRuns);
			const isAllowed = gates.every(({path, value, operator}) =>
				operator === '>' ? meanOf(runs, path) > value : meanOf(runs, path) < value,
			);
			return isAllowed ? [{point, value: meanOf(runs, goal.path)}] : [];
		} catch {
			return [];
		}
	});
	const best = Math.max(...truths.map(({value}) => value));
	const budget = Math.floor((points.length * gridRuns) / 5);
	const search = async (seed: number) =>
		tune({
			space,
			configurationWith,
			seed,
			length,
			events,
			goal,
			constraints: gates,
			budget,
			asIs: undefined,
			baseline,
			make: async tasks => tasks.map(task => runPair(task)),
		});
	const long = new Map<string, number>();
	let [found, held] = [0, 0];
	for (let index = 0; index < searches; index++) {
		const {best: winner, spent} = await search(1 + 1000 * index);
		if (winner === null) {
			continue;
		}

		const key = winner.point.join(' ');
		long.set(key, long.get(key) ?? meanOf(runsOf(winner.point, longRuns), goal.path));
		const truth = long.get(key) ?? 0;
		const isFound =
			truths.some(({point}) => point.join(' ') === key) && truth >= best * (1 - near) && spent <= budget;
		const isHeld = (winner.low ?? -Infinity) <= truth && truth <= (winner.high ?? Infinity);
		found += isFound ? 1 : 0;
		held += isHeld ? 1 : 0;
		if (!isFound || !isHeld) {
			console.log(
				`  ${name} seed ${1 + 1000 * index}: ${JSON.stringify(settingsAt(space, winner.point))} ` +
					`${winner.estimate.toFixed(0)} [${winner.low?.toFixed(0) ?? '-'}, ` +
					`${winner.high?.toFixed(0) ?? '-'}], ` +
					`long run ${truth.toFixed(0)}, best of the grid ${best.toFixed(0)}, ${spent} runs`,
			);
		}
	}

	const [once, again] = [await search(1), await search(1)];
	console.log(
		`${name}: ${points.length} points, ${budget} of ${points.length * gridRuns} runs; ` +
			`optimum found in ${found} of ` +
			`${searches}, interval holds the long run in ${held}; same seed, same answer: ` +
			`${JSON.stringify(once) === JSON.stringify(again) ? 'yes' : 'no'}`,
	);
}

function everyPoint(sizes: readonly number[]): readonly Point[] {
	let all: readonly Point[] = [[]];
	for (const size of sizes) {
		all = all.flatMap(point => Array.from({length: size}, (_, index) => [...point, index]));
	}

	return all;
}
