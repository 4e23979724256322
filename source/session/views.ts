/** A view of the dashboard, of a run or of a recording. Tabs, help and `vqlab explain` read this list. */
export type View = {
	/** Its key in the dashboard. */
	readonly key: string;
	readonly name: string;
	readonly words: string;
};

/** The views of a run, in the order of their keys; a view that comes is a row here. */
export const runViews = [
	{key: '1', name: 'overview', words: 'The run: throughput, contention, IRQ rate and num_free over time, with the parameters to turn. The last rows give the verdict and a change that would help.'},
] as const satisfies readonly View[];

/** The views of a recording (`vqlab view`). */
export const recordingViews = [
	{key: '1', name: 'overview', words: 'A recording: what is recorded over time, queues, lock, and where the time from publication to response goes.'},
	{key: '4', name: 'latency', words: 'A recording: histogram and percentiles of the time from publication to response, its parts, and each kind of command.'},
] as const satisfies readonly View[];

export const views: readonly View[] = [...runViews, ...recordingViews];

/** `1 overview`, as tabs and help write it. */
export function viewTitle({key, name}: View): string {
	return `${key} ${name}`;
}
