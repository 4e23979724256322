import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {tracepoint, type TracepointName} from '../tracepoints/tracepoints.js';

/** What is kept: who has the lock, who waits for it, what the CPUs under them do. */
const keptPoints = [
	'lockContended',
	'lockAcquired',
	'lockReleased',
	'doorbellStarted',
	'doorbellDelivered',
	'doorbellReturned',
	'irqEntered',
	'workQueued',
	'irqReturned',
	'workStarted',
	'workEnded',
	'vcpuState',
	'mainLoopOnCpu',
	'usedPublished',
] as const satisfies readonly TracepointName[];

export type KeptPoint = (typeof keptPoints)[number];

/** Events by column, oldest first. */
type Columns = {
	readonly times: Float64Array;
	readonly points: Uint8Array;
	readonly actors: Int16Array;
	readonly subjects: Int32Array;
	readonly values: Int32Array;
};

/** Some hundred cycles of the lock. */
const capacity = 16_384;

/**
The last events about the lock of a run, oldest first, for a picture of one cycle. It is no part of
what a run knows: after a seek it begins empty and fills as the run goes on.
*/
export class LastEvents implements Instrument {
	readonly observers: readonly Observer[];
	private readonly times = new Float64Array(capacity);
	private readonly points = new Uint8Array(capacity);
	private readonly actors = new Int16Array(capacity);
	private readonly subjects = new Int32Array(capacity);
	private readonly values = new Int32Array(capacity);
	/** Events seen since it was emptied. */
	private count = 0;

	constructor() {
		this.observers = [
			Object.fromEntries(
				keptPoints.map(name => {
					const number = tracepoint[name];
					return [
						name,
						(time: number, actor: number, subject: number, value: number) => {
							const at = this.count++ % capacity;
							this.times[at] = time;
							this.points[at] = number;
							this.actors[at] = actor;
							this.subjects[at] = subject;
							this.values[at] = value;
						},
					];
				}),
			),
		];
	}

	/** Calls back for each event, oldest first. Times in ns. */
	each(take: (name: KeptPoint, time: number, actor: number, subject: number, value: number) => void): void {
		for (let index = Math.max(0, this.count - capacity); index < this.count; index++) {
			const at = index % capacity;
			take(names[this.points[at]], this.times[at], this.actors[at], this.subjects[at], this.values[at]);
		}
	}

	/** Forgets all. */
	clear(): void {
		this.count = 0;
	}

	/** Forgets all but the newest. */
	shorten(newest: number): void {
		this.recall(this.last(newest));
	}

	/** Those that are kept. */
	memory(): Columns {
		return this.last(capacity);
	}

	recall(columns: Columns): void {
		this.times.set(columns.times);
		this.points.set(columns.points);
		this.actors.set(columns.actors);
		this.subjects.set(columns.subjects);
		this.values.set(columns.values);
		this.count = columns.times.length;
	}

	image(): object {
		return {};
	}

	restore(): void {
		this.clear();
	}

	private last(newest: number): Columns {
		const from = Math.max(0, this.count - Math.min(newest, capacity));
		const places = Array.from({length: this.count - from}, (_, index) => (from + index) % capacity);
		const {times, points, actors, subjects, values} = this;
		return {
			times: Float64Array.from(places, at => times[at]),
			points: Uint8Array.from(places, at => points[at]),
			actors: Int16Array.from(places, at => actors[at]),
			subjects: Int32Array.from(places, at => subjects[at]),
			values: Int32Array.from(places, at => values[at]),
		};
	}
}

const names: Readonly<Record<number, KeptPoint>> = Object.fromEntries(keptPoints.map(name => [tracepoint[name], name]));
