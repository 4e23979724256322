import {expect, test} from 'vitest';
import {checkClaim, ClaimRuns, claimText} from '../../../source/diagnosis/claims.js';
import {type Metrics} from '../../../source/metrics/metrics.js';
import {listPresets} from '../../../source/presets/load-preset.js';
import {type Theme} from '../../../source/presets/themes.js';

/** Simulated time of a run at most, ns. */
const longest = 1e9;

/**
Runs of half the time of a claim that does not say how long. What comes out differs by a hundredth
or two from that of the whole time, which no claim is that near to; `vqlab presets --check` takes
the whole.
*/
class ShortRuns extends ClaimRuns {
	override of(...[preset, asked]: Parameters<ClaimRuns['of']>): Metrics {
		return super.of(preset, {...asked, duration: Math.min(asked.duration, longest)});
	}
}

const runs = new ShortRuns();

/** A test for each figure that the presets of these themes expect of themselves. */
export function checkExpectations(...themes: readonly Theme[]): void {
	const cases = listPresets()
		.filter(({theme}) => themes.includes(theme))
		.flatMap(preset =>
			preset.expect
				.filter(claim => 'metric' in claim)
				.map(claim => ({preset, claim, name: `${preset.name}: ${claimText(claim)}`})),
		);

	test.each(cases)('$name', ({preset, claim}) => {
		const {got, holds} = checkClaim(preset, claim, runs);
		expect(holds, `got ${got}`).toBe(true);
	});
}
