/** What `vqlab explain` says of a finding. */
export type FindingPage = {
	/** What it says of the run, in the field's terms. */
	readonly meaning: string;
	/** The figures that show it, with the limit from which on it is said. */
	readonly evidence: string;
	/** The settings that take it away. */
	readonly helps: string;
	/** The settings that one tries first, and that change nothing. */
	readonly neverHelps: string;
};
