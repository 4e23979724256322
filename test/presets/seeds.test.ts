import {expect, test} from 'vitest';
import {configurationOf, type Preset} from '../../source/presets/preset.js';
import {listPresets} from '../../source/presets/load-preset.js';
import {runSimulation} from '../../source/run/run.js';

/** The events of a preset on two seeds, for some time from its start, ns. */
function areSame(preset: Preset, duration: number): boolean {
	const [one, other] = [1, 2].map(seed => {
		const plan = {configuration: configurationOf(preset), seed, warmup: 0, duration, changes: [], window: duration};
		return runSimulation(plan).eventHash;
	});
	return one === other;
}

test('two seeds are two runs in every preset that draws anything', () => {
	// Once they differ they stay so; one that draws late has more time.
	const same = listPresets().filter(preset => areSame(preset, 5_000_000) && areSame(preset, 100_000_000));
	expect(same.map(({name}) => name)).toEqual([]);
});
