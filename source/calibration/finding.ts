/** A value with what it was found from. */
export type Finding<Value> = {
	readonly value: Value;
	/**
	`uncertain`: nothing in the recording decides, `value` is what kernels make likeliest.
	`default`: nothing was seen of it.
	*/
	readonly kind: 'measured' | 'inferred' | 'uncertain' | 'default';
	readonly how: string;
	/** What else it may be, where it is uncertain. */
	readonly alternatives?: readonly Value[];
};
