import {defineConfig} from 'vitest/config';
import HeavyFirst from './test/helpers/heavy-first.js';

/** What all tests have. */
const common = {
	// Layout snapshots hold text, not escape sequences; Ink draws every frame only outside CI.
	env: {FORCE_COLOR: '0', CI: 'false'},
	// Child processes and whole simulations take their time on a busy machine.
	testTimeout: 240_000,
	hookTimeout: 240_000,
};

/**
Files that have a process of their own. They replace a module (`vi.mock`), which only Vite's own
loader can, and one that is replaced is so for all who share it; or they look at what the compiler
has learnt of classes, which no other test may have taught it.
*/
const alone = ['test/screens/numbers.test.ts', 'test/simulation/hidden-classes.test.ts'];

export default defineConfig({
	test: {
		reporters: ['default', './test/helpers/summary-reporter.ts'],
		// All of them: by default one stays idle, which on two is half the machine.
		maxWorkers: '100%',
		sequence: {sequencer: HeavyFirst},
		projects: [
			{
				test: {
					...common,
					name: 'shared',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: alone,
					// A process loads the program once, for all the files that it gets:
					// loading takes longer than most of them.
					isolate: false,
					// Node's own loader, with tsx as in the scripts: behind Vite's, which looks
					// an import up at each use, a simulation takes 1.7 times as long.
					// Room for what a simulation leaves behind, which is cleared less often
					// then: a twentieth of the time. Cleared by its own thread: others that
					// help have no core of their own here, and take as much again.
					execArgv: ['--max-semi-space-size=64', '--single-threaded-gc', '--import', 'tsx'],
					experimental: {viteModuleRunner: false, nodeLoader: false},
				},
			},
			{
				test: {
					...common,
					name: 'alone',
					include: alone,
					sequence: {groupOrder: 1},
				},
			},
		],
	},
});
