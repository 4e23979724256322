import {expect, test} from 'vitest';
import {estimate} from '../../source/selfcheck/interval.js';
import {runTheoryCheck} from '../../source/selfcheck/theory-check.js';
import {theoryChecks} from '../../source/selfcheck/theory-checks.js';

const constant = theoryChecks.filter(({runs}) => runs === 1);

test.each(constant)('$law: $setting, $quantity', check => {
	expect(runTheoryCheck(check).verdict).toBe('within 1 %');
});

test('chance is given several runs, and one closed form of each kind is among the checks', () => {
	expect(theoryChecks.length - constant.length).toBeGreaterThan(10);
	expect(new Set(theoryChecks.map(({law}) => law)).size).toBeGreaterThanOrEqual(15);
});

test('a law that is 2 % off is out', () => {
	const [check] = constant;
	const result = runTheoryCheck({...check, exact: check.exact * 1.02});
	expect(result.verdict).toBe('out');
	expect(result.error).toBeCloseTo(-0.0196, 3);
});

test('an interval that is too wide excuses nothing', () => {
	const [check] = constant;
	let run = 0;
	const noisy = runTheoryCheck({
		...check,
		duration: 10_000_000,
		runs: 4,
		exact: 1,
		simulated: () => [0.5, 2, 0.6, 1.5][run++],
	});
	expect(noisy.interval).toBeGreaterThan(0.05);
	expect(noisy.verdict).toBe('out');
});

test('the luck of a run is taken off', () => {
	const [check] = constant;
	const result = runTheoryCheck({
		...check,
		duration: 10_000_000,
		runs: 2,
		exact: 10,
		simulated: () => 12,
		drawn: () => 12,
	});
	expect(result.simulated).toBe(10);
});

test("an interval of 99 % by Student's t", () => {
	expect(estimate([3]).halfWidth).toBeNull();
	const {mean, halfWidth} = estimate([1, 2, 3, 4, 5]);
	expect(mean).toBe(3);
	expect(halfWidth).toBeCloseTo(4.604_094_87 * Math.sqrt(2.5 / 5), 7);
});
