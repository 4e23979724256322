/** A difference that is meant: which answers, which places in them (all without), and why. */
export type Reason = {
	readonly job: RegExp;
	readonly place?: RegExp;
	readonly why: string;
};

/** What differs from the commit before the house was redrawn, on purpose. */
export const reasons: readonly Reason[] = [];
