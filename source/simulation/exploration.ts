import {type Chooser, type ChoiceKind} from '../engine/choice-points.js';
import {checkInvariants, InvariantError} from './invariants.js';
import {type Checkpoint, type Simulation} from './simulation.js';

/**
A way on which something goes wrong: what, and the answers that lead there from
the start (`scriptedChooser`).
*/
export type Breach = {
	readonly kind: 'invariant' | 'stall' | 'time';
	/** The invariant, the kind of the stall, or how far it came. */
	readonly what: string;
	readonly choices: readonly number[];
};

export type Exploration = {
	/** States in which something was open, each counted once. */
	readonly states: number;
	/** Ways to an end or to a state that was known. */
	readonly ways: number;
	readonly breaches: readonly Breach[];
	/** Nothing was left out. */
	readonly isComplete: boolean;
};

export type ExplorationOptions = {
	/** A way ends well here. */
	readonly isDone: (simulation: Simulation) => boolean;
	/** Simulated time, ns, at which a way that has not ended counts as a breach. */
	readonly until: number;
	/** States after which it gives up; default 100 000. */
	readonly most?: number;
	/**
	Questions that are open; what the others leave open goes by the model's rule. Default all.
	*/
	readonly kinds?: readonly ChoiceKind[];
	/** Breaches after which it ends; default 1. */
	readonly enough?: number;
};

/** Where a way is taken up again: a checkpoint, and the answers from there on. */
type Branch = {readonly from: Checkpoint; readonly past: readonly number[]; readonly script: readonly number[]};

/**
Goes all ways that a run at time 0 leaves open, depth first, step by step of every thread: what
comes first of what is due at one time, who gets a lock, who looks for work. A state that was met
before (`stateHash`) is not gone on from: what comes after it is known. Checks the invariants
after every event, and for stalls.
*/
export function explore(
	simulation: Simulation,
	{isDone, until, most = 100_000, kinds, enough = 1}: ExplorationOptions,
): Exploration {
	const known = new Set<string>();
	const breaches: Breach[] = [];
	simulation.choices.stepsApart = true;
	const branches: Branch[] = [{from: simulation.checkpoint(), past: [], script: []}];
	let ways = 0;
	for (let branch = branches.pop(); branch !== undefined; branch = branches.pop()) {
		if (known.size >= most || breaches.length >= enough) {
			return {states: known.size, ways, breaches, isComplete: false};
		}

		ways++;
		const breach = goOn(simulation, branch);
		if (breach !== undefined) {
			breaches.push(breach);
		}
	}

	return {states: known.size, ways, breaches, isComplete: true};

	function goOn(run: Simulation, start: Branch): Breach | undefined {
		let {from, past, script} = start;
		let answers: number[] = [];
		const ask: Chooser = (kind, count, usual) => {
			if (kinds !== undefined && !kinds.includes(kind)) {
				return usual;
			}

			if (answers.length < script.length) {
				answers.push(script[answers.length]);
			} else {
				for (let other = count - 1; other >= 0; other--) {
					if (other !== usual) {
						branches.push({from, past, script: [...answers, other]});
					}
				}

				answers.push(usual);
			}

			return answers.at(-1) ?? usual;
		};

		run.restore(from);
		run.choices.chooser = ask;
		for (;;) {
			if (answers.length >= script.length && run.ties > 1) {
				const state = run.stateHash();
				if (known.has(state)) {
					return undefined;
				}

				known.add(state);
				past = [...past, ...answers];
				from = run.checkpoint();
				script = [];
				answers = [];
			}

			const wrong = stepWrong(run);
			if (wrong !== undefined) {
				return {...wrong, choices: [...past, ...answers]};
			}

			if (isDone(run)) {
				return undefined;
			}

			if (run.now >= until) {
				return {kind: 'time', what: `not done at ${run.now} ns`, choices: [...past, ...answers]};
			}
		}
	}
}

/** Takes a step; what is wrong then. */
function stepWrong(run: Simulation): Pick<Breach, 'kind' | 'what'> | undefined {
	try {
		const isAwake = run.step();
		checkInvariants(run.state);
		const stall = run.stall();
		if (stall !== null) {
			return {kind: 'stall', what: stall.kind};
		}

		return isAwake ? undefined : {kind: 'stall', what: 'all asleep'};
	} catch (error) {
		if (error instanceof InvariantError) {
			return {kind: 'invariant', what: error.message};
		}

		throw error;
	}
}
