/** Why a command ends with exit status 1: a line each, at least one. */
export type Complaints = readonly [string, ...string[]];

/**
What a command leaves: all of its standard output, and how it ends (docs/contract.md, section
1). A failure always says why.
*/
export type CommandResult =
	| {readonly output: string; readonly exitCode: 0; readonly complaints?: readonly []}
	| {readonly output: string; readonly exitCode: 1; readonly complaints: Complaints};

/** A result that is a failure when there is something to complain of. */
export function resultOf(output: string, complaints: readonly string[]): CommandResult {
	const [first, ...rest] = complaints;
	return complaints.length === 0
		? {output, exitCode: 0, complaints: []}
		: {output, exitCode: 1, complaints: [first, ...rest]};
}
