/** Which values of a metric are the better ones. What costs CPU time is comparable only where the same work was done. */
export type Direction = 'lower' | 'higher' | 'lower at equal throughput';

/** By the path in the control queue or the machine; the first that fits. What fits none has no direction (docs/contract.md, section 8). */
const directions: ReadonlyArray<readonly [RegExp, Direction | null]> = [
	[/^latency\.(?:count$|unfinished$|stages\..+\.share$)/v, null],
	[/^latency\./v, 'lower'],
	[/^lock\.(?:spin\.|wait\.|contentionShare$)/v, 'lower'],
	[/^(?:kicks|irqs)\.perCommand$/v, 'lower'],
	[/^exits\./v, 'lower'],
	[/^ring\.(?:fullWaits|busyErrors)$/v, 'lower'],
	[/^bql\.waitPerSecond$/v, 'lower'],
	[/^worker\.runTime\./v, 'lower'],
	[/^frames\..+\.missed$/v, 'lower'],
	[/^cpu\..+\.stolen$/v, 'lower'],
	[/^cpu\.(?:vcpusBusy|mainLoop)$/v, 'lower at equal throughput'],
	[/^throughput\.completed$/v, 'higher'],
	[/^frames\..+\.perSecond$/v, 'higher'],
];

/** The direction of the metric at a path; the cursor queue's are those of the control queue. */
export function directionOf(path: string): Direction | null {
	const own = path.replace(/^cursor\./v, '');
	return directions.find(([pattern]) => pattern.test(own))?.[1] ?? null;
}
