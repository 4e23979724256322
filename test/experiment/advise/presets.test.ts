import {expect, test} from 'vitest';
import {constraintsOf, goalOfVerdict} from '../../../source/diagnosis/advice/goal-of-verdict.js';
import {judge} from '../../../source/diagnosis/verdict.js';
import {advise} from '../../../source/experiment/advise/advise.js';
import {runBlock} from '../../../source/experiment/advise/block.js';
import {candidatesFor} from '../../../source/experiment/advise/candidates.js';
import {blockLengthFor, pilotRun} from '../../../source/experiment/advise/pilot.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';

/** What `vqlab advise` would say of a preset, if these keys were all that there is. */
async function adviceOn(name: string, keys: readonly string[], events: number) {
	const configuration = configurationOf(loadPreset(name));
	const {seed} = configuration.parameters;
	const pilot = pilotRun(configuration, seed);
	const verdict = judge(pilot.metrics, configuration, pilot.stall, pilot.sleeps);
	const goal = goalOfVerdict(verdict.bottleneck, pilot.metrics, configuration);
	const {advice, noEffect} = await advise({
		configuration,
		candidates: candidatesFor(configuration).filter(({keys: [key]}) => keys.includes(key)),
		seed,
		goal,
		constraints: constraintsOf(goal, pilot.metrics, configuration),
		preferred: Object.keys(verdict.suggestion?.set ?? {}),
		shown: [],
		length: blockLengthFor(configuration, pilot, events),
		whole: pilot.whole,
		budget: Infinity,
		profile: false,
		make: async tasks => tasks.map(task => runBlock(task)),
	});
	return {
		goal: goal.path,
		helps: advice.filter(({effect}) => effect === 'better').flatMap(({keys: own}) => (own.length === 1 ? own : [])),
		silent: noEffect.map(({key}) => key),
	};
}

test('the report of 2019: the lock policy or ioeventfd first, and the ring does nothing', async () => {
	const {goal, helps, silent} = await adviceOn(
		'seed-2019-kick-under-lock',
		['driver.lockPolicy', 'host.ioeventfd', 'queue.size'],
		4000,
	);
	expect(goal).toBe('lock.spin.worker');
	expect(['driver.lockPolicy', 'host.ioeventfd']).toContain(helps[0]);
	expect(silent).toContain('queue.size');
});

test('a ring that is too small: the reverse', async () => {
	const {helps, silent} = await adviceOn('ring-too-small', ['driver.lockPolicy', 'queue.size'], 4000);
	expect(helps[0]).toBe('queue.size');
	expect(silent).not.toContain('queue.size');
});

test('fences that wait for a poll: its interval', async () => {
	const {goal, helps} = await adviceOn('fence-poll-120hz', ['device.fencePoll', 'queue.size', 'host.cpus'], 4000);
	expect(goal).toMatch(/^frames\./v);
	expect(helps[0]).toBe('device.fencePoll');
});

test('a spinner on the only CPU: the lock policy and a second CPU', async () => {
	const {helps} = await adviceOn('spin-on-one-cpu', ['driver.lockPolicy', 'host.cpus', 'queue.indirect'], 4000);
	expect(helps).toContain('driver.lockPolicy');
	expect(helps).toContain('host.cpus');
	expect(helps).not.toContain('queue.indirect');
});

test('a compositor: the currency is its frames', async () => {
	const {goal} = await adviceOn('compositor-60hz', ['driver.lockPolicy'], 2000);
	expect(goal).toMatch(/^frames\.|^latency\.p99$/v);
});
