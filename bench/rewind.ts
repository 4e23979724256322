import process from 'node:process';
import {RandomStream} from '../source/engine/random.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {Session} from '../source/session/session.js';

/** The history that is gone back in, ns of simulated time, and how many moments of it are visited. */
const history = 60e9;
const count = 20;
/** Wall time that a rewind may take, ms. */
const limit = 200;

const ms = (time: number): string => time.toFixed(0).padStart(5);

/** Wall times: median, ninth tenth, longest. */
function spread(times: readonly number[]): string {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
	return `p50 ${ms(at(0.5))}   p90 ${ms(at(0.9))}   max ${ms(at(1))} ms`;
}

/** Prints what it takes to go back to any time of a minute's history, and to go on from there as a fork. */
export function benchRewind(): void {
	const preset = loadPreset('seed-2019-kick-under-lock');
	const session = new Session({
		preset: {...preset, reference: preset.name, configuration: configurationOf(preset)},
		clock: () => performance.now(),
	});
	console.log(`\nrewind: ${count} times of ${history / 1e9} s of ${preset.name}, each then forked and run 1 ms on`);
	const begun = performance.now();
	session.advanceTo(history);
	const seconds = (performance.now() - begun) / 1000;
	const {timeline} = session.head;
	console.log(
		`  the run itself: ${seconds.toFixed(1)} s for ${(timeline.events / 1e6).toFixed(1)} M events;` +
			` ${timeline.kept} moments kept, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`,
	);
	const random = new RandomStream(1, 'bench');
	const times = Array.from({length: count}, () => Math.floor(random.uniform() * history));
	const [rewinds, forks]: readonly [number[], number[]] = [[], []];
	for (const time of times) {
		const start = performance.now();
		session.look(time);
		rewinds.push(performance.now() - start);
		session.change({'driver.lockPolicy': 'kick-after-unlock'});
		session.advanceTo(time + 1e6);
		forks.push(performance.now() - start);
		// Back to the run that was left: its change first, then the run itself.
		session.undo();
		session.undo();
	}

	console.log(`  to look at it       ${spread(rewinds)}`);
	console.log(`  and go on as a fork ${spread(forks)}   (limit ${limit} ms)`);
	if (Math.max(...forks) > limit) {
		process.exitCode = 1;
	}
}
