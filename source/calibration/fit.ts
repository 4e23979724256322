import {type Knob, knobs} from '../trace/recording/estimate.js';
import {type Facts} from './facts.js';
import {type Effort, mergedFacts, simulatedFacts} from './simulated-facts.js';
import {type Factors, noFactors, type Material, configured} from './material.js';
import {offsOf, residualsOf, isOfClients, isSeen, isMeasured, worstOf} from './misfit.js';
import {type FitStep, calm, type Attempt, search, sumOfSquares} from './factor-search.js';

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

/** Off by no more than this share of its limit in every figure: no other beginning is tried. */
const goodEnough = 0.85;

/** From this share on long runs are worth their while when only some groups may be scaled. */
const nearby = 1.2;

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
