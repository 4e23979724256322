import {type RecordingFigures} from '../../meter/figures.js';
import {type QueueReading} from '../snapshot.js';

/** Rows of the table of queues. */
export function queueReadings({queues}: RecordingFigures): QueueReading[] {
	return queues.map((queue, index) => ({
		name: index === 0 ? 'control' : 'cursor',
		size: queue.size,
		free: queue.free,
		inFlight: queue.inFlight,
		perSecond: queue.responded,
		kicksPerCommand: queue.kicksPerCommand,
		irqsPerCommand: queue.irqsPerCommand,
		fullPerSecond: queue.full,
	}));
}
