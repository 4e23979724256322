import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareRows, type CompareRow, withoutMerits} from '../../../source/experiment/compare/comparison.js';
import {type Figures} from '../../../source/experiment/compare/figures.js';
import {gateOutcome, parseGate} from '../../../source/experiment/compare/gate.js';
import {metrics} from '../../../source/metrics/metric-table.js';
import {enoughPairs, type StoppingRule} from '../../../source/experiment/compare/stopping.js';

const fixed = {rule: 'fixed', confidence: 0.95} as const;

/** Runs of one metric with a value a seed. */
function runs(path: string, values: ReadonlyArray<number | null>): Figures[] {
	return values.map(value => ({[path]: value}));
}

function row(path: string, a: ReadonlyArray<number | null>, b: ReadonlyArray<number | null>): CompareRow {
	return compareRows(runs(path, a), runs(path, b), fixed)[0];
}

const noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0, -0.1, 0.1];
const around = (level: number, scale = 1): number[] => noise.map(value => level + scale * value);

test('a difference has the sign of b - a, and its ratio is b / a', () => {
	const {a, b, difference, ratio, n} = row('throughput.completed', around(100), around(90));
	expect(a).toBeCloseTo(100, 1);
	expect(b).toBeCloseTo(90, 1);
	expect(difference).toBeCloseTo(-10, 10);
	expect(ratio).toBeCloseTo(0.9, 3);
	expect(n).toBe(8);
});

test('words follow the direction of the metric', () => {
	expect(row('throughput.completed', around(100), around(120)).verdict).toBe('better');
	expect(row('throughput.completed', around(100), around(80)).verdict).toBe('worse');
	expect(row('latency.p99', around(100), around(120)).verdict).toBe('worse');
	expect(row('latency.p99', around(100), around(80)).verdict).toBe('better');
	expect(row('irqs.perSecond', around(100), around(80)).verdict).toBe('different');
	expect(row('ring.numFree.mean', around(63), around(1023)).verdict).toBe('different');
});

test('a difference that is significant and within the margin is the same', () => {
	// 0.7 % of throughput, paired without noise: the interval does not hold 0.
	const found = row('throughput.completed', around(32_000, 100), around(31_776, 100));
	expect(found.significant).toBe(true);
	expect(found.verdict).toBe('same');
});

test('what pairing does not settle is undecided, and so are fewer than five pairs', () => {
	expect(row('latency.mean', [90, 110, 95, 105, 100, 99], [108, 92, 104, 99, 97, 103]).verdict).toBe('undecided');
	expect(row('throughput.completed', [100, 100, 100, 100], [200, 200, 200, 200]).verdict).toBe('undecided');
	expect(row('throughput.completed', [100], [200])).toMatchObject({
		verdict: 'undecided',
		low: null,
		high: null,
		n: 1,
	});
});

test('values that do not vary: a point, and no division by it', () => {
	expect(row('irqs.perSecond', [5, 5, 5, 5, 5], [7, 7, 7, 7, 7])).toMatchObject({
		difference: 2,
		low: 2,
		high: 2,
		verdict: 'different',
		significant: true,
	});
	expect(row('irqs.perSecond', [0, 0, 0, 0, 0], [0, 0, 0, 0, 0])).toMatchObject({
		difference: 0,
		low: 0,
		high: 0,
		ratio: null,
		verdict: 'same',
		significant: false,
	});
});

test('a percentile knows its bin: one bin apart is the same', () => {
	const found = row('latency.p99', [100.5, 100.5, 100.5, 100.5, 100.5], [101, 101, 101, 101, 101]);
	expect(found.low).toBeLessThan(0);
	expect(found.significant).toBe(false);
	expect(found.verdict).toBe('same');
});

test('a side that lacks the metric is said, not compared', () => {
	expect(row('cursor.throughput.completed', [null, null], [3, 5])).toMatchObject({
		n: 0,
		a: null,
		b: 4,
		difference: null,
		verdict: 'undecided',
	});
	expect(row('latency.p50', [1, null, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]).n).toBe(5);
});

test('what neither side has is the same, once there are pairs enough to have had it', () => {
	const none = (count: number): null[] => Array.from({length: count}, () => null);
	expect(row('latency.p99', none(5), none(5))).toMatchObject({n: 0, a: null, difference: null, verdict: 'same'});
	expect(row('latency.p99', none(4), none(4)).verdict).toBe('undecided');
	expect(row('latency.p99', none(5), around(100)).verdict).toBe('undecided');
});

test('a branch that a run lacks as a whole is no row', () => {
	const side = runs('frames', [null, null]).map(figures => ({...figures, 'latency.mean': 3}));
	expect(compareRows(side, side, fixed).map(({path}) => path)).toEqual(['latency.mean']);
});

test('where a run stands still no figure is better or worse', () => {
	const side = (level: number) => around(level).map(value => ({'throughput.completed': value, 'latency.mean': 100}));
	const rows = withoutMerits(compareRows(side(100), side(50), fixed));
	expect(rows.map(({verdict}) => verdict)).toEqual(['different', 'same']);
});

