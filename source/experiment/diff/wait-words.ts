import {type StageName, stageNames} from '../../metrics/metric-names.js';
import {bqlHolder} from '../../tracepoints/tracepoints.js';
import {type Entry, type Life} from './event-log.js';

/** When a stage of a command began, ns: its stages follow each other. */
export function stageStart(life: Life, stage: StageName): number {
	let time = life.due;
	for (const [index, name] of stageNames.entries()) {
		if (name === stage) {
			break;
		}

		time += life.stages[index] ?? 0;
	}

	return time;
}

export function holderWords({actor, subject}: Entry): string {
	return subject === bqlHolder.mainLoop
		? 'the main loop'
		: subject === bqlHolder.vcpu
			? `vCPU ${actor}`
			: 'another thread of QEMU';
}

export function spanWords(time: number, before: string): string {
	return time <= 0 ? '' : `${before} ${microseconds(time)}`;
}

/** A time in ns as text in us. */
export function microseconds(time: number): string {
	return `${Number((time / 1000).toPrecision(3))} us`;
}
