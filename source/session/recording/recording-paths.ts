import {type MetricValue} from '../../metrics/metric-path.js';
import {type QueueFigures, type RecordingColumn, type RecordingFigures} from '../../meter/figures.js';

type Reader = (figures: RecordingFigures) => MetricValue;

/** A figure of a queue under its metric path, which `cursor.` begins for the cursor queue. */
function ofQueue(index: 0 | 1, prefix: string): ReadonlyArray<readonly [string, Reader]> {
	const figures: ReadonlyArray<readonly [string, (queue: QueueFigures) => MetricValue]> = [
		['throughput.submitted', queue => queue.queued],
		['throughput.completed', queue => queue.responded],
		['kicks.perSecond', queue => queue.kicks],
		['kicks.perCommand', queue => queue.kicksPerCommand],
		['irqs.perSecond', queue => queue.irqs],
		['irqs.perCommand', queue => queue.irqsPerCommand],
		['ring.numFree.mean', queue => queue.free],
		['ring.inFlight.mean', queue => queue.inFlight],
	];
	return figures.map(([path, read]) => [prefix + path, ({queues}) => read(queues[index])] as const);
}

/** The metric paths that a recording's tracepoints show. Latency: from publication to response. */
const readers: ReadonlyMap<string, Reader> = new Map([
	...ofQueue(0, ''),
	...ofQueue(1, 'cursor.'),
	['ring.numFree.min', ({leastFree}) => leastFree],
	['latency.traced.mean', ({latency}) => latency.mean],
	['latency.traced.p50', ({latency}) => latency.p50],
	['latency.traced.p90', ({latency}) => latency.p90],
	['latency.traced.p99', ({latency}) => latency.p99],
	['latency.traced.max', ({latency}) => latency.max],
]);

/** The figure of a path; null: the recording does not show it. */
export function recordedFigure(figures: RecordingFigures, path: string): MetricValue {
	return readers.get(path)?.(figures) ?? null;
}

/** The line of a path, where the windows of a recording have one. */
export const recordedLines: ReadonlyMap<string, RecordingColumn> = new Map([
	['throughput.submitted', 'queued'],
	['throughput.completed', 'responses'],
	['kicks.perSecond', 'doorbells'],
	['irqs.perSecond', 'irqs'],
	['ring.numFree.mean', 'numFree'],
	['ring.inFlight.mean', 'inFlight'],
	['latency.traced.mean', 'latency'],
]);
