import {expect, test} from 'vitest';
import {Facts} from '../../source/diagnosis/facts.js';
import {ringFull} from '../../source/diagnosis/verdict-guest.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {runSimulation} from '../../source/run/run.js';
import {initialState} from '../../source/session/interface-state.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {sessionOf, shippedPreset} from './small-run.js';

const ms = 1_000_000;

test('what is free is shown of the ring that the device has', () => {
	for (const [name, size] of [
		['seed-2019-kick-under-lock', 64],
		['pmem-flush', 128],
		['testbed-pmem', 128],
	] as const) {
		const session = sessionOf(shippedPreset(name));
		const {ringSize} = new SnapshotMaker(session, {clock: () => 0, columns: 40}).take(initialState);
		expect(ringSize, name).toBe(size);
	}
});

test.each([1, 2, 3, 4, 5])(
	'a full ring that wakes one a buffer is no stall, and is said of its own size (seed %i)',
	seed => {
		const configuration = configurationOf(loadPreset('pmem-flush'), {'queue.flushSize': 2});
		const run = {configuration, seed, warmup: 10 * ms, duration: 40 * ms, window: 40 * ms, changes: []};
		const {metrics, end, sleeps} = runSimulation(run);
		expect(end).toBe('duration');
		// virtio_pmem_flush has released pmem_lock when it waits for room.
		expect(sleeps).toEqual([]);
		const finding = ringFull(new Facts(metrics, configuration));
		expect(finding?.text).toMatch(/ring (?:of )?2\./v);
		expect(Object.keys(finding?.suggestion?.set ?? {})).toEqual(['queue.flushSize']);
	},
);
