import {expect, test} from 'vitest';
import {compareRows, type CompareRow} from '../../source/experiment/compare/comparison.js';
import {changeWords, halfWords} from '../../source/report/compare-table.js';
import {ownChange, ownInterval} from '../../source/report/own-unit.js';
import {changeForms, changeText, intervalText} from '../../source/views/compare/words.js';

const spin = 'lock.spin.worker';

/** Twenty slices in which A spins about so much and B not at all. */
function gone(path: string, level: number, swing: number): CompareRow {
	const a = Array.from({length: 20}, (_, index) => ({[path]: level + (index % 2 === 0 ? swing : -swing)}));
	const b = a.map(() => ({[path]: 0}));
	return compareRows(a, b, {rule: 'anytime', confidence: 0.95})[0];
}

test('where nothing is left the difference is said in its own unit, as wide as it is uncertain', () => {
	const row = gone(spin, 82, 60);
	expect(row).toMatchObject({b: 0, ratio: 0, ratioLow: 0, ratioHigh: 0});
	expect(changeText(row)).toBe('-82 ms/s');
	const [low, high] = intervalText(row).slice(1, -1).split(', ').map(Number);
	expect(low).toBeLessThan(-100);
	expect(high).toBeGreaterThan(-64);
	expect(changeForms(row)).toEqual(['-82 ms/s', '-82']);
	expect(changeWords(row)).toBe('-82.0');
	expect(Number(halfWords(row))).toBeCloseTo((high - low) / 2, 0);
});

test('every unit: points for shares, one unit of time for both ends', () => {
	const forms = (path: string, value: number, low: number, high: number) => {
		const own = {path, value, low, high};
		return `${ownChange(own)[0]} ${ownInterval(own)}`;
	};

	expect(forms(spin, 1.57, 1.2, 2)).toBe('+1.6 ms/s [1.2, 2.0]');
	expect(forms('lock.contentionShare', -0.082, -0.095, -0.07)).toBe('-8.2 pt [-9.5, -7.0]');
	expect(forms('latency.p99', -995, -1012, -978)).toBe('-995 us [-1.01k, -978]');
	expect(forms('irqs.perSecond', -23_000, -24_100, -21_900)).toBe('-23.0k /s [-24.1k, -21.9k]');
	expect(forms('ring.inFlight.mean', -1.24, -1.3, -1.2)).toBe('-1.24 [-1.30, -1.20]');
	expect(ownChange({path: spin, value: null, low: null, high: null})).toEqual(['-', '-']);
	expect(ownInterval({path: spin, value: 3, low: null, high: null})).toBe('-');
});
