import {logarithm} from './logarithm.js';

function centralRatio(r: number): number {
	// Terms in pairs, pairs in pairs: a chain of three products instead of seven.
	const r2 = r * r;
	const r4 = r2 * r2;
	const numerator =
		3.387_132_872_796_366_5 +
		133.141_667_891_784_38 * r +
		r2 * (1971.590_950_306_551_3 + 13_731.693_765_509_46 * r) +
		r4 *
			(45_921.953_931_549_87 +
				67_265.770_927_008_7 * r +
				r2 * (33_430.575_583_588_13 + 2509.080_928_730_122_7 * r));
	const denominator =
		1 +
		42.313_330_701_600_91 * r +
		r2 * (687.187_007_492_057_9 + 5394.196_021_424_751 * r) +
		r4 *
			(21_213.794_301_586_597 +
				39_307.895_800_092_71 * r +
				r2 * (28_729.085_735_721_943 + 5226.495_278_852_854 * r));
	return numerator / denominator;
}

function nearRatio(r: number): number {
	const r2 = r * r;
	const r4 = r2 * r2;
	const numerator =
		1.423_437_110_749_683_5 +
		4.630_337_846_156_546 * r +
		r2 * (5.769_497_221_460_691 + 3.647_848_324_763_204_5 * r) +
		r4 *
			(1.270_458_252_452_368_4 +
				0.241_780_725_177_450_6 * r +
				r2 * (0.022_723_844_989_269_184 + 0.000_774_545_014_278_341_4 * r));
	const denominator =
		1 +
		2.053_191_626_637_759 * r +
		r2 * (1.676_384_830_183_803_8 + 0.689_767_334_985_1 * r) +
		r4 *
			(0.148_103_976_427_480_08 +
				0.015_198_666_563_616_457 * r +
				r2 * (0.000_547_593_808_499_534_5 + 1.050_750_071_644_416_9e-09 * r));
	return numerator / denominator;
}

function farRatio(r: number): number {
	let numerator = 2.010_334_399_292_288_1e-07;
	numerator = numerator * r + 2.711_555_568_743_487_6e-05;
	numerator = numerator * r + 0.001_242_660_947_388_078_4;
	numerator = numerator * r + 0.026_532_189_526_576_124;
	numerator = numerator * r + 0.296_560_571_828_504_87;
	numerator = numerator * r + 1.784_826_539_917_291_3;
	numerator = numerator * r + 5.463_784_911_164_114;
	numerator = numerator * r + 6.657_904_643_501_103;
	let denominator = 2.044_263_103_389_939_7e-15;
	denominator = denominator * r + 1.421_511_758_316_446e-07;
	denominator = denominator * r + 1.846_318_317_510_054_8e-05;
	denominator = denominator * r + 0.000_786_869_131_145_613_3;
	denominator = denominator * r + 0.014_875_361_290_850_615;
	denominator = denominator * r + 0.136_929_880_922_735_8;
	denominator = denominator * r + 0.599_832_206_555_888;
	denominator = denominator * r + 1;
	return numerator / denominator;
}

/**
Quantile of the standard normal distribution, for 0 < p < 1, relative error about 1e-15.

Source: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution",
Applied Statistics 37 (1988), routine PPND16.
*/
export function normalQuantile(p: number): number {
	return isInMiddle(p) ? middleQuantile(p) : tailQuantile(p);
}

/** Whether p lies where `middleQuantile` holds: 85 % do. */
export function isInMiddle(p: number): boolean {
	const q = p - 0.5;
	return q >= -0.425 && q <= 0.425;
}

/** The quantile of a p in the middle. */
export function middleQuantile(p: number): number {
	const q = p - 0.5;
	return q * centralRatio(0.180_625 - q * q);
}

/** The quantile of any other p. */
export function tailQuantile(p: number): number {
	const q = p - 0.5;
	const r = Math.sqrt(-logarithm(q < 0 ? p : 1 - p));
	const tail = r <= 5 ? nearRatio(r - 1.6) : farRatio(r - 5);
	return q < 0 ? -tail : tail;
}
