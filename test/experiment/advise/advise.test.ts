import {expect, test} from 'vitest';
import {advise, type AdviceReport} from '../../../source/experiment/advise/advise.js';
import {type BlockTask, runBlock} from '../../../source/experiment/advise/block.js';
import {type Candidate, candidatesFor} from '../../../source/experiment/advise/candidates.js';
import {type Goal} from '../../../source/experiment/advise/goal.js';
import {type Replication} from '../../../source/experiment/compare/figures.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {type GivenParameters} from '../../../source/simulation/parameters/resolve.js';
import {parameters} from '../../../source/simulation/parameters/table.js';

const millisecond = 1_000_000;
const length = {warmup: 2 * millisecond, settle: millisecond, duration: 3 * millisecond};
const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'));

/** Few of them: each is a dozen runs. */
const tried: ReadonlySet<string> = new Set(['driver.lockPolicy', 'queue.size', 'host.ioeventfd']);

async function adviceOn(): Promise<AdviceReport> {
	return advise({
		configuration,
		candidates: candidatesFor(configuration).filter(({keys: [key]}) => tried.has(key)),
		seed: 1,
		goal: {path: 'lock.spin.worker', better: 'lower'},
		constraints: [{path: 'throughput.completed', better: 'higher'}],
		preferred: ['driver.lockPolicy'],
		shown: ['latency.p99'],
		length,
		whole: false,
		budget: Infinity,
		profile: false,
		make: async tasks => tasks.map(task => runBlock(task)),
	});
}

test('the lock policy first and the ring among what does nothing, on the report of 2019', async () => {
	const {advice, noEffect} = await adviceOn();
	const [first] = advice;
	expect(first.keys).toEqual(['driver.lockPolicy']);
	expect(first.effect).toBe('better');
	expect(first.pairs).toBeGreaterThanOrEqual(6);
	const ring = noEffect.find(({key}) => key === 'queue.size');
	expect(ring?.tried.every(({same}) => same)).toBe(true);
	expect(noEffect.map(({key}) => key)).not.toContain('driver.lockPolicy');
	expect(advice.some(({keys}) => keys.length === 2)).toBe(true);
});

test('candidates are what a user of a real machine sets: no costs, no bugs, no fewer CPUs', () => {
	const candidates = candidatesFor(configuration);
	const keys = new Set<string>(candidates.flatMap(({keys: own}) => own));
	expect(candidates.filter(({keys: [key]}) => key === 'driver.lockPolicy')).toHaveLength(3);
	expect(keys).not.toContain('driver.waitBug');
	expect(keys).not.toContain('queue.cursorSize');
	expect([...keys].filter(key => parameters.find(entry => entry.key === key)?.knob === undefined)).toEqual([]);
	expect(candidates.filter(({keys: [key]}) => key === 'host.cpus').map(({set}) => set)).toEqual([{'host.cpus': 8}]);
});

test('a fork with nothing changed is the run itself, and a change of one side leaves the other alone', () => {
	const paths = ['throughput.completed', 'latency.p99', 'lock.spin.worker'];
	const task = {
		configuration,
		seed: 3,
		length,
		whole: false,
		fromStart: false,
		budget: Infinity,
		paths,
		withBase: true,
	};
	const {base, sides} = runBlock({
		...task,
		sets: [
			{'driver.lockPolicy': 'kick-under-lock'},
			{'driver.lockPolicy': 'kick-after-unlock'},
			{'driver.roomRule': 'check-first'},
			{'queue.size': 256},
		],
	});
	const same = sides.map(({eventHash}) => eventHash === base?.eventHash);
	expect(same).toEqual([true, false, true, true]);
	expect(sides[0].figures).toEqual(Object.fromEntries(paths.map(path => [path, base?.figures[path]])));
	expect(runBlock({...task, sets: []}).base).toEqual(base);
	const set = {'driver.lockPolicy': 'kick-after-unlock'};
	const alone = configurationOf(loadPreset('seed-2019-kick-under-lock'), set);
	const [begun] = runBlock({...task, withBase: false, fromStart: true, sets: [set]}).sides;
	expect(begun.eventHash).toBe(runBlock({...task, configuration: alone, sets: []}).base?.eventHash);
	expect(begun.eventHash).not.toBe(sides[1].eventHash);
	expect(runBlock({...task, withBase: false, sets: [set]})).toEqual({seed: 3, base: null, sides: [sides[1]]});
});

