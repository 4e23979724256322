import {expect, test} from 'vitest';
import {runSimulation} from '../../../source/run/run.js';
import {listPresets} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {type Theme} from '../../../source/presets/themes.js';
import {judge} from '../../../source/diagnosis/verdict.js';

const seeds = [1, 2, 3];

/** Simulated time, ns: long enough for the verdict of a preset that does not say how long. */
const warmup = 100e6;
const duration = 200e6;

/** A test for the verdict that each preset of these themes expects, on three seeds. */
export function checkVerdicts(...themes: readonly Theme[]): void {
	const cases = listPresets()
		.filter(({theme}) => themes.includes(theme))
		.flatMap(preset =>
			preset.expect.flatMap(expectation =>
				'verdict' in expectation ? [{preset, expectation, name: `${preset.name}: ${expectation.verdict}`}] : [],
			),
		);

	test.each(cases)('$name', ({preset, expectation}) => {
		const configuration = configurationOf(preset);
		const verdicts = seeds.map(seed => {
			const {metrics, stall, sleeps} = runSimulation({
				configuration,
				seed,
				warmup,
				duration: expectation.for ?? duration,
				changes: [],
			});
			return judge(metrics, configuration, stall, sleeps);
		});
		expect(
			verdicts.map(({bottleneck}) => bottleneck),
			verdicts.map(({text}) => text).join('\n'),
		).toEqual(seeds.map(() => expectation.verdict));
	});

	test('every preset says what its verdict must be', () => {
		const silent = listPresets().filter(
			({theme, expect: claims}) => themes.includes(theme) && !claims.some(claim => 'verdict' in claim),
		);
		expect(silent.map(({name}) => name)).toEqual([]);
	});
}
