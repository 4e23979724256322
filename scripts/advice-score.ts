/* eslint-disable no-await-in-loop -- one preset after the other */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {adviceOn} from '../source/commands/advise.js';
import {parseCommandLine} from '../source/commands/command-line.js';
import {Interrupt} from '../source/commands/interrupt.js';
import {type BlockTask} from '../source/experiment/advise/block.js';
import {changed} from '../source/experiment/advise/candidates.js';
import {pilotRun} from '../source/experiment/advise/pilot.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {type AdviceDocument} from '../source/report/advice-document.js';
import {type Configuration} from '../source/simulation/configuration.js';
import {parseSet} from '../source/simulation/parameters/parse-set.js';
import {ProgressLine} from '../source/terminal/progress-line.js';
import {blockKind} from '../source/work/kinds/block.js';
import {Pool} from '../source/work/pool.js';

/**
Holds advice against full runs: for each value of each knob that advice tried and that is not the
same run, whether the predicted interval of the goal's change holds what whole runs say, on seeds
that the advice has not seen. A whole run begins with the value: where advice says that it depends
on the past, what it says of such runs counts. It has the preset's own length, or as much of it as
has about `EVENTS` events.

	npx tsx scripts/build.ts && npx tsx scripts/advice-score.ts EVENTS TRUTHS ADVICE…

`ADVICE` is a preset, or a file that `vqlab advise --format json` wrote. What whole runs say is kept
in the file `TRUTHS`, which need not be there: it holds as long as the runs of the preset as it is
have the same events.
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

/** Figures of whole runs, by seed. */
type Truths = Record<string, readonly number[]>;

const [eventsText, truthsFile, ...names] = process.argv.slice(2);
const mostEvents = Number(eventsText);
const truths: Truths = existsSync(truthsFile) ? (JSON.parse(readFileSync(truthsFile, 'utf8')) as Truths) : {};

async function adviceFor(name: string): Promise<AdviceDocument> {
	return name.endsWith('.json')
		? (JSON.parse(readFileSync(name, 'utf8')) as AdviceDocument)
		: adviceOn(configurationOf(loadPreset(name)), name, {
				line,
				interrupt: new Interrupt(),
				progress: new ProgressLine({write: undefined, columns: () => 80, clock: () => 0}),
			});
}

for (const name of names) {
	const advice = await adviceFor(name);
	const {preset} = advice;
	const configuration = configurationOf(loadPreset(preset));
	const predictions = advice.advice
		.filter(({set}) => Object.keys(set).length === 1)
		.map(({set, difference, fromStart}) => ({set, ...(fromStart?.difference ?? difference)}))
		.filter(({low, high}) => typeof low === 'number' && high !== null && !(low === 0 && high === 0))
		.map(entry => ({
			...entry,
			words: Object.entries(entry.set)
				.map(([key, text]) => `${key}=${String(text)}`)
				.join(' '),
		}));
	const {warmup, duration} = configuration.parameters;
	const second = 1_000_000_000;
	const pilot = pilotRun(configuration, configuration.parameters.seed);
	const length = {
		warmup,
		settle: 0,
		duration: pilot.whole ? duration : Math.min(duration, Math.ceil((mostEvents / pilot.events) * second)),
	};
	const taskOf = (side: Configuration, seed: number): BlockTask => ({
		configuration: side,
		seed,
		length,
		whole: true,
		budget: 20_000_000,
		sets: [],
		fromStart: true,
		paths: [],
		withBase: true,
	});
	const runsOf = async (sides: readonly Configuration[]) =>
		pool.answers(
			blockKind,
			sides.flatMap(side => seeds.map(seed => taskOf(side, seed))),
		);
	const asItIs = await runsOf([configuration]);
	const path = advice.goal.metric;
	const revision = asItIs.map(block => block?.base?.eventHash ?? '').join(' ');
	const keyOf = (words: string): string => [preset, words, path, revision].join(', ');
	const unknown = predictions.filter(({words}) => !Object.hasOwn(truths, keyOf(words)));
	const found = await runsOf(
		unknown.map(({set}) => {
			const [[key, value]] = Object.entries(set);
			return changed(configuration, {[key]: parseSet(`${key}=${String(value)}`).value}) ?? configuration;
		}),
	);
	for (const [index, {words}] of unknown.entries()) {
		truths[keyOf(words)] = seeds.map((_, place) => found[index * seeds.length + place]?.base?.figures[path] ?? 0);
	}

	writeFileSync(truthsFile, `${JSON.stringify(truths, undefined, '\t')}\n`);
	for (const {words, low, high, value} of predictions) {
		const differences = truths[keyOf(words)].map(
			(figure, place) => figure - (asItIs[place]?.base?.figures[path] ?? 0),
		);
		const truth = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
		const slack = 1e-9 * Math.abs(advice.goal.now ?? 1);
		const score = {
			preset,
			set: words,
			gain: value ?? 0,
			half: ((high ?? 0) - (low ?? 0)) / 2,
			truth,
			holds: truth >= (low ?? 0) - slack && truth <= (high ?? 0) + slack,
		};
		scores.push(score);
		if (!score.holds) {
			console.log(
				`outside: ${preset} ${score.set} predicted ${score.gain.toPrecision(4)} ± ` +
					`${score.half.toPrecision(3)}, whole runs ${truth.toPrecision(4)} (${advice.goal.metric})`,
			);
		}
	}

	const own = scores.filter(score => score.preset === preset);
	console.log(`${preset}: ${own.filter(({holds}) => holds).length} of ${own.length}`);
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
