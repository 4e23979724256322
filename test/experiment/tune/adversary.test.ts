import {expect, test} from 'vitest';
import {RandomStream} from '../../../source/engine/random.js';
import {type Pair, type PairTask, type Replication, runPair} from '../../../source/experiment/compare/figures.js';
import {type AdversaryReport, findWorst} from '../../../source/experiment/tune/adversary.js';
import {parseOver} from '../../../source/experiment/tune/space.js';
import {surroundingsOf} from '../../../source/experiment/tune/surroundings.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {type Configuration} from '../../../source/simulation/configuration.js';

const preset = loadPreset('seed-2019-kick-under-lock');
const change = 'queue.eventIdx';
const surroundings = surroundingsOf(configurationOf(preset), [], new Set([change]));

/** What b has of a's throughput in a machine. */
type Truth = (parameters: Configuration['parameters']) => number;

/** What its runs are, event by event: what is the same in all that it looks at is the same run. */
type RunName = (parameters: Configuration['parameters']) => string;

function runOf({parameters}: Configuration, seed: number, truth: Truth, nameOf: RunName): Replication {
	const noise =
		1 +
		0.02 * (new RandomStream(seed, `${String(parameters[change])} ${JSON.stringify(parameters)}`).uniform() - 0.5);
	return {
		figures: {'throughput.completed': 10_000 * noise * (parameters[change] ? 1 : truth(parameters))},
		eventHash: `${nameOf(parameters)} ${seed}`,
		events: 1,
		stall: null,
		whole: true,
	};
}

async function worst(
	truth: Truth,
	tries: number,
	nameOf: RunName = parameters => JSON.stringify(parameters),
): Promise<AdversaryReport> {
	return findWorst({
		surroundings,
		sidesWith: set => [
			configurationOf(preset, {...set, [change]: true}),
			configurationOf(preset, {...set, [change]: false}),
		],
		goal: {path: 'throughput.completed', better: 'higher'},
		seed: 1,
		length: {warmup: 0, duration: 1},
		events: 1,
		tries,
		make: async (tasks: readonly PairTask[]) =>
			tasks.map(({sides: [a, b], seed}): Pair => ({
				seed,
				sides: [
					a === null ? null : runOf(a, seed, truth, nameOf),
					b === null ? null : runOf(b, seed, truth, nameOf),
				],
			})),
	});
}

test('finds the corner where the change loses, and names it', async () => {
	const report = await worst(
		parameters => (parameters['host.cpus'] === 1 ? 0.9 : 1.05) * (parameters['host.load'] === 4 ? 0.9 : 1),
		300,
	);
	const [first] = report.worst;
	expect(report.tried).toBe(300);
	expect(first?.row.ratio).toBeCloseTo(0.81, 2);
	expect(first?.words).toEqual(expect.arrayContaining(['host.cpus=1', 'host.load=4']));
});

test('shows no two places that are the same run, event by event', async () => {
	const report = await worst(
		parameters => (parameters['host.cpus'] === 1 ? 0.9 : 1),
		300,
		parameters => `${parameters['host.cpus']} ${parameters['host.load']}`,
	);
	expect(report.worst.length).toBeGreaterThan(1);
	const places = report.worst.map(
		({sides: [{parameters}]}) => `${parameters['host.cpus']} ${parameters['host.load']}`,
	);
	expect(new Set(places).size).toBe(places.length);
});

test('says that there is none when both sides are equal in law', async () => {
	const report = await worst(() => 1, 300);
	expect(report.worst).toEqual([]);
	expect(report.margin).toBeCloseTo(0.01, 6);
});

test('never chooses what the change itself sets', () => {
	expect(surroundings.map(({name}) => name)).not.toContain(change);
	expect(surroundings.some(({name}) => name === 'clients.game.think')).toBe(true);
	for (const {values, asIs} of surroundings) {
		expect(values[asIs].set).toEqual({});
	}
});

const millisecond = 1_000_000;

/** A doorbell is lost: with event indices nobody rings again, without them the next command. */
test('finds a planted range in which a change makes the run stall, where runs go on without it', async () => {
	const shipped = loadPreset('lost-kick');
	const planted = {
		...shipped,
		given: {...shipped.given, 'queue.size': 16},
		faults: shipped.faults.map(fault => ({...fault, at: 2 * millisecond})),
	};
	const ranges = parseOver(['clients.desktop.rate=1,10000'], configurationOf(planted));
	const report = await findWorst({
		surroundings: surroundingsOf(configurationOf(planted), ranges, new Set([change])).slice(0, ranges.length),
		sidesWith: set => [
			configurationOf(planted, {...set, [change]: false}),
			configurationOf(planted, {...set, [change]: true}),
		],
		goal: {path: 'latency.p50', better: 'lower'},
		seed: 1,
		length: {warmup: millisecond, duration: 8 * millisecond},
		events: 1_000_000,
		tries: 20,
		make: async tasks => tasks.map(task => runPair(task)),
	});
	expect(report.tried).toBe(3);
	expect(report.worst[0]?.stalls).toEqual([0, 12]);
	// Who sends nothing loses nothing.
	expect(report.worst.flatMap(({words}) => words)).toEqual(['clients.desktop.rate=10000']);
});
