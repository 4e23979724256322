import {type DistributionSpec} from '../engine/distribution.js';

/**
The value of a parameter after parsing. Durations are whole nanoseconds, distributions
of durations are specs in nanoseconds, sizes and counts are integers, rates are per second.
*/
export type ParameterValue = number | boolean | string | DistributionSpec;

/** When a change of the parameter takes effect (docs/contract.md, section 3). */
export type Effect =
	/** At its next use; what is under way keeps what it drew. */
	| 'next-use'
	/** After a device reset: rings are made anew. */
	| 'reset'
	/** In a new run from t = 0. */
	| 'restart';

/** Effects by what they need: each takes over what those of a lower rank do. */
export const effectRank: Readonly<Record<Effect, number>> = {'next-use': 0, reset: 1, restart: 2};

/**
Kinds of provenance. `fitted`: to one named machine; a preset's value may be, a default never.
*/
export const provenanceKinds = ['measured', 'published', 'source code', 'assumed', 'fitted'] as const;

/** Where a value comes from. */
export type Provenance = {
	readonly kind: (typeof provenanceKinds)[number];
	readonly source: string;
};

/** A value of a choice, explained. */
export type Choice = {
	readonly value: string;
	/** What it does, one sentence. */
	readonly words: string;
	/** Kernel or VMM functions that do it. */
	readonly functions: string;
	/** Versions that have it. */
	readonly versions: string;
	/** Which cost it moves, from where to where. */
	readonly moves: string;
	/** When it does not help. */
	readonly noHelp: string;
	readonly source: string;
	/**
	Fields of the settings that follow from it; the same ones with each value of the parameter.
	*/
	readonly sets?: Readonly<Record<string, number | boolean | string>>;
};

export type ParameterGroup = 'queue' | 'driver' | 'guest' | 'host' | 'device' | 'run' | 'client';

/**
Who sets a parameter of a real machine: the guest's driver, an option of the device or the
VMM, the host, the guest's kernel.
*/
export const knobHolders = ['driver', 'device', 'host', 'kernel'] as const;

/** That a user of a real machine can change it, and where. */
export type Knob = {readonly by: (typeof knobHolders)[number]; readonly how: string};

type Common = {
	readonly key: string;
	/** Short name for the editor. */
	readonly label: string;
	readonly group: ParameterGroup;
	readonly provenance: Provenance;
	/** Two sentences: what it is, and what to know about it. */
	readonly words: string;
	readonly effect: Effect;
	/** Without one nobody sets it on a real machine: it is a cost, or the machine itself. */
	readonly knob?: Knob;
	/** Values of `device.kind` that have it; without them all devices do. */
	readonly devices?: readonly string[];
	/** Metric paths in which a change shows first. */
	readonly metrics?: readonly string[];
	/** The one word that stands for a value that follows from others. */
	readonly automatic?: Automatic;
	/**
	It acts at the moment at which it is set, also to the value that it has, and then no more.
	*/
	readonly isStroke?: true;
	/** The parameter whose value an entry of a family inherits. */
	readonly family?: string;
	/**
	The field of the settings that holds the value (`settings.ts`); without one it
	is read when a machine is built.
	*/
	readonly sets?: string;
	/** The field is a list, and this its element. */
	readonly element?: number;
};

/** A value that follows from others. */
export type Automatic = {
	readonly word: 'auto' | 'inherit';
	readonly words: string;
	/**
	The value, from those of other parameters by key and from what the choices among them set.
	*/
	readonly value?: (values: never, sets: never) => ParameterValue;
};

/** Whole numbers, numbers and durations (ns), all with a closed range. */
export type NumberParameter = Common & {
	readonly type: 'integer' | 'number' | 'duration';
	readonly unit: string;
	readonly min: number;
	readonly max: number;
	readonly default: number | 'auto' | 'inherit';
};

/**
A duration that is drawn anew each time; the range (ns) holds for each
of the distribution's durations.
*/
export type DistributionParameter = Common & {
	readonly type: 'distribution';
	readonly unit: string;
	readonly min: number;
	readonly max: number;
	readonly default: DistributionSpec | 'auto' | 'inherit';
	/**
	The field is a list of so many, and the value is that of each which has no parameter of its own.
	*/
	readonly elements?: number;
	/** It is drawn at the rank of a command; others have a random stream of their own. */
	readonly byCommand?: true;
};

export type ChoiceParameter = Common & {
	readonly type: 'choice';
	readonly unit: string;
	readonly choices: readonly Choice[];
	readonly default: string;
};

export type BooleanParameter = Common & {
	readonly type: 'boolean';
	readonly unit: string;
	readonly default: boolean | 'inherit';
};

/** An entry of the table of parameters, from which everything that names a parameter is drawn. */
export type Parameter = NumberParameter | DistributionParameter | ChoiceParameter | BooleanParameter;

export const microsecond = 1000;
export const millisecond = 1_000_000;
export const second = 1_000_000_000;

/** A constant duration in ns, as a distribution. */
export function constant(value: number): DistributionSpec {
	return {kind: 'const', value};
}
