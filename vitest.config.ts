import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		reporters: ['default', './test/helpers/summary-reporter.ts'],
		// Layout snapshots hold text, not escape sequences; Ink draws every frame only outside CI.
		env: {FORCE_COLOR: '0', CI: 'false'},
		// All of them: by default one stays idle, which on two is half the machine.
		maxWorkers: '100%',
		// Child processes and whole simulations take their time on a busy machine.
		testTimeout: 240_000,
		hookTimeout: 240_000,
	},
});
