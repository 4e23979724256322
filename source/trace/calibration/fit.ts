import {type ClientSpec, type Configuration} from '../../parameters/configuration.js';
import {checkClients} from '../../parameters/check-clients.js';
import {type GivenParameters, resolveParameters} from '../../parameters/resolve.js';
import {longestClientTime} from './client-estimates.js';
import {type Estimate, type Knob, knobs} from './estimate.js';
import {type Facts, rankOf} from './facts.js';
import {dampedStep} from './least-squares.js';
import {scaled} from './samples.js';
import {type Effort, mergedFacts, simulatedFacts} from './simulated-facts.js';

/** By how much each group of times is scaled. */
export type Factors = Readonly<Record<Knob, number>>;

export const noFactors: Factors = {
	clients: 1, doorbell: 1, 'host wake': 1, 'host service': 1, interrupt: 1, worker: 1, responses: 1,
};

/** What a calibrated configuration is made from. */
export type Material = {
	readonly estimates: readonly Estimate[];
	readonly clients: readonly ClientSpec[];
	/** What the user says of the machine: it wins over the recording. */
	readonly given: GivenParameters;
};

/** How far the search is. */
export type FitStep = {readonly material: Material; readonly factors: Factors; readonly loss: number; readonly simulations: number};

const longestTime = 10_000_000;

/** Farther from what was measured than this nothing is scaled. */
const farthest = 8;

const effort: Effort = {commands: 3000, events: 200_000, longest: 2_000_000_000};
/** Seeds of the wide search and of the fine one. */
const wideSeeds = [1];
const fineSeeds = [1, 2];

/** Logarithm of the factor by which a group is scaled to see what it does. */
const probeWidth = 0.3;

/** Longest step of one group, as a logarithm. */
const longestStep = 0.9;
const jacobians = 5;
const dampings = [0.5, 4, 30];

/** Factors of the fine search, wide ones first. */
const widths = [1.5, 1.2, 1.08];
const roundsPerWidth = 2;

/** What a residual is divided by: how far off that figure may be; at last, what scaling is worth. Measured times are scaled less readily than inferred ones. */
const tolerance = {
	throughput: 0.08, median: 0.1, p90: 0.6, perCommand: 0.13, measured: 2, inferred: 4,
} as const;

/** A loss with which no other beginning is tried: no figure can then be off by more than the report calls close. */
const goodEnough = 3.2;

/** Simulations after which no other beginning is tried: a load that the model does not show takes long enough. */
const mostSimulations = 400;

/** Where another search begins: all is slower than single events say. */
const slower: Factors = {
	clients: 1.5, doorbell: 2.5, 'host wake': 2, 'host service': 1.5, interrupt: 1.5, worker: 1, responses: 1.5,
};

/** Stands for a simulation that stalls. */
const stalled = 1e6;

/**
The configuration that the estimates, scaled, describe.

@throws {UserError} when what the user says does not go with it.
*/
export function configured({estimates, clients, given}: Material, factors: Factors): Configuration {
	const found = Object.fromEntries(estimates.map(({key, value, knob}) => {
		const longest = key.startsWith('device.') ? 100 * longestTime : longestTime;
		return [key, knob === null || typeof value !== 'object' ? value : scaled(value, factors[knob], longest)];
	}));
	const settings = {...found, ...given};
	const configuration: Configuration = {
		parameters: resolveParameters(settings),
		clients: clients.map(client => scaledClient(client, factors.clients)),
		faults: [],
		given: settings,
	};
	checkClients(configuration);
	return configuration;
}

/** Logarithms of simulated to recorded figures, each over what it may be off, then of the factors. */
function residualsOf({estimates}: Material, recorded: Facts, simulated: Facts | null, factors: Factors): readonly number[] {
	const ratio = (a: number | null, b: number | null, off: number): number => a === null || b === null || a <= 0 ? 0 : Math.log(Math.max(b, a / 100) / a) / off;
	const rank = (facts: Facts, at: number): number | null => rankOf(facts.latencies, at);
	const price = knobs.map(knob => Math.log(factors[knob]) / (isMeasured(estimates, knob) ? tolerance.measured : tolerance.inferred));
	if (simulated === null) {
		return [stalled, ...price];
	}

	return [
		ratio(recorded.throughput, simulated.throughput, tolerance.throughput),
		ratio(rank(recorded, 0.5), rank(simulated, 0.5), tolerance.median),
		ratio(recorded.kicksPerCommand, simulated.kicksPerCommand, tolerance.perCommand),
		ratio(recorded.irqsPerCommand, simulated.irqsPerCommand, tolerance.perCommand),
		ratio(rank(recorded, 0.9), rank(simulated, 0.9), tolerance.p90),
		...price,
	];
}

type Attempt = FitStep & {readonly residuals: readonly number[]};

