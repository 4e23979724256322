import {expect, test} from 'vitest';
import {normalQuantile} from '../../source/engine/normal-quantile.js';
import {RandomStream} from '../../source/engine/random.js';
import {anytimeHalfWidth, anytimeP} from '../../source/statistics/confidence-sequence.js';
import {holm} from '../../source/statistics/holm.js';
import {halfWidth, pAbove} from '../../source/statistics/interval.js';
import {sampleOf} from '../../source/statistics/sample.js';

const trials = 2000;

function normals(random: RandomStream, count: number): number[] {
	return Array.from({length: count}, () => normalQuantile(random.uniform()));
}

test('a fixed interval misses as often as it says', () => {
	const random = new RandomStream(1, 'fixed');
	let missed = 0;
	for (let trial = 0; trial < trials; trial++) {
		const sample = sampleOf(normals(random, 8));
		missed += Math.abs(sample.mean) > halfWidth(sample, 0.05, 'fixed') ? 1 : 0;
	}

	// 0.05 of 2,000 with three standard errors of a share.
	expect(missed / trials).toBeGreaterThan(0.035);
	expect(missed / trials).toBeLessThan(0.065);
});

test('looking at every value breaks a fixed interval and keeps the confidence sequence', () => {
	const random = new RandomStream(1, 'anytime');
	const missed = {fixed: 0, anytime: 0};
	for (let trial = 0; trial < 500; trial++) {
		const values = normals(random, 100);
		for (const rule of ['fixed', 'anytime'] as const) {
			for (let n = 5; n <= values.length; n++) {
				const sample = sampleOf(values.slice(0, n));
				if (Math.abs(sample.mean) > halfWidth(sample, 0.05, rule)) {
					missed[rule]++;
					break;
				}
			}
		}
	}

	expect(missed.fixed / 500).toBeGreaterThan(0.15);
	expect(missed.anytime / 500).toBeLessThan(0.05);
});

test('the p-value of a mean that lies at the edge of its interval is what the interval misses', () => {
	const sample = {n: 12, mean: 3, deviation: 2};
	for (const rule of ['fixed', 'anytime'] as const) {
		const edge = sample.mean - halfWidth(sample, 0.05, rule);
		expect(pAbove(sample, edge, rule)).toBeCloseTo(rule === 'fixed' ? 0.025 : 0.05, 10);
	}
});

test('nothing is said of a single value, and everything of values that do not differ', () => {
	expect(halfWidth({n: 1, deviation: 0}, 0.05, 'fixed')).toBe(Infinity);
	expect(anytimeHalfWidth({n: 2, deviation: 1}, 0.05)).toBe(Infinity);
	expect(anytimeP(0, 10)).toBe(1);
	const equal = sampleOf([0.1 + 0.2, 0.3, 0.3]);
	expect(equal.deviation).toBe(0);
	expect(halfWidth(equal, 0.05, 'anytime')).toBe(0);
	expect(pAbove(equal, 0.2, 'fixed')).toBe(0);
});

test("Holm's procedure holds the claims of its example", () => {
	// Four p-values at 0.05: 0.005 <= 0.0125 and 0.01 <= 0.0167 hold, 0.03 > 0.025 stops.
	expect(holm([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
	expect(holm([], 0.05)).toEqual([]);
});
