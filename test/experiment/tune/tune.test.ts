import {describe, expect, test} from 'vitest';
import {RandomStream} from '../../../source/engine/random.js';
import {type Pair, type PairTask, type Replication} from '../../../source/experiment/compare/figures.js';
import {parseGate} from '../../../source/experiment/compare/gate.js';
import {type TuneReport} from '../../../source/experiment/tune/outcome.js';
import {parseOver, settingsAt} from '../../../source/experiment/tune/space.js';
import {tune} from '../../../source/experiment/tune/tune.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {type Configuration} from '../../../source/simulation/configuration.js';

/**
A machine whose optimum is known: throughput and p99 of some keys, with noise of its own
that runs of a seed share in part.
*/
type Planted = {
	readonly throughput: (parameters: Configuration['parameters']) => number;
	readonly p99: (parameters: Configuration['parameters']) => number;
	readonly noise: number;
};

const preset = loadPreset('seed-2019-kick-under-lock');
const baseline = configurationOf(preset);
const over = ['queue.size=16..1024,driver.lockPolicy,host.haltPoll=50us..800us,host.ioeventfd'];
const space = parseOver(over, baseline);
const gridSize = space.reduce((product, {values}) => product * values.length, 1);

/** Runs a point that a full grid would need for intervals as narrow as the race makes them. */
const gridRuns = 8;

function runOf({parameters}: Configuration, seed: number, planted: Planted): Replication {
	const shared = new RandomStream(seed, 'shared').uniform() - 0.5;
	const truth = planted.throughput(parameters);
	const own = new RandomStream(seed, `own ${truth}`).uniform() - 0.5;
	return {
		figures: {
			'throughput.completed': truth * (1 + planted.noise * (0.7 * shared + 0.3 * own)),
			'latency.p99': planted.p99(parameters) * (1 + planted.noise * own),
		},
		eventHash: `${truth} ${planted.p99(parameters)} ${seed}`,
		events: 1,
		stall: null,
		whole: true,
	};
}

async function tuned(
	planted: Planted,
	seed: number,
	conditions: readonly string[] = [],
	budget = Math.floor((gridSize * gridRuns) / 5),
): Promise<TuneReport> {
	return tune({
		space,
		configurationWith: set => configurationOf(preset, set),
		seed,
		length: {warmup: 0, duration: 1},
		events: 1,
		goal: {path: 'throughput.completed', better: 'higher'},
		constraints: conditions.map(text => parseGate(text, '--subject-to')),
		budget,
		asIs: undefined,
		baseline,
		make: async (tasks: readonly PairTask[]) =>
			tasks.map(({sides: [, side], seed: own}): Pair => ({
				seed: own,
				sides: [null, side === null ? null : runOf(side, own, planted)],
			})),
	});
}

/**
One hill in the ring's size and the polling time, the policy that rings
outside, and doorbells as eventfds.
*/
const hill: Planted = {
	throughput: ({'queue.size': size, 'driver.lockPolicy': policy, 'host.haltPoll': poll, 'host.ioeventfd': eventfd}) =>
		30_000 -
		1500 * Math.abs(Math.log2(size) - 8) -
		900 * Math.abs(Math.log2(poll / 200_000)) +
		{'kick-under-lock': 0, 'kick-after-unlock': 2500, 'kick-batched': 1500, 'kick-batched-under-lock': -500}[
			policy
		] +
		(eventfd ? 1200 : 0),
	p99: () => 100,
	noise: 0.08,
};

/** More throughput costs latency: the best that is allowed is inside. */
const constrained: Planted = {
	throughput: parameters =>
		20_000 +
		1000 * Math.log2(parameters['queue.size']) +
		(parameters['host.ioeventfd'] ? 300 : 0) -
		Math.abs(Math.log2(parameters['host.haltPoll'] / 200_000)) * 700,
	p99: parameters => 20 * Math.log2(parameters['queue.size']),
	noise: 0.01,
};

/** From 128 slots on all runs are the same. */
const plateau: Planted = {
	throughput: parameters =>
		30_000 +
		500 * Math.min(7, Math.log2(parameters['queue.size'])) -
		Math.abs(Math.log2(parameters['host.haltPoll'] / 200_000)) * 500,
	p99: () => 100,
	noise: 0.02,
};

const seeds = Array.from({length: 10}, (_, index) => 1 + 1000 * index);
const setOf = ({best}: TuneReport): ReturnType<typeof settingsAt> =>
	best === null ? {} : settingsAt(space, best.point);

describe('tune finds a planted optimum with a fifth of the runs of the grid, for 9 of 10 seeds', () => {
	test('under noise', async () => {
		const reports = await Promise.all(seeds.map(async seed => tuned(hill, seed)));
		const right = reports.filter(report => {
			const set = setOf(report);
			return (
				set['queue.size'] === 256 &&
				set['driver.lockPolicy'] === 'kick-after-unlock' &&
				set['host.haltPoll'] === 200_000 &&
				set['host.ioeventfd'] === true
			);
		});
		expect(right.length).toBeGreaterThanOrEqual(9);
		for (const {spent} of reports) {
			expect(spent).toBeLessThanOrEqual((gridSize * gridRuns) / 5);
		}
	});

	test('under a condition', async () => {
		const reports = await Promise.all(seeds.map(async seed => tuned(constrained, seed, ['latency.p99 < 150us'])));
		const right = reports.filter(
			report =>
				!report.infeasible && setOf(report)['queue.size'] === 128 && setOf(report)['host.haltPoll'] === 200_000,
		);
		expect(right.length).toBeGreaterThanOrEqual(9);
	});

	test('on a plateau, whose points are pooled', async () => {
		const reports = await Promise.all(seeds.map(async seed => tuned(plateau, seed)));
		const right = reports.filter(
			report => Number(setOf(report)['queue.size']) >= 128 && setOf(report)['host.haltPoll'] === 200_000,
		);
		expect(right.length).toBeGreaterThanOrEqual(9);
		expect(reports.filter(({best}) => (best?.same.length ?? 0) > 0).length).toBeGreaterThanOrEqual(9);
	});
});

test('the interval of the winner holds its long-run truth in at least 18 of 20 tunes', async () => {
	const reports = await Promise.all(Array.from({length: 20}, async (_, index) => tuned(hill, 7 + 100 * index)));
	const held = reports.filter(report => {
		const truth = hill.throughput(configurationOf(preset, setOf(report)).parameters);
		return (
			report.best !== null && (report.best.low ?? Infinity) <= truth && truth <= (report.best.high ?? -Infinity)
		);
	});
	expect(held.length).toBeGreaterThanOrEqual(18);
});

test('the same seed gives the same answer', async () => {
	expect(await tuned(hill, 3)).toEqual(await tuned(hill, 3));
});

test('says when nothing meets the conditions, and what is nearest', async () => {
	const report = await tuned(constrained, 1, ['latency.p99 < 10us']);
	expect(report.infeasible).toBe(true);
	expect(setOf(report)['queue.size']).toBe(16);
});

test('knows what each key is worth', async () => {
	const {worth} = await tuned({...hill, noise: 0}, 1);
	const of = (key: string): number => {
		const entry = worth.find(({dimension}) => space[dimension].key === key);
		return entry === undefined ? 0 : entry.high - entry.low;
	};

	expect(of('queue.size')).toBeCloseTo(6000, 6);
	expect(of('driver.lockPolicy')).toBeCloseTo(3000, 6);
	expect(of('host.ioeventfd')).toBeCloseTo(1200, 6);
});
