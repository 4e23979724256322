import {expect, test} from 'vitest';
import {runPair} from '../../source/experiment/compare/figures.js';
import {closedCase, coverageOf, shareHeld} from '../../scripts/coverage/coverage.js';

test('intervals hold what is true, and equal settings are not told apart (the long form is npm run coverage)', async () => {
	const {means, percentiles} = closedCase;
	const {fixed, anytime, equal, alarms} = await coverageOf(
		{...closedCase, length: {warmup: 500_000, duration: 3_000_000}},
		{
			comparisons: 16,
			pairs: 5,
			watched: 8,
			equal: 5,
			truthTimes: 20,
		},
		async tasks => tasks.map(task => runPair(task)),
	);
	expect(fixed[0].of).toBe(16);
	expect(anytime[0].of).toBe(10);
	expect(shareHeld(fixed, means)).toBeGreaterThan(0.85);
	expect(shareHeld(fixed, percentiles)).toBeGreaterThan(0.85);
	expect(shareHeld(anytime, [...means, ...percentiles])).toBeGreaterThan(0.9);
	expect(equal).toBe(5);
	expect(alarms).toBeLessThanOrEqual(1);
});
