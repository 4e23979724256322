import {expect, test} from 'vitest';
import {RandomStream} from '../../../source/engine/random.js';
import {fewestSlices, Watch} from '../../../source/experiment/watch/watch.js';

const paths = ['throughput.completed', 'lock.spin.worker', 'latency.mean', 'irqs.perSecond'] as const;

/**
A slice of both: noise that they share and noise of their own, each as a share of a value of 1,000.
*/
function add(watch: Watch, stream: RandomStream, gain = 0, own = 0.05): void {
	const slice = (factor: number, shared: number) =>
		Object.fromEntries(
			paths.map(path => [path, 1000 * factor * (1 + 0.1 * shared + own * (stream.uniform() - 0.5))]),
		);
	const shared = stream.uniform() - 0.5;
	watch.add(slice(1, shared), slice(1 + gain, shared));
}

function wordsOf(watch: Watch): readonly string[] {
	return watch.rows.map(({verdict}) => verdict);
}

test('there is no word before so many slices, and then the right one', () => {
	const watch = new Watch();
	const stream = new RandomStream(1, 'watch');
	for (let slice = 1; slice < fewestSlices; slice++) {
		add(watch, stream, 0.2);
		expect(new Set(wordsOf(watch))).toEqual(new Set(['undecided']));
	}

	add(watch, stream, 0.2);
	expect(watch.slices).toBe(fewestSlices);
	expect(wordsOf(watch)).toEqual(['better', 'worse', 'worse', 'different']);
});

test('of 100 watches of what is equal at most 5 ever say better or worse, looked at after each slice', () => {
	const margins = new Map(paths.map(path => [path, 0]));
	let wrong = 0;
	for (let seed = 1; seed <= 100; seed++) {
		const watch = new Watch(margins);
		const stream = new RandomStream(seed, 'null');
		for (let slice = 1; slice <= 60; slice++) {
			add(watch, stream);
			if (wordsOf(watch).some(word => word === 'better' || word === 'worse')) {
				wrong++;
				break;
			}
		}
	}

	expect(wrong).toBeLessThanOrEqual(5);
});

test('a long watch keeps its means in bounded memory', () => {
	const watch = new Watch();
	const stream = new RandomStream(3, 'long');
	let sum = 0;
	const slices = 2048;
	for (let slice = 1; slice <= slices; slice++) {
		const value = stream.uniform();
		sum += value;
		watch.add({'throughput.completed': value}, {'throughput.completed': 2 * value});
	}

	const {a, b, slices: each} = watch.values;
	expect(a.length).toBeLessThan(512);
	expect(b).toHaveLength(a.length);
	expect(a.length * each).toBe(slices);
	expect(watch.rows[0].a).toBeCloseTo(sum / slices, 9);
	expect(watch.rows[0].ratio).toBeCloseTo(2, 9);
});

test('a metric that a run has not is no pair', () => {
	const watch = new Watch();
	for (let slice = 0; slice < fewestSlices; slice++) {
		watch.add({'latency.p99': slice < 2 ? null : 5}, {'latency.p99': 5});
	}

	expect(watch.rows[0]).toMatchObject({n: fewestSlices - 2, a: 5, b: 5});
});
