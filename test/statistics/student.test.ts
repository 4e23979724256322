import {expect, test} from 'vitest';
import {studentQuantile, studentTail} from '../../source/statistics/student.js';

/** Tail, degrees of freedom, quantile: of the package stats-base-dists-t-quantile of stdlib. */
const quantiles = [
	[0.025, 1, 12.706_204_736_174_705],
	[0.025, 2, 4.302_652_729_749_464],
	[0.025, 4, 2.776_445_105_197_794_3],
	[0.025, 11, 2.200_985_160_091_639],
	[0.025, 29, 2.045_229_642_132_704],
	[0.025, 99, 1.984_216_951_586_417_6],
	[0.025, 999, 1.962_341_461_133_45],
	[0.0005, 4, 8.610_301_581_379_277],
	[1e-6, 11, 9.043_275_921_273_752],
	[1e-9, 4, 234.027_610_406_118_95],
	[0.4, 7, 0.263_166_861_352_022_66],
] as const;

/** t, degrees of freedom, P(T > t). */
const tails = [
	[0, 3, 0.5],
	[1, 1, 0.25],
	[2.5, 4, 0.033_383_272_405_994_084],
	[-1.3, 9, 0.887_046_813_663_475_3],
	[8, 20, 5.828_314_135_744_254_5e-8],
	[30, 5, 3.859_324_310_248_026e-7],
] as const;

test("quantiles of Student's t agree with a library's", () => {
	for (const [tail, degrees, value] of quantiles) {
		expect(studentQuantile(tail, degrees) / value).toBeCloseTo(1, 10);
	}
});

test("tails of Student's t agree with a library's", () => {
	for (const [t, degrees, value] of tails) {
		expect(studentTail(t, degrees) / value).toBeCloseTo(1, 10);
	}

	expect(studentTail(Infinity, 3)).toBe(0);
	expect(studentTail(-Infinity, 3)).toBe(1);
});
