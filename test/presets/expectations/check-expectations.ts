import {expect, test} from 'vitest';
import {checkClaim, ClaimRuns, claimText} from '../../../source/diagnosis/claims.js';
import {listPresets} from '../../../source/presets/load-preset.js';
import {type Theme} from '../../../source/presets/themes.js';

const runs = new ClaimRuns();

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
