/** What is true at one time, where metrics are true of a stretch of it. */
export type Present = {
	/** Control and cursor queue: free slots, and commands added and not reaped. */
	readonly rings: ReadonlyArray<{readonly numFree: number; readonly inFlight: number}>;
	/** The state of each vCPU, by its name in the metrics. */
	readonly vcpus: readonly string[];
	/** The main loop (or another backend's worker) is on a CPU. */
	readonly mainLoop: boolean;
};
