import {expect, test} from 'vitest';
import {configurationOf} from '../../source/presets/preset.js';
import {listPresets} from '../../source/presets/load-preset.js';
import {runSimulation} from '../../source/run/run.js';

test('two seeds are two runs in every preset that draws anything', () => {
	const same = listPresets().filter(preset => {
		const configuration = configurationOf(preset);
		const [one, other] = [1, 2].map(
			seed =>
				runSimulation({
					configuration,
					seed,
					warmup: 0,
					duration: 100_000_000,
					changes: [],
					window: 100_000_000,
				}).eventHash,
		);
		return one === other;
	});
	expect(same.map(({name}) => name)).toEqual([]);
});