test('a run that was let loose ends early, the same however it began', () => {
	const slow = configurationOf(loadPreset('fence-poll-tuning'));
	const task = {
		configuration: slow,
		seed: 1,
		length: {warmup: 20 * millisecond, settle: 10 * millisecond, duration: 100 * millisecond, enough: 2000},
		whole: false,
		fromStart: false,
		budget: Infinity,
		paths: ['latency.mean', 'throughput.completed'],
		withBase: true,
	};
	const [set, none] = [{'device.fence': 'async'}, {'device.fencePoll': slow.parameters['device.fencePoll']}];
	const {base, sides} = runBlock({...task, sets: [set, none]});
	expect(sides[1].eventHash).toBe(base?.eventHash);
	expect(sides[0].events).toBeLessThan(3 * 2000);
	expect(sides[0].events).toBeGreaterThan(2000);
	expect(sides[0].whole).toBe(true);
	const {length: all} = task;
	const [full] = runBlock({...task, length: {...all, enough: 1e9}, sets: [set]}).sides;
	expect(full.events).toBeGreaterThan(2 * sides[0].events);
	for (const path of task.paths) {
		const [short, long] = [sides[0].figures[path] ?? 0, full.figures[path] ?? 0];
		expect(Math.abs(short / long - 1)).toBeLessThan(0.05);
	}
});

test('a fault may come earlier than the preset says', () => {
	const lost = configurationOf(loadPreset('lost-kick'));
	const {base} = runBlock({
		configuration: lost,
		seed: 1,
		length: {warmup: 10 * millisecond, settle: 0, duration: 60 * millisecond, skip: 280 * millisecond},
		whole: true,
		fromStart: false,
		budget: Infinity,
		paths: [],
		sets: [],
		withBase: true,
	});
	expect(base?.figures.stalls).toBe(1);
});

test('runs that stall are compared, though that is no metric', async () => {
	const {report} = await madeUpAdvice(
		[
			{keys: ['queue.size'], set: {'queue.size': 1024}},
			{keys: ['guest.vcpus'], set: {'guest.vcpus': 4}},
		],
		({seed}, set) => ({
			...madeUp(1, `${seed} ${JSON.stringify(set)}`),
			figures: {stalls: set?.['queue.size'] === undefined ? 1 : 0},
		}),
		[],
		{path: 'stalls', better: 'lower'},
	);
	expect(report.advice.map(({set, effect}) => [set, effect])).toEqual([[{'queue.size': 1024}, 'better']]);
	expect(report.noEffect.map(({key}) => key)).toEqual(['guest.vcpus']);
});

test('no cost has a knob, and each knob says who sets it and where', () => {
	for (const {key, knob} of parameters) {
		if (key.includes('.cost.')) {
			expect(knob, key).toBeUndefined();
		}

		if (knob !== undefined) {
			expect(knob.how.length, key).toBeGreaterThan(10);
		}
	}
});

/** A run that does so many commands a second. */
function madeUp(throughput: number, eventHash: string): Replication {
	return {figures: {'throughput.completed': throughput}, eventHash, events: 1, stall: null, whole: true};
}

const throughput: Goal = {path: 'throughput.completed', better: 'higher'};

/** Advice from runs that are made up. */
async function madeUpAdvice(
	candidates: readonly Candidate[],
	make: (task: BlockTask, set: GivenParameters | undefined) => Replication,
	preferred: readonly string[] = [],
	goal = throughput,
): Promise<{report: AdviceReport; tasks: readonly BlockTask[]}> {
	const tasks: BlockTask[] = [];
	const report = await advise({
		configuration,
		candidates,
		seed: 1,
		goal,
		constraints: [],
		preferred,
		shown: [],
		length,
		whole: false,
		budget: Infinity,
		profile: false,
		async make(round) {
			tasks.push(...round);
			return round.map(task => ({
				seed: task.seed,
				base: task.withBase ? make(task, undefined) : null,
				sides: task.sets.map(set => make(task, set)),
			}));
		},
	});
	return {report, tasks};
}

