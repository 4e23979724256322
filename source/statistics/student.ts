import {exponential, logarithm} from '../engine/logarithm.js';

/**
Lanczos' series for the logarithm of the gamma function, g = 7 (Godfrey
2001), relative error about 1e-15.
*/
const lanczos = [
	676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13, -176.615_029_162_140_6,
	12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];
const halfLogTwoPi = 0.918_938_533_204_672_8;

function logGamma(x: number): number {
	let sum = 0.999_999_999_999_809_9;
	for (const [index, coefficient] of lanczos.entries()) {
		sum += coefficient / (x + index);
	}

	const t = x + 6.5;
	return halfLogTwoPi + (x - 0.5) * logarithm(t) - t + logarithm(sum);
}

/** Terms of the continued fraction at most; it converges in some sqrt(max(a, b)). */
const mostTerms = 1000;
const tiny = 1e-300;

/**
The regularized incomplete beta function I_x(a, b), for 0 <= x <= 1.

Method: continued fraction of Abramowitz & Stegun 26.5.8 by Lentz' rule. It
takes the side that converges.
*/
function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0 || x >= 1) {
		return x <= 0 ? 0 : 1;
	}

	if (x > (a + 1) / (a + b + 2)) {
		return 1 - incompleteBeta(1 - x, b, a);
	}

	const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * logarithm(x) + b * logarithm(1 - x);
	if (logFront < -690) {
		return 0;
	}

	let c = 1;
	let d = 1 - ((a + b) * x) / (a + 1);
	d = 1 / (Math.abs(d) < tiny ? tiny : d);
	let fraction = d;
	for (let m = 1; m < mostTerms; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 + even * d;
		d = 1 / (Math.abs(d) < tiny ? tiny : d);
		c = 1 + even / c;
		fraction *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 + odd * d;
		d = 1 / (Math.abs(d) < tiny ? tiny : d);
		c = 1 + odd / c;
		const step = d * c;
		fraction *= step;
		if (Math.abs(step - 1) < 1e-15) {
			break;
		}
	}

	return (exponential(logFront) * fraction) / a;
}

/** P(T > t) for Student's t with so many degrees of freedom, 1 or more. */
export function studentTail(t: number, degrees: number): number {
	if (!Number.isFinite(t)) {
		return t > 0 ? 0 : 1;
	}

	const tail = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
	return t >= 0 ? tail : 1 - tail;
}

/** Quantiles that were asked for, by tail and degrees: all rows of a table ask for the same few. */
const known = new Map<string, number>();
const mostKnown = 1000;

/** The t that leaves `tail` (0 to 0.5, neither) above it; relative error below 1e-12. */
export function studentQuantile(tail: number, degrees: number): number {
	const name = `${tail} ${degrees}`;
	const found = known.get(name) ?? searchQuantile(tail, degrees);
	if (known.size < mostKnown) {
		known.set(name, found);
	}

	return found;
}

function searchQuantile(tail: number, degrees: number): number {
	let high = 1;
	while (studentTail(high, degrees) > tail) {
		high *= 2;
	}

	let low = high === 1 ? 0 : high / 2;
	for (let round = 0; round < 100 && high - low > 1e-13 * high; round++) {
		const middle = (low + high) / 2;
		if (studentTail(middle, degrees) > tail) {
			low = middle;
		} else {
			high = middle;
		}
	}

	return (low + high) / 2;
}