/**
Looks for the factors under which the simulation comes closest to the recording: damped least
squares over all groups at once, then one group after the other. What was measured is scaled only when
what was inferred does not bring it close enough. The same input gives the same answer. Yields after each simulation, so that the caller can show progress and stop.
*/
export function * fit(materials: readonly Material[], recorded: Facts): Generator<FitStep, FitStep> {
	const counter = {simulations: 0};
	let best: Attempt | null = null;
	const beginnings = [
		...materials.flatMap(material => beginningsOf(material)),
		...materials.map(material => ({material, start: slower, free: knobs})),
	];
	for (const {material, start, free} of beginnings) {
		const wide: Attempt = yield * search(start, free, attempts(material, recorded, counter, wideSeeds));
		const fine = attempts(material, recorded, counter, fineSeeds);
		const found: Attempt = yield * refine(fine(wide.factors), free, fine);
		best = best === null || found.loss < best.loss ? found : best;
		if (best.loss <= goodEnough || counter.simulations >= mostSimulations) {
			break;
		}
	}

	if (best === null) {
		throw new Error('nothing to fit');
	}

	const {material, factors, loss} = best;
	return {
		material, factors, loss, simulations: counter.simulations,
	};
}

function isMeasured(estimates: readonly Estimate[], knob: Knob): boolean {
	return knob === 'clients' || estimates.some(estimate => estimate.knob === knob && estimate.provenance === 'measured');
}

/** Scales what was inferred; then also what was measured as a sum only; then everything. */
function beginningsOf(material: Material): ReadonlyArray<{readonly material: Material; readonly start: Factors; readonly free: readonly Knob[]}> {
	const {estimates} = material;
	const inferred = knobs.filter(knob => estimates.some(estimate => estimate.knob === knob) && !isMeasured(estimates, knob));
	const wholes = inferred.filter(knob => !estimates.some(estimate => estimate.knob === knob && estimate.isPartOfMeasured === true));
	return [wholes, ...(wholes.length < inferred.length ? [inferred] : []), knobs].map(free => ({material, start: noFactors, free}));
}

function attempts(material: Material, recorded: Facts, counter: {simulations: number}, seeds: readonly number[]): (factors: Factors) => Attempt {
	return factors => {
		counter.simulations += seeds.length;
		const configuration = configured(material, factors);
		const simulated = mergedFacts(seeds.map(seed => simulatedFacts(configuration, seed, recorded.queue, effort)));
		const residuals = residualsOf(material, recorded, simulated, factors);
		return {
			material, factors, residuals, loss: sumOfSquares(residuals), simulations: counter.simulations,
		};
	};
}

function * search(start: Factors, free: readonly Knob[], attempt: (factors: Factors) => Attempt): Generator<FitStep, Attempt> {
	let best = attempt(start);
	yield best;
	for (let round = 0; round < jacobians && free.length > 0; round++) {
		const columns: Array<readonly number[]> = [];
		const {residuals, factors, loss: before} = best;
		for (const knob of free) {
			// Towards the nearer end, so that the probe stays in range.
			const width = factors[knob] > 1 ? -probeWidth : probeWidth;
			const probe = attempt({...factors, [knob]: factors[knob] * Math.exp(width)});
			columns.push(probe.residuals.map((residual, index) => (residual - residuals[index]) / width));
			yield best;
		}

		const jacobian = residuals.map((_, index) => columns.map(column => column[index] ?? 0));
		for (const damping of dampings) {
			const tried = attempt(moved(factors, free, dampedStep(jacobian, residuals, damping)));
			best = tried.loss < best.loss ? tried : best;
			yield best;
		}

		if (best.loss >= 0.97 * before) {
			break;
		}
	}

	return best;
}

/** One group after the other, up and down, in ever finer steps. */
function * refine(start: Attempt, free: readonly Knob[], attempt: (factors: Factors) => Attempt): Generator<FitStep, Attempt> {
	let best = start;
	for (const width of widths) {
		for (let round = 0; round < roundsPerWidth; round++) {
			const before = best.loss;
			for (const knob of free) {
				best = yield * better(best, knob, width, attempt);
			}

			if (best.loss >= before) {
				break;
			}
		}
	}

	return best;
}

function * better(best: Attempt, knob: Knob, width: number, attempt: (factors: Factors) => Attempt): Generator<FitStep, Attempt> {
	for (const factor of [width, 1 / width]) {
		const tried = attempt({...best.factors, [knob]: limited(best.factors[knob] * factor)});
		yield best;
		if (tried.loss < best.loss) {
			return tried;
		}
	}

	return best;
}

function moved(factors: Factors, free: readonly Knob[], step: readonly number[]): Factors {
	return {
		...factors,
		...Object.fromEntries(free.map((knob, index) => {
			const logarithm = Math.max(-longestStep, Math.min(longestStep, step[index]));
			return [knob, limited(factors[knob] * Math.exp(logarithm))];
		})),
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

function scaledClient(client: ClientSpec, factor: number): ClientSpec {
	return {
		...client,
		loop: client.loop.map(step => step.prepare === undefined ? step : {...step, prepare: scaled(step.prepare, factor, longestClientTime)}),
	};
}