test('a change that comes to another state where a run begins with it: both are said', async () => {
	const live: Candidate = {keys: ['guest.irqVcpu'], set: {'guest.irqVcpu': 0}};
	const other: Candidate = {keys: ['guest.timeslice'], set: {'guest.timeslice': 6_000_000}};
	const reset: Candidate = {keys: ['queue.size'], set: {'queue.size': 256}};
	const {report, tasks} = await madeUpAdvice([live, other, reset], ({seed, fromStart}, set) =>
		madeUp(
			1000 +
				(set === undefined ? 0 : Object.hasOwn(set, 'guest.irqVcpu') ? (fromStart ? 200 : 50) : 100) +
				(set === undefined ? 0 : seed % 3),
			`${JSON.stringify(set)}${seed}`,
		),
	);
	const of = (key: string) => report.advice.find(({keys}) => keys.length === 1 && keys[0] === key);
	expect(of('guest.irqVcpu')?.rows[0].difference).toBeCloseTo(51, 0);
	expect(of('guest.irqVcpu')?.fromStart?.difference).toBeCloseTo(201, 0);
	expect(of('guest.irqVcpu')?.effect).toBe('better');
	expect(of('guest.timeslice')?.fromStart).toBeNull();
	expect(of('queue.size')?.fromStart).toBeNull();
	const begun = tasks.filter(({fromStart}) => fromStart).map(({sets}) => sets.map(set => Object.keys(set)[0]));
	// A block for two workers.
	expect(begun.slice(0, 2)).toEqual([['guest.irqVcpu'], ['guest.timeslice']]);
	expect(begun.slice(2)).toEqual(Array.from({length: 5}, () => ['guest.irqVcpu']));
});

test('better on the way and worse from the start is undecided', async () => {
	const live: Candidate = {keys: ['guest.irqVcpu'], set: {'guest.irqVcpu': 0}};
	const {report} = await madeUpAdvice([live], ({seed, fromStart}, set) =>
		madeUp(1000 + (set === undefined ? 0 : (fromStart ? -200 : 200) + (seed % 3)), `${JSON.stringify(set)}${seed}`),
	);
	expect(report.advice[0].effect).toBe('undecided');
});

test('the tasks of a round are about as long', async () => {
	const candidates = Array.from({length: 16}, (_, index): Candidate => ({
		keys: ['host.haltPoll'],
		set: {'host.haltPoll': 1000 + index},
	}));
	const {tasks} = await madeUpAdvice(candidates, ({seed}) => madeUp(1000, String(seed)));
	expect(tasks.map(({sets}) => sets.length)).toEqual([8, 8, 8, 8]);
});

test('what the verdict names is third where it helps, whatever helps more', async () => {
	const gains = {'host.cpus': 100, 'host.haltPoll': 90, 'queue.size': 80, 'driver.lockPolicy': 50};
	const order = async (preferred: readonly string[]): Promise<readonly string[]> => {
		const {report} = await madeUpAdvice(
			[
				{keys: ['host.cpus'], set: {'host.cpus': 8}},
				{keys: ['host.haltPoll'], set: {'host.haltPoll': 400_000}},
				{keys: ['queue.size'], set: {'queue.size': 256}},
				{keys: ['driver.lockPolicy'], set: {'driver.lockPolicy': 'kick-after-unlock'}},
			],
			({seed}, set) => {
				const key = Object.keys(set ?? {}).at(0);
				const gain = Object.entries(gains).find(([name]) => name === key)?.[1] ?? 10;
				return madeUp(gain + seed / 100, key ?? '');
			},
			preferred,
		);
		return report.advice.filter(({keys}) => keys.length === 1).map(({keys: [key]}) => key);
	};

	expect(await order([])).toEqual(['host.cpus', 'host.haltPoll', 'queue.size', 'driver.lockPolicy']);
	const named = await order(['driver.lockPolicy']);
	expect(named.indexOf('driver.lockPolicy')).toBeLessThan(named.indexOf('queue.size'));
	expect(named[0]).toBe('host.cpus');
});
