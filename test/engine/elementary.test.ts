import {expect, test} from 'vitest';
import {exponential, logarithm} from '../../source/engine/logarithm.js';
import {normalQuantile} from '../../source/engine/normal-quantile.js';
import {RandomStream} from '../../source/engine/random.js';

const stream = new RandomStream(5, 'test/elementary');
const relative = (value: number, exact: number): number =>
	exact === 0 ? Math.abs(value) : Math.abs(value / exact - 1);

test('the logarithm agrees with Math.log within 1e-14', () => {
	let worst = 0;
	for (let i = 0; i < 20_000; i++) {
		const u = stream.uniform();
		for (const x of [u, 1 / u, 1 + (u - 0.5) / 1000, u * 1e300, u * 1e-300]) {
			worst = Math.max(worst, relative(logarithm(x), Math.log(x)));
		}
	}

	expect(worst).toBeLessThan(1e-14);
	expect(logarithm(1)).toBe(0);
});

test('the exponential agrees with Math.exp within 1e-14', () => {
	let worst = 0;
	for (let i = 0; i < 20_000; i++) {
		const x = (stream.uniform() - 0.5) * 20;
		worst = Math.max(worst, relative(exponential(x), Math.exp(x)));
	}

	expect(worst).toBeLessThan(1e-14);
	expect(exponential(0)).toBe(1);
});

test('the exponential holds out to the ends of its range', () => {
	for (let x = -690; x < 691; x += 23) {
		// The argument's own rounding is worth |x| * 2^-52 here.
		expect(relative(exponential(x), Math.exp(x))).toBeLessThan(5e-13);
	}
});

test('each undoes the other', () => {
	for (let i = 0; i < 1000; i++) {
		const u = stream.uniform();
		expect(relative(exponential(logarithm(u)), u)).toBeLessThan(1e-14);
	}
});

// Quantiles of the standard normal distribution to 15 digits (Wichura's test values, and tables).
test.each([
	[0.25, -0.674_489_750_196_082],
	[0.001, -3.090_232_306_167_813],
	[1e-20, -9.262_340_089_798_41],
	[0.5, 0],
	[0.75, 0.674_489_750_196_082],
	[0.9, 1.281_551_565_544_6],
	[0.975, 1.959_963_984_540_05],
	[0.99, 2.326_347_874_040_84],
	[0.999, 3.090_232_306_167_813],
])('the normal quantile of %f', (p, z) => {
	expect(relative(normalQuantile(p), z)).toBeLessThan(1e-14);
});

/** The standard normal distribution function by its series (Abramowitz and Stegun 26.2.11). */
function normal(z: number): number {
	let term = z;
	let sum = z;
	for (let k = 1; k < 200; k++) {
		term *= (z * z) / (2 * k + 1);
		sum += term;
	}

	return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

test('the normal quantile undoes the distribution function, is odd and rises', () => {
	let last = -Infinity;
	for (let i = 1; i < 2000; i++) {
		const p = i / 2000;
		const z = normalQuantile(p);
		expect(Math.abs(normal(z) - p)).toBeLessThan(1e-14);
		expect(Math.abs(z + normalQuantile(1 - p))).toBeLessThan(1e-12);
		expect(z).toBeGreaterThan(last);
		last = z;
	}
});
