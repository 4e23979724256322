/** A word that stands on a screen or in a report, for `vqlab explain`. */
export type Term = {
	readonly name: string;
	readonly meaning: string;
	/** Where the figure is found in the JSON of a run. */
	readonly metrics?: readonly string[];
};

/** A term of a glossary. */
export function term(name: string, meaning: string, ...metrics: readonly string[]): Term {
	return metrics.length === 0 ? {name, meaning} : {name, meaning, metrics};
}
