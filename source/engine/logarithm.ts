const ln2 = 0.693_147_180_559_945_3;
const sqrtHalf = Math.sqrt(0.5);
const scratch = new DataView(new ArrayBuffer(8));

/**
Natural logarithm of a positive, finite, normal number, relative error below 2e-15.

`Math.log` may differ in the last bit between V8 versions; this uses only + - * /
and the bits of the number, so a run has the same events on every Node version.
Method: x = m * 2^k with m in [sqrt(1/2), sqrt(2)), ln m = 2 artanh((m - 1) / (m + 1)).
*/
export function logarithm(x: number): number {
	scratch.setFloat64(0, x);
	const high = scratch.getUint32(0);
	let exponent = (high >>> 20) - 1022;
	// Same mantissa with the exponent of [0.5, 1).
	scratch.setUint32(0, (high & 0xf_ff_ff) | 0x3f_e0_00_00);
	let m = scratch.getFloat64(0);
	if (m < sqrtHalf) {
		m *= 2;
		exponent -= 1;
	}

	const s = (m - 1) / (m + 1);
	const s2 = s * s;
	const series =
		1 +
		s2 *
			(1 / 3 +
				s2 * (1 / 5 + s2 * (1 / 7 + s2 * (1 / 9 + s2 * (1 / 11 + s2 * (1 / 13 + s2 * (1 / 15 + s2 / 17)))))));
	return exponent * ln2 + 2 * s * series;
}

/**
e to the power x, for |x| below 700, relative error below 4e-15.

The same reason and the same operations as `logarithm`: x = k ln 2 + r, a Taylor
series for r in [-ln 2 / 2, ln 2 / 2], then a scaling by 2^k through the exponent bits.
*/
export function exponential(x: number): number {
	const k = Math.floor(x / ln2 + 0.5);
	const r = x - k * ln2;
	let term = 1;
	let sum = 1;
	for (let i = 1; i < 18; i++) {
		term = (term * r) / i;
		sum += term;
	}

	scratch.setUint32(0, (k + 1023) << 20);
	scratch.setUint32(4, 0);
	return sum * scratch.getFloat64(0);
}
