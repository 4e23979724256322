/* eslint-disable no-await-in-loop -- one preset after the other */
import process from 'node:process';
import {adviceOn} from '../source/commands/advise.js';
import {parseCommandLine} from '../source/commands/command-line.js';
import {Interrupt} from '../source/commands/interrupt.js';
import {type PairTask} from '../source/experiment/compare/figures.js';
import {parseSet} from '../source/simulation/parameters/parse-set.js';
import {changed} from '../source/experiment/advise/candidates.js';
import {pilotRun} from '../source/experiment/advise/pilot.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {type Configuration} from '../source/simulation/configuration.js';
import {ProgressLine} from '../source/terminal/progress-line.js';
import {pairKind} from '../source/work/kinds/pair.js';
import {Pool} from '../source/work/pool.js';

/**
Holds advice against full runs: for each value of each knob that advice tried and that is not the
same run, whether the predicted interval of the goal's change holds what whole runs say, on seeds
that the advice has not seen. A whole run begins with the value: where advice says that it depends
on the past, what it says of such runs counts. It has the preset's own length, or as much of it as
has about `EVENTS` events.

	npx tsx scripts/build.ts && npx tsx scripts/advice-score.ts EVENTS PRESET…
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
};
const scores: Score[] = [];

const [eventsText, ...names] = process.argv.slice(2);
const mostEvents = Number(eventsText);

for (const name of names) {
	const configuration = configurationOf(loadPreset(name));
	const advice = await adviceOn(configuration, name, {
		line,
		interrupt: new Interrupt(),
		progress: new ProgressLine({write: undefined, columns: () => 80, clock: () => 0}),
	});
	const predictions = advice.advice
		.filter(({set}) => Object.keys(set).length === 1)
		.map(({set, difference, fromStart}) => ({set, ...(fromStart?.difference ?? difference)}))
		.filter(({low, high}) => low !== null && high !== null && !(low === 0 && high === 0));
	const {warmup, duration} = configuration.parameters;
	const second = 1_000_000_000;
	const pilot = pilotRun(configuration, configuration.parameters.seed);
	const length = {
		warmup,
		duration: pilot.whole ? duration : Math.min(duration, Math.ceil((mostEvents / pilot.events) * second)),
	};
	const taskOf = (side: Configuration, seed: number): PairTask => ({
		sides: [null, side],
		seed,
		length,
		budget: 20_000_000,
	});
	const tasks = [
		...seeds.map(seed => taskOf(configuration, seed)),
		...predictions.flatMap(({set}) => {
			const [[key, value]] = Object.entries(set);
			const other = changed(configuration, {[key]: parseSet(`${key}=${String(value)}`).value});
			return seeds.map(seed => taskOf(other ?? configuration, seed));
		}),
	];
	const pairs = await pool.answers(pairKind, tasks);
	const figures = pairs.map(pair => pair?.sides[1]?.figures[advice.goal.metric] ?? 0);
	for (const [index, {set, low, high, value}] of predictions.entries()) {
		const differences = seeds.map((_, place) => figures[(index + 1) * seeds.length + place] - figures[place]);
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
const gains = scores.filter(({gain, half}) => Math.abs(gain) > half && half > 0);
const shares = gains.map(({gain, half}) => half / Math.abs(gain)).toSorted((a, b) => a - b);
console.log(
	`intervals that hold: ${scores.filter(({holds}) => holds).length} of ${scores.length} that are not the same run`,
);
console.log(`half widths over gains: ${shares.map(share => share.toFixed(3)).join(' ')}`);
console.log(
	`half width over gain, median of ${shares.length} that gain or lose: ` +
		`${shares.at(Math.floor(shares.length / 2))?.toFixed(3) ?? '-'}`,
);
