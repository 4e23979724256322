import process from 'node:process';
import {compareRows} from '../source/experiment/compare/comparison.js';
import {type Figures, type Pair} from '../source/experiment/compare/figures.js';
import {lengthFor} from '../source/experiment/compare/length.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {scaledTime} from '../source/experiment/shape/cost-keys.js';
import {withChange} from '../source/simulation/parameters/change.js';
import {type Configuration} from '../source/simulation/configuration.js';
import {parseSets} from '../source/simulation/parameters/parse-set.js';
import {sampleOf} from '../source/statistics/sample.js';
import {pairKind} from '../source/work/kinds/pair.js';
import {Pool} from '../source/work/pool.js';
import {workerFile} from '../scripts/tasks.js';

const preset = loadPreset('seed-2019-kick-under-lock');
const base = configurationOf(preset);
const plantedKey = 'guest.cost.prepare';
const throughput = 'throughput.completed';

/**
Pairs of a factor, seeds of the sensitivity, pairs between two looks, and
pairs after which one gives up.
*/
const factorPairs = 12;
const seeds = 10;
const look = 2;
const mostPairs = 40;
/** Seeds of one comparison are apart from those of the next. */
const apart = 1000;
/** The difference that is planted, and how long it may take to be seen, s. */
const planted = 0.01;
const allowed = 2;

type Maker = (other: Configuration, from: number, count: number) => Promise<readonly Pair[]>;

const figures = (pairs: readonly Pair[], side: 0 | 1): readonly Figures[] =>
	pairs.map(({sides}) => sides[side]?.figures ?? {});

/**
Prints how much pairing shortens an interval, and how long a comparison
takes to see 1 % of throughput.
*/
export async function benchCompare(): Promise<void> {
	const length = lengthFor([base], {});
	const pool = new Pool({file: workerFile, workers: 2});
	const make: Maker = async (other, from, count) => {
		const answers = await pool.answers(
			pairKind,
			Array.from({length: count}, (_, index) => ({
				sides: [base, other] as const,
				seed: from + index,
				length,
				budget: 1e9,
			})),
		);
		return answers.filter((pair): pair is Pair => pair !== undefined);
	};

	try {
		console.log(`\ncompare: seed preset, runs of ${length.duration / 1e6} ms after ${length.warmup / 1e6} ms`);
		await printFactors(make);
		await printSensitivity(make);
	} finally {
		await pool.close();
	}
}

/**
The interval of independent runs over that of pairs: the square root of
var a + var b over var (b - a).
*/
async function printFactors(make: Maker): Promise<void> {
	const pairs = await make(
		configurationOf(preset, parseSets(['driver.lockPolicy=kick-after-unlock'])),
		1,
		factorPairs,
	);
	console.log(`pairing, lock policy changed, ${factorPairs} pairs       times as narrow`);
	for (const [path, least] of [
		[throughput, 3],
		['cpu.vcpusBusy', 2.5],
		['latency.mean', 1],
		['latency.p99', 0],
	] as const) {
		const [a, b] = [figures(pairs, 0), figures(pairs, 1)].map(side => side.map(run => run[path] ?? 0));
		const deviation = (values: readonly number[]): number => sampleOf(values).deviation;
		const factor = Math.hypot(deviation(a), deviation(b)) / deviation(a.map((value, index) => b[index] - value));
		console.log(`${path.padEnd(40)} ${factor.toFixed(1).padStart(8)}${factor < least ? `   below ${least}` : ''}`);
	}
}

/** A time that makes throughput 1 % lower, from what a tenth more of it does. */
async function plant(make: Maker): Promise<Configuration> {
	const longer = (share: number): Configuration =>
		withChange(base, {[plantedKey]: scaledTime(base.parameters[plantedKey], 1 + share)}).configuration;
	const tried = 0.1;
	const pairs = await make(longer(tried), 500_001, factorPairs);
	const mean = (side: 0 | 1): number => sampleOf(figures(pairs, side).map(run => run[throughput] ?? 0)).mean;
	return longer((tried * planted) / (1 - mean(1) / mean(0)));
}

async function printSensitivity(make: Maker): Promise<void> {
	const other = await plant(make);
	const truth = await make(other, 900_001, 2 * factorPairs);
	const [row] = compareRows(only(truth, 0), only(truth, 1), {rule: 'fixed', confidence: 0.95});
	console.log(
		`a throughput ${(100 * (1 - (row.ratio ?? 1))).toFixed(2)} % lower, looked at after every ${look} pairs ` +
			'from 5 on   pairs   wall s   cpu s',
	);
	let inTime = 0;
	for (let seed = 1; seed <= seeds; seed++) {
		const [wall, cpu] = [performance.now(), process.cpuUsage()];
		const pairs: Pair[] = [];
		let isSeen = false;
		while (!isSeen && pairs.length < mostPairs) {
			const count = pairs.length === 0 ? 6 : look;
			pairs.push(...(await make(other, seed * apart + pairs.length, count))); // eslint-disable-line no-await-in-loop -- a look after another
			isSeen = compareRows(only(pairs, 0), only(pairs, 1), {rule: 'anytime', confidence: 0.95})[0].significant;
		}

		const [wallSeconds, {user, system}] = [(performance.now() - wall) / 1000, process.cpuUsage(cpu)];
		inTime += isSeen && wallSeconds <= allowed ? 1 : 0;
		console.log(
			`seed ${String(seed).padStart(2)}${isSeen ? '' : ' NOT SEEN'}${String(pairs.length).padStart(12)} ` +
				`${wallSeconds.toFixed(2).padStart(8)} ${((user + system) / 1e6).toFixed(2).padStart(7)}`,
		);
	}

	console.log(`seen within ${allowed} s of wall time on ${inTime} of ${seeds} seeds (2 threads)`);
}

function only(pairs: readonly Pair[], side: 0 | 1): readonly Figures[] {
	return figures(pairs, side).map(run => ({[throughput]: run[throughput] ?? null}));
}
