// How often the intervals of compare hold what is true, and how often equal settings are told
// apart: the figures of docs/statistics.md. `tsx scripts/coverage.ts [comparisons] [equal]
// [seconds]` (1000, 300, no limit): what there is no time for is left out, and the counts say so.
import process from 'node:process';
import {type Pair} from '../source/experiment/compare/figures.js';
import {pairKind} from '../source/work/kinds/pair.js';
import {withPool} from '../source/work/pool.js';
import {coverageOf, type Held, means, percentiles, shareHeld} from './coverage/coverage.js';
import {workerFile} from './tasks.js';

const [comparisons = 1000, equal = 300, seconds = Infinity] = process.argv.slice(2).map(Number);
const started = performance.now();

/**
The parts of the plan in their order, and the share of the time that is over when each has to end.
*/
const shares = [Infinity, 0.6, 1];

const {
	fixed,
	anytime,
	alarms,
	equal: watched,
} = await withPool({file: workerFile, workers: 2}, async pool => {
	let done = 0;
	let part = 0;
	return coverageOf(
		{
			comparisons,
			equal,
			pairs: 5,
			watched: 12,
			truthTimes: 100,
			length: {warmup: 2_000_000, duration: 8_000_000},
		},
		async tasks => {
			const left = (shares[part++] ?? 1) * seconds * 1000 - (performance.now() - started);
			const stop = Number.isFinite(left) ? AbortSignal.timeout(Math.max(0, Math.round(left))) : undefined;
			console.error(`${tasks.length} pairs`);
			const answers = await pool.answers(pairKind, tasks, {
				...(stop === undefined ? {} : {signal: stop}),
				onDone() {
					if (++done % 500 === 0) {
						console.error(`${done} pairs, ${((performance.now() - started) / 1000).toFixed(0)} s`);
					}
				},
			});
			const end = answers.indexOf(undefined);
			return answers.slice(0, end === -1 ? undefined : end).filter((pair): pair is Pair => pair !== undefined);
		},
	);
});

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function print(title: string, held: readonly Held[]): void {
	console.log(`${title}: ${held[0].of} comparisons`);
	for (const {path, of, held: count} of held) {
		console.log(`  ${path.padEnd(24)} ${percent(count / of)}`);
	}

	console.log(
		`  means and rates ${percent(shareHeld(held, means))}, percentiles ${percent(shareHeld(held, percentiles))}`,
	);
}

print('a fixed number of pairs', fixed);
print('watched, at every look', anytime);
console.log(`equal in law, watched: ${alarms} of ${watched} say better or worse of any metric`);

const [meanShare, percentileShare, watchedShare] = [
	shareHeld(fixed, means),
	shareHeld(fixed, percentiles),
	shareHeld(anytime, [...means, ...percentiles]),
];
const isHeld = meanShare >= 0.94 && meanShare <= 0.97 && percentileShare >= 0.95 && watchedShare >= 0.95;
// Nothing that was counted is no proof.
if (!isHeld || watched === 0 || alarms > 0.05 * watched) {
	console.log('NOT as docs/statistics.md says');
	process.exitCode = 1;
}
