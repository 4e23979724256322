import {type Change} from '../parameters/configuration.js';
import {type Configuration} from './configuration.js';

/** A run, whole: everything that decides its events. Times in ns. */
export type RunPlan = {
	readonly configuration: Configuration;
	readonly seed: number;
	/** Simulated and not measured. */
	readonly warmup: number;
	/** Measured, after the warm-up. */
	readonly duration: number;
	/** Changes, at times since the start of the run. */
	readonly changes: readonly Change[];
};
