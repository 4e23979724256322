import {type RunReport} from './run-report.js';

/**
How much was simulated, and of what part of it the figures are. A run that ends before its warm-up
does has none but those of that.
*/
export function simulatedWords(
	{end, simulatedSeconds, warmupSeconds}: Pick<RunReport, 'end' | 'simulatedSeconds' | 'warmupSeconds'>,
	seconds: (value: number) => string,
): string {
	return end !== 'duration' && simulatedSeconds === 0 && warmupSeconds > 0
		? `nothing measured: ended inside the warm-up of ${seconds(warmupSeconds)}, whose figures these are`
		: `simulated ${seconds(simulatedSeconds)} after ${seconds(warmupSeconds)} warm-up`;
}
