import {expect, test} from 'vitest';
import {Histogram} from '../../source/engine/histogram.js';
import {quantileWord} from '../../source/session/before/quantile-word.js';
import {independentValues, KeptSpread, type LifeReading} from '../../source/session/life-reading.js';

const count = 1000;

/** Lives evenly between 50 and 150 us, times a factor. */
function lives(factor: number): KeptSpread {
	const histogram = new Histogram();
	for (let i = 0; i < count; i++) {
		histogram.add(Math.round((50_000 + 100 * i) * factor));
	}

	return new KeptSpread(histogram);
}

function life(factor: number, independent = count): LifeReading {
	return {
		spread: lives(factor),
		independent,
		mean: null,
		p50: null,
		p90: null,
		p99: null,
		p999: null,
		max: null,
		unfinished: 0,
		longest: 0,
		traced: {mean: null, p50: null},
		asked: null,
		completed: null,
		inFlight: null,
		stages: [],
		groups: {command: [], client: [], queue: []},
	};
}

test('a kept spread has the quantiles of its histogram, and keeps them', () => {
	const histogram = new Histogram();
	for (let i = 1; i <= 1000; i++) {
		histogram.add(i * 97);
	}

	const spread = new KeptSpread(histogram);
	const quantiles = [0.001, 0.5, 0.9, 0.99, 0.999, 1];
	const before = quantiles.map(q => histogram.quantile(q));
	histogram.clear();
	expect(quantiles.map(q => spread.quantile(q))).toEqual(before);
	expect(new KeptSpread(histogram).quantile(0.5)).toBeNull();
});

test('values that are alike count less', () => {
	const spread = lives(1);
	// Means of 10 slices of 100 independent values deviate by a tenth of
	// what the values do, 28.9 us.
	const steady = Array.from({length: 10}, (_, index) => 100 + (index % 2 === 0 ? 1 : -1) * 2.74);
	expect(independentValues(spread, steady)).toBeGreaterThan(900);
	expect(
		independentValues(
			spread,
			steady.map(value => 100 + 4 * (value - 100)),
		),
	).toBeCloseTo(independentValues(spread, steady) / 16, -1);
	expect(independentValues(spread, [100, 100])).toBe(0);
});

test.each([
	[1, count, 'same'],
	[0.7, count, 'better'],
	[1.5, count, 'worse'],
	[1.07, count, 'undecided'],
	[0.7, 10, 'undecided'],
	[1, 0, 'undecided'],
] as const)('p50 times %f with %i independent commands is %s', (factor, independent, word) => {
	expect(quantileWord('latency.p50', 0.5, life(1, independent), life(factor, independent))).toBe(word);
});

test('a quantile with too few commands beyond it has no word', () => {
	expect(quantileWord('latency.p999', 0.999, life(1), life(3))).toBe('undecided');
	expect(quantileWord('latency.p99', 0.99, life(1), life(3))).toBe('worse');
});
