// How often the intervals of compare hold what is true, and how often equal settings are told
// apart: the figures of docs/statistics.md. `tsx scripts/coverage.ts [comparisons] [equal]` (1000,
// 300).
import process from 'node:process';
import {type Pair} from '../source/experiment/compare/figures.js';
import {pairKind} from '../source/work/kinds/pair.js';
import {withPool} from '../source/work/pool.js';
import {
	closedCase,
	type Coverage,
	type CoverageCase,
	coverageOf,
	type Held,
	pacedCase,
	shareHeld,
} from './coverage/coverage.js';
import {workerFile} from './tasks.js';

const [comparisons = 1000, equal = 300] = process.argv.slice(2).map(Number);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function print(title: string, held: readonly Held[], {means, percentiles}: CoverageCase): void {
	console.log(`  ${title}: ${held[0].of} comparisons`);
	for (const {path, of, held: count} of held) {
		console.log(`    ${path.padEnd(28)} ${percent(count / of)}`);
	}

	console.log(
		`    means and rates ${percent(shareHeld(held, means))}, percentiles ${percent(shareHeld(held, percentiles))}`,
	);
}

/** Whether it is as docs/statistics.md says. */
function isHeld({fixed, anytime, equal: watched, alarms}: Coverage, {means, percentiles}: CoverageCase): boolean {
	const ofMeans = shareHeld(fixed, means);
	return (
		ofMeans >= 0.94 &&
		ofMeans <= 0.97 &&
		shareHeld(fixed, percentiles) >= 0.95 &&
		shareHeld(anytime, [...means, ...percentiles]) >= 0.95 &&
		// Nothing that was counted is no proof.
		watched > 0 &&
		alarms <= 0.05 * watched
	);
}

await withPool({file: workerFile, workers: 2}, async pool => {
	for (const one of [closedCase, pacedCase]) {
		const started = performance.now();
		let done = 0;
		// eslint-disable-next-line no-await-in-loop -- one after the other
		const coverage = await coverageOf(
			one,
			{
				comparisons,
				equal,
				pairs: 5,
				watched: 12,
				truthTimes: 100,
			},
			async tasks => {
				const answers = await pool.answers(pairKind, tasks, {
					onDone() {
						if (++done % 500 === 0) {
							console.error(`${done} pairs, ${((performance.now() - started) / 1000).toFixed(0)} s`);
						}
					},
				});
				return answers.filter((pair): pair is Pair => pair !== undefined);
			},
		);
		console.log(`${one.preset}, ${one.change}, runs of ${one.length.duration / 1e9} s`);
		print('a fixed number of pairs', coverage.fixed, one);
		print('watched, at every look', coverage.anytime, one);
		console.log(
			`  equal in law, watched: ${coverage.alarms} of ${coverage.equal} say better or worse of any metric`,
		);
		if (!isHeld(coverage, one)) {
			console.log('  NOT as docs/statistics.md says');
			process.exitCode = 1;
		}
	}
});
