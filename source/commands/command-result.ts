/** What a command leaves: all of its standard output, and its exit code (contract section 1). */
export type CommandResult = {
	readonly output: string;
	readonly exitCode: number;
};
