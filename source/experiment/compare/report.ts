import {type schema} from '../../version.js';
import {type Ablation} from './ablation.js';
import {type CompareRow} from './comparison.js';
import {type RunLength} from './figures.js';
import {type Gate, type GateOutcome} from './gate.js';
import {type GateProof} from './proof.js';

/** A side as a reader has to know it. */
export type ComparedSide = {
	/** Name of the preset. */
	readonly preset: string;
	/** What is set on this side alone, `key=value`. */
	readonly set: readonly string[];
	/** Null for a recording. */
	readonly parametersHash: string | null;
	/** Runs that stalled, and what the first of them said. */
	readonly stalls: number;
	readonly stall: string | null;
};

/** All that a comparison has to tell; the formats are functions of it. */
export type Comparison = {
	readonly schema: typeof schema;
	readonly vqlab: string;
	readonly a: ComparedSide;
	readonly b: ComparedSide;
	/** Pairs; of recordings: blocks of the one that has fewer. */
	readonly runs: number;
	/** The seeds of the pairs, in their order. */
	readonly seeds: readonly number[];
	/** Why no more runs were made. `recordings`: there is one of each side. */
	readonly stopped: 'precision' | 'runs' | 'interrupted' | 'recordings';
	readonly confidence: number;
	readonly length: RunLength;
	/** Of two recordings: how much of each is compared, s. */
	readonly recorded?: readonly [number, number];
	/** How the length came about. */
	readonly lengthWords: string;
	/** How the intervals are made. */
	readonly method: string;
	readonly rows: readonly CompareRow[];
	readonly gates: ReadonlyArray<{readonly gate: Gate; readonly outcome: GateOutcome}>;
	/** What can not be compared, and what else must be known. */
	readonly notes: readonly string[];
	/** `--ablate`: a metric each. */
	readonly ablations?: readonly Ablation[];
	/** `--prove-gate`: a gate each. */
	readonly proofs?: readonly GateProof[];
};
