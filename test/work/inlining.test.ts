import v8 from 'node:v8';
import {afterAll, expect, test} from 'vitest';
import {runBlock} from '../../source/experiment/advise/block.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {limitInlining} from '../../source/work/inlining.js';

afterAll(() => {
	// Other files of this process are to be as fast as ever.
	v8.setFlagsFromString('--max-inlined-bytecode-size-cumulative=920');
});

test('how much is compiled into one function moves no number', () => {
	const millisecond = 1_000_000;
	const made = () =>
		[1, 2].map(seed =>
			runBlock({
				configuration: configurationOf(loadPreset('seed-2019-kick-under-lock')),
				seed,
				length: {warmup: 5 * millisecond, settle: millisecond, duration: 10 * millisecond},
				whole: false,
				fromStart: false,
				budget: Infinity,
				paths: ['throughput.completed'],
				withBase: true,
				sets: [{'driver.lockPolicy': 'kick-after-unlock'}],
			}),
		);
	const before = made();
	limitInlining();
	expect(made()).toEqual(before);
});
