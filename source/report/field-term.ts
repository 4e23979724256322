/** A word of the field, for people who do not know it yet: `vqlab explain` and docs/glossary.md. */
export type FieldTerm = {
	readonly name: string;
	/** Under which it stands in the glossary. */
	readonly subject: FieldSubject;
	/** Other names of the same thing. */
	readonly also?: readonly string[];
	/** What it is, and then why it matters here. */
	readonly meaning: string;
	/** Keys of parameters, paths of metrics and ids of findings where one meets it. */
	readonly see?: readonly string[];
};

/** The parts of the glossary, in the order in which one needs them. */
export const fieldSubjects = ['machine', 'ring', 'notification', 'lock', 'graphics', 'simulation'] as const;

export type FieldSubject = (typeof fieldSubjects)[number];
