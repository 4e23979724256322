import {expect, test} from 'vitest';
import {type Verdict} from '../../source/diagnosis/finding.js';
import {judge} from '../../source/diagnosis/verdict.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {runSimulation, type RunOutcome} from '../../source/run/run.js';
import {mightSleepSite} from '../../source/tracepoints/tracepoints.js';
import {AtomicSleeps} from '../../source/tracking/atomic-sleeps.js';
import {teller} from '../helpers/teller.js';

const sizes = {
	threads: 4,
	vcpus: 2,
	queues: 2,
	locks: 6,
};

test('a step that may sleep is found when its own thread holds a spinlock, with who, which lock and since when', () => {
	const sleeps = new AtomicSleeps(sizes);
	const tell = teller(sleeps);
	tell('otherLockAcquired', 100, 2, 5);
	tell('mightSleep', 150, 1, mightSleepSite.updateEdid);
	expect(sleeps.found).toEqual([]);
	tell('mightSleep', 200, 2, mightSleepSite.updateEdid);
	tell('otherLockReleased', 300, 2, 5);
	tell('mightSleep', 350, 2, mightSleepSite.schedule);
	tell('otherLockAcquired', 400, 3, 5);
	tell('mightSleep', 500, 3, mightSleepSite.updateEdid);
	expect(sleeps.found).toEqual([
		{
			site: 'drm_connector_update_edid_property',
			lock: 5,
			thread: 2,
			at: 200,
			heldSince: 100,
			last: 500,
			count: 2,
		},
	]);
});

test('each of the locks held and each of the functions counts; so does wait_event under qlock', () => {
	const sleeps = new AtomicSleeps(sizes);
	const tell = teller(sleeps);
	tell('lockAcquired', 10, 0, 0);
	tell('otherLockAcquired', 20, 0, 2);
	tell('roomWait', 30, 0, 0);
	tell('mightSleep', 40, 0, mightSleepSite.schedule);
	expect(sleeps.found.map(({site, lock}) => [site, lock])).toEqual([
		['wait_event', 0],
		['wait_event', 2],
		['schedule', 0],
		['schedule', 2],
	]);
});

function run(
	set: Readonly<Record<string, string>> = {},
	preset = 'edid-under-spinlock',
): RunOutcome & {readonly told: readonly string[]; readonly verdict: Verdict} {
	const configuration = configurationOf(loadPreset(preset), set);
	const outcome = runSimulation({
		configuration,
		seed: 1,
		warmup: 0,
		duration: 300e6,
		changes: [],
	});
	const verdict = judge(outcome.metrics, configuration, outcome.stall, outcome.sleeps);
	const {bottleneck, also} = verdict;
	return {...outcome, verdict, told: [bottleneck, ...also.map(other => other.bottleneck)]};
}

test('edid-under-spinlock: reported as the kernel would, and a finding; quiet on later kernels, and only there', () => {
	const {sleeps, told, verdict} = run();
	expect(` ● ${verdict.bottleneck}  ${verdict.text}`.length).toBeLessThanOrEqual(118);
	expect(` ● ${verdict.bottleneck}  ${verdict.short}`.length).toBeLessThanOrEqual(80);
	expect(told[0]).toBe('sleep-in-atomic');
	expect(sleeps).toMatchObject([{site: 'drm_connector_update_edid_property', lock: 'display_info_lock'}]);
	expect(sleeps[0].who).toMatch(/^kworker\/\d:0$/v);
	expect(sleeps[0].heldSince).toBeLessThanOrEqual(sleeps[0].at);
	expect(sleeps[0].count).toBeGreaterThan(4);
	expect(sleeps[0].text).toMatch(
		/^BUG: sleeping function called from invalid context at drm_connector_update_edid_property: in_atomic\(\): 1, pid: \d+, name: kworker\/\d:0.+holds display_info_lock since/v,
	);
	const later = run({'driver.edidProperty': 'before-lock'});
	expect([later.sleeps, later.told.includes('sleep-in-atomic')]).toEqual([[], false]);
	expect(run({'driver.spinlock': 'test-and-set'}).told).toContain('sleep-in-atomic');
});

test.each(['seed-2019-kick-under-lock', 'ring-too-small', 'cursor-behind-video', 'testbed'])(
	'%s: no thread sleeps with a lock held',
	preset => {
		expect(run({}, preset).sleeps).toEqual([]);
	},
);