test('what costs CPU time has a direction only where the same work was done', () => {
	const paths = (throughput: number): Array<[Figures[], Figures[]]> => [
		[
			around(1).map((busy, index) => ({
				'throughput.completed': 100 + noise[index] / 100,
				'cpu.vcpusBusy': busy / 10 + 1,
			})),
			around(1).map((busy, index) => ({
				'throughput.completed': throughput + noise[index] / 100,
				'cpu.vcpusBusy': busy / 10 + 2,
			})),
		],
	];
	const word = (throughput: number): unknown =>
		compareRows(...paths(throughput)[0], fixed).find(({path}) => path === 'cpu.vcpusBusy')?.verdict;
	expect(word(100)).toBe('worse');
	expect(word(200)).toBe('different');
});

test('words of many metrics together: what one metric alone would claim is not enough', () => {
	// One metric at a p-value of about 0.01, the others without a difference.
	const shift = [3.2, 1.5, 4.4, 2.6, 0.2, 3.9, 1.1, 2.2];
	const others = metrics
		.filter(({path, better}) => better === 'lower' && path !== 'latency.p99' && !/[\[<]/v.test(path))
		.map(({path}) => path);
	expect(others.length).toBeGreaterThan(100);
	const side = (values: readonly number[]): Figures[] =>
		values.map(
			value =>
				Object.fromEntries([
					['latency.p99', value],
					...others.map((path): [string, number] => [path, 100]),
				]) as Figures,
		);
	const rows = compareRows(side(noise.map(() => 20)), side(shift.map(value => 20 + value)), fixed);
	const [found] = rows;
	expect(
		row(
			'latency.p99',
			noise.map(() => 20),
			shift.map(value => 20 + value),
		).verdict,
	).toBe('worse');
	expect(found.verdict).toBe('undecided');
});

test('settings against themselves: every difference is exactly 0 and the same', () => {
	fc.assert(
		fc.property(fc.array(fc.double({min: 0, max: 1e9, noNaN: true}), {minLength: 5, maxLength: 30}), values => {
			const found = row('lock.spin.worker', values, values);
			expect(found).toMatchObject({
				difference: 0,
				low: 0,
				high: 0,
				verdict: 'same',
			});
		}),
	);
});

describe('gates', () => {
	const outcome = (text: string, a: readonly number[], b: readonly number[]): string => {
		const gate = parseGate(text);
		return gateOutcome(gate, compareRows(runs(gate.path, a), runs(gate.path, b), fixed));
	};

	test('a signed per cent is of a, signed is b - a, unsigned is b', () => {
		expect(outcome('throughput.completed < -2%', around(100), around(95))).toBe('fails');
		expect(outcome('throughput.completed < -2%', around(100), around(99.9))).toBe('passes');
		expect(outcome('throughput.completed < -2%', [100, 90, 110, 95, 105], [96, 97, 101, 99, 91])).toBe('undecided');
		expect(outcome('latency.mean > +5us', around(50), around(60))).toBe('fails');
		expect(outcome('latency.mean > +15us', around(50), around(60))).toBe('passes');
		expect(outcome('latency.mean > 55us', around(50), around(60))).toBe('fails');
		expect(outcome('latency.mean > 1ms', around(50), around(60))).toBe('passes');
	});

	test('too few pairs decide nothing', () => {
		expect(outcome('throughput.completed < -2%', [100, 100], [50, 50])).toBe('undecided');
	});

	test('what is no condition is refused with one that is', () => {
		expect(() => parseGate('throughput.completed')).toThrow(/is not PATH < VALUE/v);
		expect(() => parseGate('throughput.complete < -2%')).toThrow(/did you mean throughput\.completed/v);
		expect(() => parseGate('latency.p99 > +5furlongs')).toThrow(/no unit 'furlongs'/v);
		expect(() => parseGate('latency.p99 > 5%')).toThrow(/signed per cent/v);
	});
});

describe('stopping', () => {
	const rule: StoppingRule = {
		precision: 0.01,
		runs: 100,
		watched: ['latency.mean'],
		confidence: 0.95,
		margins: new Map(),
	};

	test('the first prefix that is narrow enough stops, whatever came after it', () => {
		const a = runs(
			'latency.mean',
			Array.from({length: 60}, (_, index) => 100 + noise[index % 8]),
		);
		const b = runs(
			'latency.mean',
			Array.from({length: 60}, (_, index) => 101 + noise[(index + 3) % 8]),
		);
		const n = enoughPairs(a, b, rule);
		expect(n).not.toBeNull();
		expect(enoughPairs(a.slice(0, n ?? 0), b.slice(0, n ?? 0), rule)).toBe(n);
		expect(enoughPairs(a.slice(0, (n ?? 0) - 1), b.slice(0, (n ?? 0) - 1), rule)).toBeNull();
	});

	test('a watched metric that no run has does not keep it from stopping', () => {
		const a = runs(
			'latency.mean',
			Array.from({length: 60}, (_, index) => 100 + noise[index % 8]),
		);
		const missing = {...rule, watched: ['cursor.latency.mean', 'latency.mean']};
		expect(enoughPairs(a, a, missing)).toBe(enoughPairs(a, a, rule));
	});

	test('without a precision all runs are made', () => {
		const a = runs('latency.mean', around(100));
		expect(enoughPairs(a, a, {...rule, precision: null, runs: 8})).toBe(8);
		expect(enoughPairs(a, a, {...rule, precision: null, runs: 9})).toBeNull();
	});
});
