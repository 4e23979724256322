import {expect, test} from 'vitest';
import {advise, type AdviceReport} from '../../../source/experiment/advise/advise.js';
import {runBlock} from '../../../source/experiment/advise/block.js';
import {candidatesFor} from '../../../source/experiment/advise/candidates.js';
import {type Replication} from '../../../source/experiment/compare/figures.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
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
	const task = {configuration, seed: 3, length, whole: false, budget: Infinity, withBase: true};
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
	expect(sides[0].figures).toEqual(base?.figures);
	expect(runBlock({...task, sets: []}).base).toEqual(base);
	const set = {'driver.lockPolicy': 'kick-after-unlock'};
	expect(runBlock({...task, withBase: false, sets: [set]})).toEqual({seed: 3, base: null, sides: [sides[1]]});
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

test('what the verdict names is third where it helps, whatever helps more', async () => {
	const gains = {'host.cpus': 100, 'host.haltPoll': 90, 'queue.size': 80, 'driver.lockPolicy': 50};
	const madeUp = (seed: number, key: string | undefined): Replication => ({
		figures: {
			'throughput.completed': (Object.entries(gains).find(([name]) => name === key)?.[1] ?? 10) + seed / 100,
		},
		eventHash: key ?? '',
		events: 1,
		stall: null,
		whole: true,
	});
	const order = async (preferred: readonly string[]): Promise<readonly string[]> => {
		const {advice} = await advise({
			configuration,
			candidates: [
				{keys: ['host.cpus'], set: {'host.cpus': 8}},
				{keys: ['host.haltPoll'], set: {'host.haltPoll': 400_000}},
				{keys: ['queue.size'], set: {'queue.size': 256}},
				{keys: ['driver.lockPolicy'], set: {'driver.lockPolicy': 'kick-after-unlock'}},
			],
			seed: 1,
			goal: {path: 'throughput.completed', better: 'higher'},
			constraints: [],
			preferred,
			shown: [],
			length,
			whole: false,
			budget: Infinity,
			profile: false,
			make: async tasks =>
				tasks.map(({seed, sets}) => ({
					seed,
					base: madeUp(seed, undefined),
					sides: sets.map(set => madeUp(seed, Object.keys(set).at(0))),
				})),
		});
		return advice.filter(({keys}) => keys.length === 1).map(({keys: [key]}) => key);
	};

	expect(await order([])).toEqual(['host.cpus', 'host.haltPoll', 'queue.size', 'driver.lockPolicy']);
	const named = await order(['driver.lockPolicy']);
	expect(named.indexOf('driver.lockPolicy')).toBeLessThan(named.indexOf('queue.size'));
	expect(named[0]).toBe('host.cpus');
});
