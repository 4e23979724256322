/* eslint-disable no-await-in-loop -- one preset after the other */
import process from 'node:process';
import {adviceOn} from '../source/commands/advise.js';
import {parseCommandLine} from '../source/commands/command-line.js';
import {Interrupt} from '../source/commands/interrupt.js';
import {type PairTask} from '../source/experiment/compare/figures.js';
import {parseSet} from '../source/simulation/parameters/parse-set.js';
import {changed} from '../source/experiment/advise/candidates.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {ProgressLine} from '../source/terminal/progress-line.js';
import {pairKind} from '../source/work/kinds/pair.js';
import {Pool} from '../source/work/pool.js';

/**
Holds advice against full runs: for each value of each knob that advice tried, whether the
predicted interval of the goal's change holds what whole runs of the preset's own length say, on
seeds that the advice has not seen.

	npx tsx scripts/build.ts && npx tsx scripts/advice-score.ts PRESET…
*/
const seeds = [2001, 2002, 2003];
const line = parseCommandLine([], import.meta);
const pool = new Pool({file: new URL('../distribution/worker.js', import.meta.url)});

type Score = {
	readonly preset: string;
	readonly set: string;
	readonly gain: number;
	readonly half: number;
	readonly truth: number;
	readonly holds: boolean;
	readonly isSame: boolean;
};
const scores: Score[] = [];

for (const name of process.argv.slice(2)) {
	const configuration = configurationOf(loadPreset(name));
	const advice = await adviceOn(configuration, name, {
		line,
		interrupt: new Interrupt(),
		progress: new ProgressLine({write: undefined, columns: () => 80, clock: () => 0}),
	});
	const predictions = [
		...advice.advice
			.filter(({set}) => Object.keys(set).length === 1)
			.map(({set, difference}) => ({set, ...difference})),
		...advice.noEffect.flatMap(({key, tried, why}) =>
			why.startsWith('same run') ? tried.map(value => ({set: {[key]: value}, value: 0, low: 0, high: 0})) : [],
		),
	].filter(({low, high}) => low !== null && high !== null);
	const {warmup, duration} = configuration.parameters;
	const tasks = predictions.flatMap(({set}) => {
		const [[key, value]] = Object.entries(set);
		const other = changed(configuration, {[key]: parseSet(`${key}=${String(value)}`).value});
		return seeds.map((seed): PairTask => ({
			sides: [configuration, other ?? configuration],
			seed,
			length: {warmup, duration},
			budget: 20_000_000,
		}));
	});
	const pairs = await pool.answers(pairKind, tasks);
	for (const [index, {set, low, high, value}] of predictions.entries()) {
		const own = pairs.slice(index * seeds.length, (index + 1) * seeds.length);
		const differences = own.map(
			pair =>
				(pair?.sides[1]?.figures[advice.goal.metric] ?? 0) - (pair?.sides[0]?.figures[advice.goal.metric] ?? 0),
		);
		const truth = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
		const slack = 1e-9 * Math.abs(advice.goal.now ?? 1);
		const score = {
			preset: name,
			set: Object.entries(set)
				.map(([key, text]) => `${key}=${String(text)}`)
				.join(' '),
			gain: value ?? 0,
			half: ((high ?? 0) - (low ?? 0)) / 2,
			truth,
			holds: truth >= (low ?? 0) - slack && truth <= (high ?? 0) + slack,
			isSame: low === 0 && high === 0,
		};
		scores.push(score);
		if (!score.holds) {
			console.log(
				`outside: ${name} ${score.set} predicted ${score.gain.toPrecision(4)} ± ` +
					`${score.half.toPrecision(3)}, whole runs ${truth.toPrecision(4)} (${advice.goal.metric})`,
			);
		}
	}

	const own = scores.filter(({preset}) => preset === name);
	console.log(`${name}: ${own.filter(({holds}) => holds).length} of ${own.length}`);
}

await pool.close();
const moving = scores.filter(({isSame}) => !isSame);
const gains = scores.filter(({gain, half}) => Math.abs(gain) > half && half > 0);
const shares = gains.map(({gain, half}) => half / Math.abs(gain)).toSorted((a, b) => a - b);
const share = (list: readonly Score[]): string => `${list.filter(({holds}) => holds).length} of ${list.length}`;
console.log(`intervals that hold: ${share(scores)}; of those that are not the same run: ${share(moving)}`);
console.log(
	`half width over gain, median of ${shares.length} that gain or lose: ` +
		`${shares.at(Math.floor(shares.length / 2))?.toFixed(3) ?? '-'}`,
);
