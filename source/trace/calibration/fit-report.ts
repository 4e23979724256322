import {distributionDistance, type Facts, rankOf} from './facts.js';

/** A figure of the recording beside the simulation's. */
export type FitRow = {
	readonly name: string;
	readonly unit: string;
	readonly recorded: number | null;
	readonly simulated: number | null;
	/** simulated / recorded - 1; null where the recording has no such figure. */
	readonly error: number | null;
	/** How far off it may be for the fit to count as close; null for figures that do not decide. */
	readonly allowed: number | null;
};

/** How well a simulation shows what was recorded. */
export type FitReport = {
	readonly rows: readonly FitRow[];
	/** Kolmogorov-Smirnov distance of num_free after each add, 0 to 1. */
	readonly numFreeDistance: number | null;
	/** Mean of the sizes of the errors, and of the errors. */
	readonly meanError: number;
	readonly bias: number;
	readonly verdict: 'close' | 'fair' | 'poor';
	readonly words: string;
};

/** Errors up to this many times what is allowed are fair. */
const fairShare = 2;

/** Compares a recording with its simulation. */
export function fitReport(recorded: Facts, simulated: Facts): FitReport {
	const rows = [
		row('throughput', 'cmd/s', recorded.throughput, simulated.throughput, 0.15),
		latencyRow('latency p50', recorded, simulated, 0.5, 0.25),
		latencyRow('latency p90', recorded, simulated, 0.9, null),
		latencyRow('latency p99', recorded, simulated, 0.99, null),
		row('kicks', 'per cmd', recorded.kicksPerCommand, simulated.kicksPerCommand, 0.25),
		row('IRQs', 'per cmd', recorded.irqsPerCommand, simulated.irqsPerCommand, 0.25),
	];
	const deciding = rows.filter(({allowed, error}) => allowed !== null && error !== null);
	const errors = deciding.map(({error}) => error ?? 0);
	const worst = Math.max(0, ...deciding.map(({error, allowed}) => Math.abs(error ?? 0) / (allowed ?? 1)));
	const verdict = worst <= 1 ? 'close' : (worst <= fairShare ? 'fair' : 'poor');
	return {
		rows,
		numFreeDistance: distributionDistance(recorded.numFree, simulated.numFree),
		meanError: mean(errors.map(error => Math.abs(error))),
		bias: mean(errors),
		verdict,
		words: wordsOf(verdict, deciding),
	};
}

function latencyRow(name: string, recorded: Facts, simulated: Facts, rank: number, allowed: number | null): FitRow {
	const inMicroseconds = (time: number | null): number | null => time === null ? null : time / 1000;
	return row(name, 'us', inMicroseconds(rankOf(recorded.latencies, rank)), inMicroseconds(rankOf(simulated.latencies, rank)), allowed);
}

function row(name: string, unit: string, recorded: number | null, simulated: number | null, allowed: number | null): FitRow {
	const error = recorded === null || simulated === null || recorded === 0 ? null : (simulated / recorded) - 1;
	return {
		name, unit, recorded, simulated, error, allowed,
	};
}

function wordsOf(verdict: FitReport['verdict'], rows: readonly FitRow[]): string {
	const off = rows.filter(({error, allowed}) => Math.abs(error ?? 0) > (allowed ?? 1)).map(({name, error}) => `${name} ${signed(error ?? 0)}`).join(', ');
	switch (verdict) {
		case 'close': {
			return 'close: throughput within 15 %, median latency, kicks and IRQs within 25 %; the fit aimed at these figures, so what it says about changes needs a second recording to be believed';
		}

		case 'fair': {
			return `fair: off in ${off}; look at directions, not at amounts`;
		}

		case 'poor': {
			return `poor: off in ${off}; the model does not show this load, so do not rely on what it says about changes`;
		}
	}
}

/** The table as text. */
export function fitText({rows, numFreeDistance, meanError, bias, words}: FitReport, heading = 'recorded'): string {
	const lines = rows.map(({name, unit, recorded, simulated, error}) =>
		`  ${name.padEnd(12)} ${unit.padEnd(8)} ${figure(recorded).padStart(10)} ${figure(simulated).padStart(10)}   ${error === null ? '' : signed(error)}`.trimEnd());
	return [
		`  ${''.padEnd(12)} ${''.padEnd(8)} ${heading.padStart(10)} ${'simulated'.padStart(10)}   error`,
		...lines,
		`  num_free: largest distance between the two distributions ${numFreeDistance === null ? '-' : numFreeDistance.toFixed(2)} (0 same, 1 apart)`,
		`  mean error ${(100 * meanError).toFixed(0)} %, bias ${signed(bias)}`,
		`  ${words}`,
		'',
	].join('\n');
}

/** Four digits at most, thousands without exponent. */
export function figure(value: number | null): string {
	if (value === null) {
		return '-';
	}

	return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function signed(share: number): string {
	const percent = Math.round(100 * share);
	return `${percent > 0 ? '+' : ''}${percent} %`;
}

function mean(values: readonly number[]): number {
	let sum = 0;
	for (const value of values) {
		sum += value;
	}

	return values.length === 0 ? 0 : sum / values.length;
}
