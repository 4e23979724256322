/** The words that a verdict goes by. */
export type VerdictName
	= | 'worker-spin' | 'submitter-spin' | 'spin-starves-host' | 'submitter-bound' | 'loop-bound' | 'ring-full'
		| 'fence-poll' | 'doorbell' | 'worker-late' | 'missed-frames' | 'round-trip' | 'demand-met' | 'settling';

/** A figure that a verdict rests on, in the unit of the JSON. */
export type Evidence = {readonly metric: string; readonly value: number; readonly text: string};

/** The parameters that would take the bottleneck away, in the form of a preset, and why. */
export type Suggestion = {readonly set: Readonly<Record<string, string | number | boolean>>; readonly why: string};

/** What limits a run, or wastes its time. */
export type Verdict = {
	readonly bottleneck: VerdictName;
	/** One sentence with its numbers; at most 118 cells with the name before it. */
	readonly text: string;
	/** The same for 80 columns. */
	readonly short: string;
	/** What bounds throughput, when the bottleneck is a waste that does not; a sentence. */
	readonly also: string | null;
	readonly evidence: readonly Evidence[];
	readonly suggestion: Suggestion | null;
};

/** What a rule finds; `also` is for `judge` to add. */
export type Finding = Omit<Verdict, 'also'>;
