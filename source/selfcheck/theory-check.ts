import {type Metrics} from '../metrics/metrics.js';
import {type Configuration} from '../simulation/configuration.js';
import {runSimulation} from '../run/run.js';
import {estimate} from './interval.js';

/** A closed form beside a configuration of the model that must meet it. Times in ns. */
export type TheoryCheck = {
	readonly law: string;
	/** The range in which the law holds for this model. */
	readonly applies: string;
	/** This configuration, in words. */
	readonly setting: string;
	readonly quantity: string;
	readonly configuration: Configuration;
	readonly duration: number;
	/**
	Independent runs with seeds from 1; several where chance moves the figure by more than 1 %.
	*/
	readonly runs: number;
	readonly simulated: (metrics: Metrics) => number;
	/** The closed form, for the parameters. */
	readonly exact: number;
	/**
	The closed form for the arrivals and services that the run happened to draw, whose means are
	known: what it differs from `exact` is the luck of the run and not an error of the model, and is
	taken off (a control variate).
	*/
	readonly drawn?: (metrics: Metrics) => number;
};

/** What came of a check. */
export type TheoryResult = Pick<TheoryCheck, 'law' | 'applies' | 'setting' | 'quantity' | 'exact' | 'runs'> & {
	/** Mean of the runs, less their luck where that is known. */
	readonly simulated: number;
	/** Relative, signed. */
	readonly error: number;
	/** Half of the 99 % interval, relative; null for a single run. */
	readonly interval: number | null;
	/** Commands completed in all runs. */
	readonly commands: number;
	readonly verdict: 'within 1 %' | 'within its interval' | 'out';
};

const tolerance = 0.01;

/** An interval wider than this proves nothing. */
const widest = 0.05;

/** Not measured: the start of an empty queue, ns. */
const warmup = 100_000_000;

/** Runs the model and compares. */
export function runTheoryCheck(check: TheoryCheck): TheoryResult {
	const {law, applies, setting, quantity, exact, runs, duration, configuration, simulated} = check;
	let commands = 0;
	const values = Array.from({length: runs}, (_, run) => {
		const {metrics} = runSimulation({
			configuration,
			seed: run + 1,
			warmup,
			duration,
			changes: [],
			window: duration,
		});
		commands += ((metrics.cursor ?? metrics).throughput.completed * duration) / 1e9;
		return simulated(metrics) - (check.drawn === undefined ? 0 : check.drawn(metrics) - exact);
	});
	const {mean, halfWidth} = estimate(values);
	const error = mean / exact - 1;
	const interval = halfWidth === null ? null : halfWidth / exact;
	return {
		law,
		applies,
		setting,
		quantity,
		exact,
		runs,
		simulated: mean,
		error,
		interval,
		commands: Math.round(commands),
		verdict: verdictOf(error, interval),
	};
}

function verdictOf(error: number, interval: number | null): TheoryResult['verdict'] {
	if (Math.abs(error) <= tolerance) {
		return 'within 1 %';
	}

	return interval !== null && interval <= widest && Math.abs(error) <= interval ? 'within its interval' : 'out';
}
