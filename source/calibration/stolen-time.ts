import {type GuestRecording} from '../trace/recording/guest-recording.js';

type Interval = {readonly start: number; readonly end: number};

/**
What interrupt handlers and runs of the worker took of the CPUs on which they were: a thread that
was on the same CPU did not work meanwhile. The simulation has them by itself.
*/
export class StolenTime {
	/** By CPU, in order and without overlaps; ns. */
	private readonly intervals = new Map<number, readonly Interval[]>();

	constructor({irqs, runs}: Pick<GuestRecording, 'irqs' | 'runs'>) {
		const all = new Map<number, Interval[]>();
		const add = (cpu: number, start: number, end: number | null): void => {
			if (cpu >= 0 && end !== null && end > start) {
				const list = all.get(cpu) ?? [];
				all.set(cpu, list);
				list.push({start, end});
			}
		};

		for (const {cpu, entry, exit} of irqs) {
			add(cpu, entry, exit);
		}

		for (const {cpu, start, end} of runs) {
			add(cpu, start, end);
		}

		for (const [cpu, list] of all) {
			this.intervals.set(cpu, united(list));
		}
	}

	/** ns of a CPU that they took within a stretch, less what lies within one of `without`. */
	within(cpu: number, {start, end}: Interval, without: readonly Interval[]): number {
		const list = this.intervals.get(cpu);
		if (list === undefined) {
			return 0;
		}

		let total = 0;
		for (let at = firstBehind(list, start); at < list.length && list[at].start < end; at++) {
			const from = Math.max(start, list[at].start);
			const to = Math.min(end, list[at].end);
			total += to - from;
			for (const other of without) {
				total -= Math.max(0, Math.min(to, other.end) - Math.max(from, other.start));
			}
		}

		return Math.max(0, total);
	}
}

function united(list: readonly Interval[]): readonly Interval[] {
	const result: Interval[] = [];
	for (const interval of list.toSorted((a, b) => a.start - b.start)) {
		const last = result.at(-1);
		if (last !== undefined && interval.start <= last.end) {
			result[result.length - 1] = {start: last.start, end: Math.max(last.end, interval.end)};
		} else {
			result.push(interval);
		}
	}

	return result;
}

/** The first of a list in order that ends behind a time. */
function firstBehind(list: readonly Interval[], time: number): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (list[middle].end > time) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low;
}
