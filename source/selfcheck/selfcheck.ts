import {loadPreset} from '../presets/load-preset.js';
import {runPublishedPair, type PairResult} from './pair-check.js';
import {publishedPairs} from './published-pairs.js';
import {runTheoryCheck, type TheoryResult} from './theory-check.js';
import {theoryChecks} from './theory-checks.js';

/** What the checks came to, in the order in which they were made. */
export type SelfcheckResult = {
	readonly theory: readonly TheoryResult[];
	readonly pairs: readonly PairResult[];
};

/** How many checks there are. */
export const selfcheckSize = theoryChecks.length + publishedPairs.length;

/** What came of one check: of a closed form or of a published pair. */
export type CheckResult = {readonly theory: TheoryResult} | {readonly pair: PairResult};

/** Makes the check of this number, 0 to `selfcheckSize` - 1: the closed forms first. */
export function runCheck(check: number): CheckResult {
	if (check < theoryChecks.length) {
		return {theory: runTheoryCheck(theoryChecks[check])};
	}

	const pair = publishedPairs[check - theoryChecks.length];
	return {pair: runPublishedPair(pair, loadPreset(pair.preset))};
}

/** The results by check, with gaps where there is none yet, as one. */
export function resultOf(checks: ReadonlyArray<CheckResult | undefined>): SelfcheckResult {
	const done = checks.filter(check => check !== undefined);
	return {
		theory: done.flatMap(check => ('theory' in check ? [check.theory] : [])),
		pairs: done.flatMap(check => ('pair' in check ? [check.pair] : [])),
	};
}

/** Figures of a self-check: how many hold. A pair counts when its band excludes 1. */
export function selfcheckSummary({theory, pairs}: SelfcheckResult): {
	readonly theory: number;
	readonly theoryHolds: number;
	readonly pairs: number;
	readonly pairsHold: number;
	readonly counted: number;
	readonly countedHold: number;
	readonly holds: boolean;
} {
	const theoryHolds = theory.filter(({verdict}) => verdict !== 'out').length;
	const held = pairs.filter(({verdict}) => verdict === 'in band');
	return {
		theory: theory.length,
		theoryHolds,
		pairs: pairs.length,
		pairsHold: held.length,
		counted: pairs.filter(({counted}) => counted).length,
		countedHold: held.filter(({counted}) => counted).length,
		holds: theoryHolds === theory.length && held.length === pairs.length,
	};
}
