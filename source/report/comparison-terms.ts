import {type Term, term} from './term.js';

/** What `vqlab compare` and `vqlab diff` say. */
export const comparisonTerms: readonly Term[] = [
	term(
		'compare',
		'vqlab compare A B: pairs of runs with the same random numbers on both sides (or two recordings, which ' +
			'are not paired), a difference with its 95 % interval for each metric, and a word. docs/statistics.md ' +
			'says how it is reckoned.',
	),
	term(
		'better',
		'The interval lies beyond the margin on the good side, and the whole table together bears the claim.',
	),
	term('worse', 'The interval lies beyond the margin on the bad side, and the whole table together bears the claim.'),
	term('same', 'The interval lies inside the margin: a difference, if there is one, does not matter.'),
	term('different', 'The interval lies beyond the margin, of a metric of which neither more nor less is better.'),
	term(
		'undecided',
		'The interval reaches over the edge of the margin, or there are fewer than 5 pairs: more --runs.',
	),
	term(
		'significant',
		'The interval does not hold 0. It may still lie inside the margin: then the difference is real, and the same.',
	),
	term(
		'margin',
		'How large a difference has to be to matter: 1 % of a, 2 % for p50 and p90, 5 % from p99 on, never ' +
			'below what can be seen; --same-within sets another.',
	),
	term(
		'gate',
		'A condition of --fail-if: it fails, passes, or is undecided, and decides the exit status of compare.',
	),
	term('unexplained', 'What --ablate finds beyond what each key does alone and pairs of keys do together.'),
	term(
		'diff',
		'vqlab diff A B: the first event in which two runs of one seed differ, the key behind it, and who ' +
			'waited for whom from there to a command that feels it.',
	),
	term('felt', 'A command of the slowest per cent of its side that owes its time to the difference.', 'latency.p99'),
	term('same run', 'Every event of both runs is the same: --expect found the event hash that it was given.'),
];
