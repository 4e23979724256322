/** A view of the dashboard, for `vqlab explain`. */
export type ViewWords = {
	readonly name: string;
	/** Its key in the dashboard. */
	readonly key: string;
	readonly words: string;
};

export const views: readonly ViewWords[] = [
	{name: 'overview', key: '1', words: 'Throughput, contention, IRQ rate and num_free over time, with the parameters to turn. The last rows give the verdict and the change that would help most.'},
	{name: 'ring', key: '2', words: 'The slots of a ring with the avail, used and event indices, and what is in flight. It shows why a kick or an interrupt was suppressed.'},
	{name: 'timeline', key: '3', words: 'A lane for every host CPU, vCPU, thread and lock. Select a command and follow it from its client to its response.'},
	{name: 'latency', key: '4', words: 'Histogram and percentiles of the life of a command. The stages of the median and of the slowest 1 % stand side by side.'},
	{name: 'compare', key: '5', words: 'A and B on the same random numbers, in lockstep. Each metric has its difference and a 95 % interval.'},
	{name: 'advice', key: '6', words: 'Changes ranked by predicted gain, each with an interval. Below them stands what would not help, and why.'},
];
