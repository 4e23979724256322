import {vcpuState} from '../tracepoints/tracepoints.js';

/** What a recorder knows of this moment, beside what it has summed up. */
export type PresentSource = {
	/** Control and cursor queue: free slots, and commands added and not reaped. */
	readonly rings: ReadonlyArray<{readonly numFree: number; readonly inFlight: number}>;
	readonly machine: {
		/** Of each vCPU, as in `vcpuState`. */
		readonly presentStates: ArrayLike<number>;
		/** The main loop (or another backend's worker) is on a CPU. */
		readonly isMainLoopOn: boolean;
	};
};

/** Names of the states of a vCPU, by number. */
const stateNames: ReadonlyMap<number, string> = new Map(
	Object.entries(vcpuState).map(([name, state]) => [state, name]),
);

/** The state of each vCPU now, by its name in the metrics. */
export function presentStates({machine}: PresentSource): readonly string[] {
	return Array.from(machine.presentStates, state => stateNames.get(state) ?? '');
}
