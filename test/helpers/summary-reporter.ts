import process from 'node:process';
import {type Reporter, type TestModule} from 'vitest/node';

type Counts = {passed: number; failed: number; skipped: number};

/** A module counts by its tests, and as one failed test when it could not even be loaded. */
function count(module: TestModule, counts: Counts): void {
	for (const test of module.children.allTests()) {
		const {state} = test.result();
		if (state === 'passed' || state === 'failed') {
			counts[state]++;
		} else {
			counts.skipped++;
		}
	}

	counts.failed += module.errors().length;
}

/**
Prints `N passed, N failed` (and what was skipped) as the very last line of a run, for
scripts that look at nothing else; written on exit, when every other reporter is done.
*/
export default class SummaryReporter implements Reporter {
	private counts: Counts | undefined;

	onInit(): void {
		process.once('exit', () => {
			const {passed, failed, skipped} = this.counts ?? {passed: 0, failed: 1, skipped: 0};
			process.stdout.write(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
		});
	}

	onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
		const counts = {passed: 0, failed: unhandledErrors.length, skipped: 0};
		for (const module of modules) {
			count(module, counts);
		}

		this.counts = counts;
		if (counts.failed > 0) {
			process.exitCode = 1;
		}
	}
}
