import {expect, test} from 'vitest';
import {RandomStream} from '../../../source/engine/random.js';
import {bucketOf} from '../../../source/engine/histogram.js';
import {type Blocks, unpairedRows} from '../../../source/experiment/compare/unpaired.js';

const options = {confidence: 0.95, margins: new Map<string, number>()};
const blocks = 20;

/** Blocks around a throughput, with latencies around 100 us. */
function recording(stream: RandomStream, throughput: number, latency = 100): Blocks {
	const noise = (): number => stream.uniform() + stream.uniform() + stream.uniform() - 1.5;
	const figures = Array.from({length: blocks}, () => ({'throughput.completed': throughput * (1 + 0.1 * noise())}));
	const values = figures.map(one => one['throughput.completed']);
	const counts = figures.map(() => {
		const own = new Map<number, number>();
		for (let command = 0; command < 50; command++) {
			const bucket = bucketOf(Math.round(1000 * latency * (1 + 0.3 * noise())));
			own.set(bucket, (own.get(bucket) ?? 0) + 1);
		}

		return own;
	});
	return {
		whole: {
			'throughput.completed': values.reduce((sum, value) => sum + value, 0) / blocks,
			'latency.traced.p50': latency,
			'latency.traced.max': 2 * latency,
		},
		figures,
		commands: figures.map(() => 50),
		counts: new Map([['latency.traced', counts]]),
	};
}

test('the interval holds the difference about as often as it says, and equal recordings are rarely told apart', () => {
	const stream = new RandomStream(7, 'test');
	let held = 0;
	let alarms = 0;
	const count = 60;
	for (let repeat = 0; repeat < count; repeat++) {
		const [row] = unpairedRows(recording(stream, 1000), recording(stream, 1050), options);
		held += (row.low ?? Infinity) <= 50 && (row.high ?? -Infinity) >= 50 ? 1 : 0;
		const rows = unpairedRows(recording(stream, 1000), recording(stream, 1000), options);
		alarms += rows.some(({verdict}) => verdict === 'better' || verdict === 'worse') ? 1 : 0;
	}

	expect(held).toBeGreaterThanOrEqual(53);
	expect(held).toBeLessThan(count + 1);
	expect(alarms).toBeLessThanOrEqual(4);
});

test('words follow the direction; an extreme has no interval; the same input gives the same rows', () => {
	const [a, b] = [recording(new RandomStream(1, 'a'), 1000), recording(new RandomStream(1, 'b'), 700, 200)];
	const rows = unpairedRows(a, b, options);
	const word = new Map(rows.map(({path, verdict}) => [path, verdict]));
	expect(word.get('throughput.completed')).toBe('worse');
	expect(word.get('latency.traced.p50')).toBe('worse');
	expect(rows.find(({path}) => path === 'latency.traced.max')).toMatchObject({
		low: null,
		verdict: 'undecided',
		n: blocks,
	});
	expect(unpairedRows(a, b, options)).toEqual(rows);
});

test('what one recording does not show is no difference', () => {
	const a = recording(new RandomStream(1, 'a'), 1000);
	const [row] = unpairedRows(a, {...a, whole: {}}, options);
	expect(row).toMatchObject({
		a: a.whole['throughput.completed'],
		b: null,
		difference: null,
		verdict: 'undecided',
		n: 0,
	});
});
