/** A stretch of a subject's time in whole columns of the charts. */
export type Span = {
	/** Columns from 0 on: [from, to). */
	readonly from: number;
	readonly to: number;
	/** Length of a column, ns. */
	readonly column: number;
	/** What comes is shown as it comes. */
	readonly follows: boolean;
	/** All that there is. */
	readonly isWhole: boolean;
};
