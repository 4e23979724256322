import {loadPreset} from '../../presets/load-preset.js';
import {runPublishedPair, type PairResult} from './pair-check.js';
import {publishedPairs} from './published-pairs.js';
import {runTheoryCheck, type TheoryResult} from './theory-check.js';
import {theoryChecks} from './theory-checks.js';

/** What the checks came to, in the order in which they were made. */
export type SelfcheckResult = {
	readonly theory: readonly TheoryResult[];
	readonly pairs: readonly PairResult[];
};

/** How many results `selfcheck` yields. */
export const selfcheckSize = theoryChecks.length + publishedPairs.length;

/** Makes all checks, one a step; each yields what there is so far. A caller may stop between two. */
export function * selfcheck(): Generator<SelfcheckResult, void, void> {
	const theory: TheoryResult[] = [];
	const pairs: PairResult[] = [];
	for (const check of theoryChecks) {
		theory.push(runTheoryCheck(check));
		yield {theory, pairs};
	}

	for (const pair of publishedPairs) {
		pairs.push(runPublishedPair(pair, loadPreset(pair.preset)));
		yield {theory, pairs};
	}
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
