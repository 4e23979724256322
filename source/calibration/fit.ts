import {type ClientSpec, type FaultSpec} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {checkClients} from '../simulation/parameters/check-clients.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';
import {resolveClients, withoutClientKeys} from '../simulation/parameters/resolve-clients.js';
import {type Estimate, type Knob, knobs} from '../trace/recording/estimate.js';
import {scaled, widened} from '../trace/recording/samples.js';
import {longestClientTime} from './client-estimates.js';
import {type Facts, rankOf} from './facts.js';
import {limits} from './fit-report.js';
import {dampedStep} from './least-squares.js';
import {type Effort, mergedFacts, simulatedFacts} from './simulated-facts.js';

/** By how much each group of times is scaled. */
export type Factors = Readonly<Record<Knob, number>>;

export const noFactors: Factors = {
	clients: 1,
	doorbell: 1,
	'host wake': 1,
	'host service': 1,
	interrupt: 1,
	worker: 1,
	responses: 1,
	spread: 1,
	pauses: 1,
};

/** What a calibrated configuration is made from. */
export type Material = {
	readonly estimates: readonly Estimate[];
	readonly clients: readonly ClientSpec[];
	/** Pauses of the machine that came once. */
	readonly faults: readonly FaultSpec[];
	/** What the user says of the machine: it wins over the recording. */
	readonly given: GivenParameters;
};

/** How far the search is. */
export type FitStep = {
	readonly material: Material;
	readonly factors: Factors;
	readonly loss: number;
	readonly simulations: number;
};

const longestTime = 10_000_000;

/** Farther from what was measured than this nothing is scaled. */
const farthest = 8;

/**
The wide search looks at short runs, the last steps at as much as the report does, with other random
numbers: tails need long runs.
*/
const wideEffort: Effort = {commands: 3000, events: 200_000, longest: 2_000_000_000};
const wideSeeds = [1];
const judgeEffort: Effort = {commands: 6000, events: 600_000, longest: 4_000_000_000};
const judgeSeeds = [11, 12, 13];

/**
The best of what was judged are looked at once more, with fresh numbers: the very
best of many may owe it to luck.
*/
const finalSeeds = [21, 22, 23, 24, 25];
const finalists = 5;

/** Attempts of each kind from one beginning. */
const wideAttempts = 60;
const judgedAttempts = 40;

/** Logarithm of the factor by which a group is scaled to see what it does. */
const probeWidth = 0.3;

/** Longest step of one group, as a logarithm. */
const longestStep = 0.9;

/** From bold to careful. */
const dampings = [0.5, 4, 30];

/** The search ends once every figure is off by no more than this share of its limit. */
const calm = 0.6;

/** And no other beginning is tried from this share on. */
const goodEnough = 0.85;

/** From this share on long runs are worth their while when only some groups may be scaled. */
const nearby = 1.2;

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

/**
Simulations after which no other beginning is tried: a load that the model
does not show takes long enough.
*/
const mostSimulations = 450;

/** Where another search begins: all is slower than single events say. */
const slower: Factors = {
	clients: 1.5,
	doorbell: 2.5,
	'host wake': 2,
	'host service': 1.5,
	interrupt: 1.5,
	worker: 1,
	responses: 1.5,
	spread: 1,
	pauses: 1,
};

/** Stands for a simulation that stalls. */
const stalled = 1e6;

/**
The configuration that the estimates, scaled, describe.

@throws {UserError} when what the user says does not go with it.
*/
export function configured({estimates, clients, faults, given}: Material, factors: Factors): Configuration {
	const found = Object.fromEntries(
		estimates.map(({key, value, knob, provenance}) => {
			if (knob === null || typeof value !== 'object') {
				return [key, value];
			}

			const longest = key.startsWith('device.') ? 100 * longestTime : longestTime;
			const longer = scaled(value, factors[knob], longest);
			// What was measured event by event has the spread that it has.
			return [key, provenance === 'measured' ? longer : widened(longer, factors, longest)];
		}),
	);
	const settings = {...found, ...withoutClientKeys(given)};
	const configuration: Configuration = {
		parameters: resolveParameters(settings),
		// What the user says of a client is not scaled either.
		clients: resolveClients(
			clients.map(client => scaledClient(client, factors)),
			given,
		),
		faults,
		given: settings,
	};
	checkClients(configuration);
	return configuration;
}

