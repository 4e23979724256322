const ln2 = 0.693_147_180_559_945_3;
const sqrtHalf = Math.sqrt(0.5);
const scratch = new DataView(new ArrayBuffer(8));

/** The least k that `powerOfTwo` knows, and the number of all. */
const leastPower = -1074;
const powers = new Float64Array(2098);
powers[-leastPower] = 1;
for (let k = -leastPower + 1; k < powers.length; k++) {
	powers[k] = 2 * powers[k - 1];
}

for (let k = -leastPower - 1; k >= 0; k--) {
	powers[k] = powers[k + 1] / 2;
}

/**
Natural logarithm of a positive, finite, normal number, relative error below 2e-15.

`Math.log` may differ in the last bit between V8 versions; this uses only + - * /
and the bits of the number, so a run has the same events on every Node version.
Method: x = m * 2^k with m in [sqrt(1/2), sqrt(2)), ln m = 2 artanh((m - 1) / (m + 1)).
*/
export function logarithm(x: number): number {
	scratch.setFloat64(0, x, true);
	let exponent = (scratch.getUint32(4, true) >>> 20) - 1022;
	// Exact: same mantissa with the exponent of [0.5, 1).
	let m = x * powers[-exponent - leastPower];
	if (m < sqrtHalf) {
		m *= 2;
		exponent -= 1;
	}

	const s = (m - 1) / (m + 1);
	const s2 = s * s;
	const s4 = s2 * s2;
	const s8 = s4 * s4;
	const low = 1 + s2 * (1 / 3) + s4 * (1 / 5 + s2 * (1 / 7));
	const high = 1 / 9 + s2 * (1 / 11) + s4 * (1 / 13 + s2 * (1 / 15)) + s8 * (1 / 17);
	const series = low + s8 * high;
	return exponent * ln2 + 2 * s * series;
}

/** Steps of an octave in `roots`. */
const rootBits = 7;
const rootCount = 1 << rootBits;

/** 2 to the power of each step, from 1 to below 2: the Taylor series as far as it matters. */
const roots = Float64Array.from({length: rootCount}, (_, step) => {
	const x = (step * ln2) / rootCount;
	let sum = 1;
	let term = 1;
	for (let n = 1; n <= 20; n++) {
		term *= x / n;
		sum += term;
	}

	return sum;
});

/**
e to the power x, for |x| below 700, relative error below 4e-15.

The same reason and the same operations as `logarithm`: x = k ln 2 / 128 + r, a Taylor series for
the small r, then a root of 2 and a scaling by a power of 2.
*/
export function exponential(x: number): number {
	const k = Math.floor(x * (rootCount / ln2) + 0.5);
	const r = x - k * (ln2 / rootCount);
	const r2 = r * r;
	const series = 1 + r + r2 * (1 / 2 + r * (1 / 6)) + r2 * r2 * (1 / 24 + r * (1 / 120));
	return roots[k & (rootCount - 1)] * series * powers[(k >> rootBits) - leastPower];
}
