import {Run, type RunOptions, type RunOutcome, runSimulation} from '../../source/run/run.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {ms} from './model-configuration.js';

/** Measures a configuration: seed 1, no warm-up, 100 ms, unless said otherwise. */
export function measured(configuration: Configuration, options: Partial<RunOptions> = {}): RunOutcome {
	return runSimulation({
		configuration,
		seed: 1,
		warmup: 0,
		duration: 100 * ms,
		changes: [],
		...options,
	});
}

/** A run of a configuration, with the same defaults, to be advanced by the test. */
export function runOf(configuration: Configuration, options: Partial<RunOptions> = {}): Run {
	return new Run({
		configuration,
		seed: 1,
		warmup: 0,
		duration: 100 * ms,
		changes: [],
		...options,
	});
}

/** Every leaf of a tree that is a number or null, as [path, value]; array indices as `[i]`. */
export function leaves(node: unknown, path = ''): ReadonlyArray<readonly [path: string, value: unknown]> {
	if (typeof node !== 'object' || node === null) {
		return [[path, node]];
	}

	return Object.entries(node).flatMap(([key, value]) =>
		leaves(value, Array.isArray(node) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
	);
}