/** How far each figure is off, as a share of what it may be; 0 where the recording has none. */
function offsOf(
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
function residualsOf(
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

/**
`worst`: how far the figure that is off most is off, as a share of its limit;
`worstDeciding`: the same without the tails.
*/
type Attempt = FitStep & {
	readonly residuals: readonly number[];
	readonly worst: number;
	readonly worstDeciding: number;
};

/**
Looks for the factors under which the simulation comes closest to the recording: damped least
squares over all groups at once, on short runs and then on long ones. What was measured is scaled
only when what was inferred does not bring it close enough. The same input gives the same answer.
Yields after each simulation, so that the caller can show progress and stop.
*/
export function* fit(materials: readonly Material[], recorded: Facts): Generator<FitStep, FitStep> {
	const counter = {simulations: 0};
	let best: Attempt | null = null;
	const beginnings = [
		// What needs no scaling is right, however likely it is.
		...(materials.length > 1
			? materials.toReversed().map(material => ({material, start: noFactors, free: []}))
			: []),
		// Bent far enough, a wrong one comes close too: only the likeliest is scaled.
		...materials
			.slice(0, 1)
			.flatMap(material => [...beginningsOf(material), {material, start: slower, free: knobs}]),
	];
	const judged: Attempt[] = [];
	const begun = new Set<string>();
	for (const {material, start, free: wanted} of beginnings) {
		const isAll = wanted.length === knobs.length;
		// A tail that is off is no reason to doubt what was measured, be it as a sum only.
		const free =
			best !== null && best.worstDeciding <= calm
				? wanted.filter(knob => isOfClients(knob) || !isSeen(material.estimates, knob))
				: wanted;
		const beginning = `${materials.indexOf(material)} ${JSON.stringify(start)} ${free.join(',')}`;
		if (begun.has(beginning)) {
			continue;
		}

		begun.add(beginning);
		const wide = attempts(material, recorded, counter, wideSeeds, wideEffort);
		const look = attempts(material, recorded, counter, judgeSeeds, judgeEffort);
		const judge = (factors: Factors): Attempt => {
			const attempt = look(factors);
			judged.push(attempt);
			return attempt;
		};

		let found: Attempt = judge(start);
		yield found;
		if (found.worst > calm && free.length > 0) {
			const near: Attempt = yield* search(wide(start), free, wide, wideAttempts);
			const again = judge(near.factors);
			found = again.loss < found.loss ? again : found;
			// What scaling of a few groups does not bring near is left to the scaling of all.
			if (found.worst <= nearby || isAll) {
				found = yield* search(found, free, judge, judgedAttempts);
			}
		}

		best = best === null || found.loss < best.loss ? found : best;
		if (best.worst <= goodEnough || counter.simulations >= mostSimulations) {
			break;
		}
	}

	if (best === null) {
		throw new Error('nothing to fit');
	}

	const {material, factors, loss} = best.worst <= calm ? best : yield* final(judged, recorded, counter);
	return {
		material,
		factors,
		loss,
		simulations: counter.simulations,
	};
}

/** The best of the judged by what they are worth with fresh random numbers. */
function* final(
	judged: readonly Attempt[],
	recorded: Facts,
	counter: {simulations: number},
): Generator<FitStep, Attempt> {
	let best: Attempt | null = null;
	for (const {material, factors} of judged.toSorted((a, b) => a.loss - b.loss).slice(0, finalists)) {
		const attempt = attempts(material, recorded, counter, finalSeeds, judgeEffort)(factors);
		yield attempt;
		best = best === null || attempt.loss < best.loss ? attempt : best;
	}

	if (best === null) {
		throw new Error('nothing was judged');
	}

	return best;
}

/** What is scaled of the clients themselves. */
function isOfClients(knob: Knob): boolean {
	return knob === 'clients' || knob === 'spread' || knob === 'pauses';
}

/** Whether a group has times that were measured, by themselves or with others. */
function isSeen(estimates: readonly Estimate[], knob: Knob): boolean {
	return estimates.some(
		estimate =>
			estimate.knob === knob && (estimate.provenance === 'measured' || estimate.isPartOfMeasured === true),
	);
}

function isMeasured(estimates: readonly Estimate[], knob: Knob): boolean {
	return (
		isOfClients(knob) || estimates.some(estimate => estimate.knob === knob && estimate.provenance === 'measured')
	);
}

/** Scales what was inferred; then also what was measured as a sum only; then everything. */
function beginningsOf(
	material: Material,
): ReadonlyArray<{readonly material: Material; readonly start: Factors; readonly free: readonly Knob[]}> {
	const {estimates} = material;
	const inferred = knobs.filter(
		knob => estimates.some(estimate => estimate.knob === knob) && !isMeasured(estimates, knob),
	);
	const wholes = inferred.filter(
		knob => !estimates.some(estimate => estimate.knob === knob && estimate.isPartOfMeasured === true),
	);
	return [wholes, ...(wholes.length < inferred.length ? [inferred] : []), knobs].map(free => ({
		material,
		start: noFactors,
		free,
	}));
}

function attempts(
	material: Material,
	recorded: Facts,
	counter: {simulations: number},
	seeds: readonly number[],
	effort: Effort,
): (factors: Factors) => Attempt {
	return factors => {
		counter.simulations += seeds.length;
		const configuration = configured(material, factors);
		const simulated = mergedFacts(seeds.map(seed => simulatedFacts(configuration, seed, recorded.queue, effort)));
		const residuals = residualsOf(material, recorded, simulated, factors);
		const offs = simulated === null ? null : offsOf(recorded, simulated);
		return {
			material,
			factors,
			residuals,
			loss: sumOfSquares(residuals),
			simulations: counter.simulations,
			worst: offs === null ? Infinity : worstOf([...offs.deciding, ...offs.tails]),
			worstDeciding: offs === null ? Infinity : worstOf(offs.deciding),
		};
	};
}

function worstOf(offs: readonly number[]): number {
	return Math.max(...offs.map(off => Math.abs(off)));
}

/**
Damped least squares from `best`. The slopes are probed group by group and then corrected by what
each step showed (Broyden); when no step with them helps they are probed anew, once.
*/
function* search(
	from: Attempt,
	free: readonly Knob[],
	attempt: (factors: Factors) => Attempt,
	most: number,
): Generator<FitStep, Attempt> {
	let best = from;
	let left = most;
	while (left > free.length && best.worst > calm) {
		const {residuals, factors, loss: before} = best;
		const columns: number[][] = [];
		let nearest = best;
		for (const knob of free) {
			// Towards the nearer end, so that the probe stays in range.
			const width = factors[knob] > 1 ? -probeWidth : probeWidth;
			const probe = attempt({...factors, [knob]: factors[knob] * Math.exp(width)});
			left--;
			yield best;
			columns.push(probe.residuals.map((residual, index) => (residual - residuals[index]) / width));
			nearest = probe.loss < nearest.loss ? probe : nearest;
		}

		const jacobian = residuals.map((_, index) => columns.map(column => column[index] ?? 0));
		let base: Attempt = best;
		let isHelpful = true;
		while (isHelpful && left > 0 && best.worst > calm) {
			isHelpful = false;
			const origin = base;
			for (const damping of dampings) {
				const step = dampedStep(jacobian, origin.residuals, damping);
				const tried = attempt(moved(origin.factors, free, step));
				left--;
				yield best;
				corrected(
					jacobian,
					free.map(knob => Math.log(tried.factors[knob] / origin.factors[knob])),
					tried.residuals.map((residual, index) => residual - origin.residuals[index]),
				);
				if (tried.loss < best.loss) {
					isHelpful = tried.loss < 0.98 * best.loss;
					best = tried;
					break;
				}
			}

			base = best;
		}

		if (nearest.loss < best.loss) {
			best = nearest;
		}

		if (best.loss >= 0.97 * before) {
			break;
		}
	}

	return best;
}

/**
Broyden's update: the least change of the slopes under which the step gives the
change of residuals that it gave.
*/
function corrected(jacobian: number[][], step: readonly number[], change: readonly number[]): void {
	const square = sumOfSquares(step);
	if (square < 1e-6) {
		return;
	}

	for (const [index, row] of jacobian.entries()) {
		const expected = row.reduce((sum, slope, at) => sum + slope * step[at], 0);
		const share = (change[index] - expected) / square;
		for (const [at, length] of step.entries()) {
			row[at] += share * length;
		}
	}
}

function moved(factors: Factors, free: readonly Knob[], step: readonly number[]): Factors {
	return {
		...factors,
		...Object.fromEntries(
			free.map((knob, index) => {
				const logarithm = Math.max(-longestStep, Math.min(longestStep, step[index]));
				return [knob, limited(factors[knob] * Math.exp(logarithm))];
			}),
		),
	};
}

function sumOfSquares(values: readonly number[]): number {
	let sum = 0;
	for (const value of values) {
		sum += value * value;
	}

	return sum;
}

function limited(factor: number): number {
	return Math.max(1 / farthest, Math.min(farthest, factor));
}

function scaledClient(client: ClientSpec, {clients, spread, pauses}: Factors): ClientSpec {
	return {
		...client,
		loop: client.loop.map(step =>
			step.prepare === undefined
				? step
				: {
						...step,
						prepare: widened(
							scaled(step.prepare, clients, longestClientTime),
							{spread, pauses},
							longestClientTime,
						),
					},
		),
	};
}
