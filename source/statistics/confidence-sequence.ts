import {exponential, logarithm} from '../engine/logarithm.js';

/**
Intervals that may be looked at after every value and still miss the mean with probability alpha
at most over all looks together: the group-invariant t-test with a normal mixture over the effect
size (Lai, "On confidence sequences", Annals of Statistics 4, 1976, section 4; Pérez-Ortiz, Lardy,
de Heide, Grünwald, "E-statistics, group invariance and anytime-valid testing", Annals of
Statistics 52, 2024; Wang & Ramdas, "Anytime-valid t-tests and confidence sequences for Gaussian
means with unknown variance", Sequential Analysis 44, 2025). Exact for normal values of unknown
variance; figures of whole runs are near that.

With t = sqrt(n) (mean - m) / s, degrees v = n - 1 and K = 1 + n g, the test against mean m is

	E = K^(-1/2) [(1 + t^2 / v) / (1 + t^2 / (v K))]^(n / 2)

which starts at 1 and grows above 1 / alpha with probability alpha at most when m is the mean.
*/

/**
Variance of the effect size in the mixture, in deviations squared: widths
are best near some ten values.
*/
const effectVariance = 1;

/** Half the width; Infinity while there are too few values to say anything. */
export function anytimeHalfWidth(
	{n, deviation}: {readonly n: number; readonly deviation: number},
	alpha: number,
): number {
	if (n < 2) {
		return Infinity;
	}

	const k = 1 + n * effectVariance;
	// E = 1 / alpha, solved for x = t^2 / v.
	const r = exponential((logarithm(k) - 2 * logarithm(alpha)) / n);
	if (r >= k) {
		return Infinity;
	}

	const x = (r - 1) / (1 - r / k);
	return (Math.sqrt(x * (n - 1)) * deviation) / Math.sqrt(n);
}

/** 1 / E of a t statistic over n values, at most 1: a p-value that may be looked at. */
export function anytimeP(t: number, n: number): number {
	const degrees = n - 1;
	const k = 1 + n * effectVariance;
	const x = (t * t) / degrees;
	const logE = (n / 2) * (logarithm(1 + x) - logarithm(1 + x / k)) - logarithm(k) / 2;
	return logE <= 0 ? 1 : logE > 690 ? 0 : exponential(-logE);
}
