import {type Estimate, type Knob, knobs} from '../trace/recording/estimate.js';
import {type Facts, rankOf} from './facts.js';
import {limits} from './fit-report.js';
import {type Factors, type Material} from './material.js';

/**
What the logarithm of a factor is divided by: what scaling is worth. Measured times are scaled
less readily than inferred ones.
*/
const price = {measured: 2, inferred: 4} as const;

/**
Share of its limit that a figure is off by at which it weighs as much as a factor's price of 1:
figures that decide are held closer than tails, and the median, which moves most from one
simulation to the next, closest.
*/
const aim = {deciding: 0.4, median: 0.25, tail: 0.75} as const;

/**
A tail that is farther off than this many limits weighs no more: one pause of the recording makes
it, and what else fits is not to be bent for it.
*/
const hopeless = 2;

/** Stands for a simulation that stalls. */
const stalled = 1e6;

/** How far each figure is off, as a share of what it may be; 0 where the recording has none. */
export function offsOf(
	recorded: Facts,
	simulated: Facts,
): {readonly deciding: readonly number[]; readonly tails: readonly number[]} {
	const off = (a: number | null, b: number | null, limit: number): number =>
		a === null || b === null || a <= 0 ? 0 : Math.log(Math.max(b, a / 100) / a) / Math.log(1 + limit);
	const rank = (facts: Facts, at: number): number | null => rankOf(facts.latencies, at);
	return {
		deciding: [
			off(recorded.throughput, simulated.throughput, limits.throughput),
			off(rank(recorded, 0.5), rank(simulated, 0.5), limits.median),
			off(recorded.kicksPerCommand, simulated.kicksPerCommand, limits.perCommand),
			off(recorded.irqsPerCommand, simulated.irqsPerCommand, limits.perCommand),
		],
		tails: [
			off(rank(recorded, 0.9), rank(simulated, 0.9), limits.p90),
			off(rank(recorded, 0.99), rank(simulated, 0.99), limits.p99),
		],
	};
}

/** Where the median latency stands among the figures that decide. */
const medianIndex = 1;

/**
What the search makes small: the figures, those out of their limits
above all, and what scaling costs.
*/
export function residualsOf(
	{estimates}: Material,
	recorded: Facts,
	simulated: Facts | null,
	factors: Factors,
): readonly number[] {
	const prices = knobs.map(
		knob => Math.log(factors[knob]) / (isMeasured(estimates, knob) ? price.measured : price.inferred),
	);
	if (simulated === null) {
		return [stalled, ...prices];
	}

	const steep = (share: number): number => share * Math.sqrt(1 + share * share);
	const {deciding, tails} = offsOf(recorded, simulated);
	return [
		...deciding.map((off, index) => steep(off / (index === medianIndex ? aim.median : aim.deciding))),
		...tails.map(off => steep(off / Math.sqrt(1 + (off / hopeless) ** 2) / aim.tail)),
		...prices,
	];
}

/** What is scaled of the clients themselves. */
export function isOfClients(knob: Knob): boolean {
	return knob === 'clients' || knob === 'spread' || knob === 'pauses';
}

/** Whether a group has times that were measured, by themselves or with others. */
export function isSeen(estimates: readonly Estimate[], knob: Knob): boolean {
	return estimates.some(
		estimate =>
			estimate.knob === knob && (estimate.provenance === 'measured' || estimate.isPartOfMeasured === true),
	);
}

/** Whether a group is scaled as readily as what was measured by itself. */
export function isMeasured(estimates: readonly Estimate[], knob: Knob): boolean {
	return (
		isOfClients(knob) || estimates.some(estimate => estimate.knob === knob && estimate.provenance === 'measured')
	);
}

/** The figure that is off most. */
export function worstOf(offs: readonly number[]): number {
	return Math.max(...offs.map(off => Math.abs(off)));
}
