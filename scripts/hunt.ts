import {argv, stdout} from 'node:process';
import fc from 'fast-check';
import {runChecked} from '../test/helpers/checked-run.js';
import {describe, trial} from '../test/helpers/model-arbitrary.js';

/**
Hunts for a configuration that breaks an invariant: `npm run hunt -- [runs] [seed]` simulates so
many random configurations with random changes, each checked after every event, and prints the first
that fails, shrunk. Exit 1 then.
*/
const runs = Number(argv[2] ?? 2500);
const seed = Number(argv[3] ?? 1);
let done = 0;
let events = 0;
const outcome = fc.check(
	fc.property(trial, candidate => {
		events += runChecked(candidate).events;
		done++;
		if (done % 100 === 0) {
			stdout.write(`${done} configurations, ${events} events\n`);
		}
	}),
	{seed, numRuns: runs},
);

if (outcome.failed) {
	const [candidate] = outcome.counterexample ?? [];
	stdout.write(`${String(outcome.errorInstance)}\n${candidate === undefined ? '' : describe(candidate)}\n`);
	process.exitCode = 1;
} else {
	stdout.write(`${done} configurations, ${events} events, no breach\n`);
}
