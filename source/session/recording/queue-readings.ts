import {type RecordingFigures} from '../../meter/figures.js';
import {type QueueReading} from '../snapshot.js';

/** Rows of the table of queues. */
export function queueReadings({at, sizes, filled}: RecordingFigures): QueueReading[] {
	return (['', 'cursor.'] as const).map((prefix, index) => ({
		name: index === 0 ? 'control' : 'cursor',
		size: sizes[index],
		free: at(`${prefix}ring.numFree.mean`),
		inFlight: at(`${prefix}ring.inFlight.mean`),
		perSecond: at(`${prefix}throughput.completed`),
		kicksPerCommand: at(`${prefix}kicks.perCommand`),
		irqsPerCommand: at(`${prefix}irqs.perCommand`),
		fullPerSecond: filled[index],
	}));
}
