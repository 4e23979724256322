import {type HistogramScale} from '../../charts/histogram-axis.js';
import {type GroupAxis} from '../../metrics/life-groups.js';
import {type Found} from '../timeline/find.js';
import {type Subject} from '../../session/subject.js';

/** What the latency view looks at of a run. */
export class LatencyDesk {
	/** As the user chose it; undefined: by the values. */
	scale: HistogramScale | undefined;
	/** The scale that was drawn last. */
	drawn: HistogramScale = 'linear';
	hasBefore = true;
	/** By what the commands are told apart; undefined: as the size of the screen has it. */
	group: GroupAxis | 'none' | undefined;
	/** The one that was drawn last. */
	drawnGroup: GroupAxis | 'none' = 'none';
	/** The slowest commands that were found at a time (ns), and which of them was shown last. */
	slow: {readonly at: number; readonly found: readonly Found[]; shown: number} | undefined;
}

const desks = new WeakMap<Subject, LatencyDesk>();

/** The latency view's desk of a subject. */
export function latencyDeskOf(subject: Subject): LatencyDesk {
	const known = desks.get(subject);
	if (known !== undefined) {
		return known;
	}

	const desk = new LatencyDesk();
	desks.set(subject, desk);
	return desk;
}
