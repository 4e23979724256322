import {distributionDistance, type Facts, rankOf} from './facts.js';

/** A figure of the recording beside the simulation's. */
export type FitRow = {
	readonly name: string;
	readonly unit: string;
	readonly recorded: number | null;
	readonly simulated: number | null;
	/** simulated / recorded - 1; null where the recording has no such figure. */
	readonly error: number | null;
	/** How far off it may be to count as close; null for figures that decide nothing. */
	readonly allowed: number | null;
	/** What it decides: the verdict on the whole, or that on the tails; null for nothing. */
	readonly judges: 'fit' | 'tails' | null;
};

/** How well a simulation shows what was recorded. */
export type FitReport = {
	readonly rows: readonly FitRow[];
	/** Kolmogorov-Smirnov distance of num_free after each add, 0 to 1. */
	readonly numFreeDistance: number | null;
	/** Mean of the sizes of the errors, and of the errors. */
	readonly meanError: number;
	readonly bias: number;
	readonly verdict: Verdict;
	/** Of p90 and p99 by themselves: some pause of a short recording may be all that makes them. */
	readonly tails: Verdict;
	readonly words: string;
};

export type Verdict = 'close' | 'fair' | 'poor';

/**
By how much a figure of the simulation may be off the recording's for the fit to count as close;
tails are judged by themselves.
*/
export const limits = {
	throughput: 0.15,
	median: 0.25,
	perCommand: 0.25,
	p90: 0.25,
	p99: 0.35,
} as const;

/** Errors up to this many times what is allowed are fair. */
const fairShare = 2;

/** Compares a recording with its simulation. */
export function fitReport(recorded: Facts, simulated: Facts): FitReport {
	const rows = [
		row('throughput', 'cmd/s', {
			recorded: recorded.throughput,
			simulated: simulated.throughput,
			allowed: limits.throughput,
		}),
		latencyRow('latency p50', recorded, simulated, 0.5),
		latencyRow('latency p90', recorded, simulated, 0.9),
		latencyRow('latency p99', recorded, simulated, 0.99),
		row('kicks', 'per cmd', {
			recorded: recorded.kicksPerCommand,
			simulated: simulated.kicksPerCommand,
			allowed: limits.perCommand,
		}),
		row('IRQs', 'per cmd', {
			recorded: recorded.irqsPerCommand,
			simulated: simulated.irqsPerCommand,
			allowed: limits.perCommand,
		}),
		...lockRows(recorded, simulated),
	];
	const known = rows.filter(({error}) => error !== null);
	const deciding = known.filter(({judges}) => judges === 'fit');
	const tailing = known.filter(({judges}) => judges === 'tails');
	const errors = deciding.map(({error}) => error ?? 0);
	const verdict = verdictOf(deciding);
	const tails = verdictOf(tailing);
	return {
		rows,
		numFreeDistance: distributionDistance(recorded.numFree, simulated.numFree),
		meanError: mean(errors.map(error => Math.abs(error))),
		bias: mean(errors),
		verdict,
		tails,
		words: `${wordsOf(verdict, deciding)}${tailing.length === 0 ? '' : `; ${tailWords(tails, tailing)}`}`,
	};
}

function verdictOf(rows: readonly FitRow[]): Verdict {
	const worst = Math.max(0, ...rows.map(({error, allowed}) => Math.abs(error ?? 0) / (allowed ?? Infinity)));
	return worst <= 1 ? 'close' : worst <= fairShare ? 'fair' : 'poor';
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function tailWords(verdict: Verdict, rows: readonly FitRow[]): string {
	return verdict === 'close'
		? `tails close: p90 within ${percent(limits.p90)}, p99 within ${percent(limits.p99)}`
		: `tails ${verdict}: off in ${offWords(rows)}; p90 may be off by ${percent(limits.p90)}, p99 by ` +
				`${percent(limits.p99)}`;
}

function offWords(rows: readonly FitRow[]): string {
	return rows
		.filter(({error, allowed}) => Math.abs(error ?? 0) > (allowed ?? Infinity))
		.map(({name, error}) => `${name} ${signed(error ?? 0)}`)
		.join(', ');
}

/**
Waits for the lock by who waits and for whom, where the recording has them: often a
handful, so that they decide nothing.
*/
function lockRows({lock: recorded}: Facts, {lock: simulated}: Facts): readonly FitRow[] {
	if (recorded === null) {
		return [];
	}

	const names = {
		worker: ['worker waits', 'ms/s'],
		submitter: ['submit waits', 'ms/s'],
		waits: ['lock waits', 'per s'],
		onNotify: ['  in notify', 'per s'],
	} as const;
	return (['worker', 'submitter', 'waits', 'onNotify'] as const).map(key =>
		row(
			names[key][0],
			names[key][1],
			{recorded: recorded[key], simulated: simulated?.[key] ?? null, allowed: null},
			null,
		),
	);
}

function latencyRow(name: string, recorded: Facts, simulated: Facts, rank: 0.5 | 0.9 | 0.99): FitRow {
	const inMicroseconds = (time: number | null): number | null => (time === null ? null : time / 1000);
	const allowed = rank === 0.5 ? limits.median : rank === 0.9 ? limits.p90 : limits.p99;
	return row(
		name,
		'us',
		{
			recorded: inMicroseconds(rankOf(recorded.latencies, rank)),
			simulated: inMicroseconds(rankOf(simulated.latencies, rank)),
			allowed,
		},
		rank === 0.5 ? 'fit' : 'tails',
	);
}

function row(
	name: string,
	unit: string,
	{recorded, simulated, allowed}: Pick<FitRow, 'recorded' | 'simulated' | 'allowed'>,
	judges: FitRow['judges'] = 'fit',
): FitRow {
	const error = recorded === null || simulated === null || recorded === 0 ? null : simulated / recorded - 1;
	return {
		name,
		unit,
		recorded,
		simulated,
		error,
		allowed,
		judges,
	};
}

function wordsOf(verdict: Verdict, rows: readonly FitRow[]): string {
	const off = offWords(rows);
	switch (verdict) {
		case 'close': {
			return (
				'close: throughput within 15 %, median latency, kicks and IRQs within 25 %; the fit aimed at these ' +
				'figures, so what it says about changes needs a second recording to be believed'
			);
		}

		case 'fair': {
			return `fair: off in ${off}; look at directions, not at amounts`;
		}

		case 'poor': {
			return (
				`poor: off in ${off}; the model does not show this load, so do not rely on what it says about ` +
				'changes'
			);
		}
	}
}

/** The table as text. */
export function fitText({rows, numFreeDistance, meanError, bias, words}: FitReport, heading = 'recorded'): string {
	const lines = rows.map(({name, unit, recorded, simulated, error}) =>
		(
			`  ${name.padEnd(12)} ${unit.padEnd(8)} ${figure(recorded).padStart(10)} ` +
			`${figure(simulated).padStart(10)}   ${error === null ? '' : signed(error)}`
		).trimEnd(),
	);
	return [
		`  ${''.padEnd(12)} ${''.padEnd(8)} ${heading.padStart(10)} ${'simulated'.padStart(10)}   error`,
		...lines,
		'  num_free: largest distance between the two distributions ' +
			`${numFreeDistance === null ? '-' : numFreeDistance.toFixed(2)} (0 same, 1 apart)`,
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
