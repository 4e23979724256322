/** A difference that is meant: which answers, which places in them (all without), and why. */
export type Reason = {
	readonly job: RegExp;
	readonly place?: RegExp;
	readonly why: string;
};

/** What differs from the commit before the house was redrawn, on purpose. */
export const reasons: readonly Reason[] = [
	{
		job: /^run (?!as text)/v,
		place: /^(?:parametersHash|parameters\.driver\.edidProperty)$/v,
		why: 'driver.edidProperty is a new parameter, and the hash is over all of them',
	},
	{job: /^run as text$/v, place: /^line 1$/v, why: 'the same hash, in the heading'},
];
