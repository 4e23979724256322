import {type Configuration} from '../../simulation/configuration.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {type ParameterKey} from '../../simulation/parameters/table.js';
import {type RunLength} from './figures.js';
import {type Gate, gateOutcome, type GateOutcome} from './gate.js';
import {type FinishedPairs, makePairs, type PairMaker, rowsOf} from './pairs.js';
import {isRegression, plantFor, renamed, withFirstNames} from './planted.js';
import {type StoppingRule} from './stopping.js';

/** What `--prove-gate` found of a gate. */
export type GateProof = {
	readonly gate: Gate;
	/** The time that was made longer; null when none closes the gate. */
	readonly plant: {readonly key: ParameterKey; readonly factor: number; readonly value: ParameterValue} | null;
	readonly planted: GateOutcome | null;
	/** On equal settings with other random numbers. */
	readonly equal: GateOutcome | null;
	/** Why the gate is not proved; null when it is. */
	readonly fault: string | null;
};

export type ProofOptions = {
	readonly configuration: Configuration;
	readonly seed: number;
	readonly length: RunLength;
	readonly budget: number;
	readonly rule: StoppingRule;
	/** An undecided gate closes. */
	readonly undecidedFails: boolean;
};

/**
Shows that a gate closes on a regression that is planted in the configuration (a time made longer,
never a figure scaled), and that it lets equal settings through: the same with renamed clients
draws other random numbers from the same distributions. Undefined when the work was stopped.
*/
export async function proveGate(gate: Gate, make: PairMaker, options: ProofOptions): Promise<GateProof | undefined> {
	const {configuration, rule, undecidedFails} = options;
	const plant = await plantFor(gate, configuration, make, options);
	if (plant === undefined) {
		return undefined;
	}

	if (plant === null) {
		const fault = isRegression(gate)
			? 'can not be shown to close: no time of side a moves the metric that far'
			: 'can not be shown to close: it is about a change for the better, which no longer time makes';
		return {
			gate,
			plant,
			planted: null,
			equal: null,
			fault,
		};
	}

	const against = async (other: Configuration): Promise<FinishedPairs> =>
		makePairs(make, {
			...options,
			configurations: [configuration, other],
			round: rule.runs,
		});
	const regression = await against(plant.configuration);
	const nothing = await against(renamed(configuration));
	if (regression.stopped === 'interrupted' || nothing.stopped === 'interrupted') {
		return undefined;
	}

	const planted = gateOutcome(gate, rowsOf(regression, rule));
	const equal = gateOutcome(
		gate,
		rowsOf({a: nothing.a, b: nothing.b.map(run => ({...run, figures: withFirstNames(run.figures)}))}, rule),
	);
	const {key, factor} = plant;
	return {
		gate,
		plant: {key, factor, value: plant.configuration.parameters[key]},
		planted,
		equal,
		fault: faultOf(planted, equal, undecidedFails),
	};
}

/**
It is proved when it fails on the regression and does not close on equal settings, by whichever
outcome.
*/
function faultOf(planted: GateOutcome, equal: GateOutcome, undecidedFails: boolean): string | null {
	if (planted !== 'fails') {
		return (
			`is ${planted === 'passes' ? 'open' : 'undecided'} on the planted regression: give more --runs or a ` +
			'longer --for'
		);
	}

	if (equal === 'undecided' && undecidedFails) {
		return 'is undecided on equal settings, which closes it: give more --runs, a longer --for or --undecided pass';
	}

	return equal === 'fails' ? 'closes on equal settings' : null;
}
