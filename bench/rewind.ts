import {RandomStream} from '../source/engine/random.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {Session} from '../source/session/session.js';
import {type Figure} from './figure.js';

/**
The history that is gone back in, ns of simulated time, and how many moments of it are visited.
*/
const history = 60e9;
const count = 20;
/** Wall time that a rewind with its fork may take, ms. */
const limit = 200;

/** Median, ninth tenth and longest of wall times. */
function figuresOf(what: string, times: readonly number[], bound?: number): readonly Figure[] {
	const sorted = times.toSorted((a, b) => a - b);
	return (
		[
			['p50', 0.5],
			['p90', 0.9],
			['max', 1],
		] as const
	).map(([name, share]) => ({
		name: `${what}, ${name} of ${times.length}`,
		value: sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))],
		unit: 'ms',
		better: 'less',
		...(bound === undefined || name !== 'max' ? {} : {goal: {of: 'value', bound}}),
	}));
}

/**
What it takes to go back to any time of a minute's history, and to go on from there as a fork.
*/
export function benchRewind(): readonly Figure[] {
	const preset = loadPreset('seed-2019-kick-under-lock');
	const session = new Session({
		preset: {...preset, reference: preset.name, configuration: configurationOf(preset)},
		clock: () => performance.now(),
	});
	session.advanceTo(history);
	const random = new RandomStream(1, 'bench');
	// The first one has what a second simulation makes of the compiled code.
	const times = Array.from({length: count + 1}, () => Math.floor(random.uniform() * history));
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

	const [first] = forks;
	return [
		...figuresOf('rewind', rewinds.slice(1)),
		...figuresOf('rewind, change, 1 ms on', forks.slice(1), limit),
		{name: 'the first of a session', value: first, unit: 'ms', better: 'less'},
	];
}
