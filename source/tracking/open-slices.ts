import {type Handler} from '../engine/probe.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {type LaneKind, lanes, type SliceName, slices} from '../tracepoints/slices.js';
import {type SliceEdge, type Tracepoint, tracepointNames, tracepoints} from '../tracepoints/tracepoints.js';
import {type Sizes} from './sizes.js';

/** A slice with what the tracepoint that opened it said. */
export type OpenSlice = {
	slice: SliceName;
	/** ns. */
	start: number;
	actor: number;
	subject: number;
	value: number;
};

/**
Is told of a slice that ends at `end` (ns); inner ones first. It may not keep the
slice, whose object is used again.
*/
export type SliceListener = (slice: Readonly<OpenSlice>, end: number) => void;

/** Slices inside each other at most. */
const deepest = 8;

const sliceNames = Object.keys(slices) as SliceName[];
const keyed: readonly boolean[] = sliceNames.map(name => 'keyed' in slices[name]);

/** An edge as numbers: the slice, and whether it is there. */
type Edge = {readonly slice: number; readonly lane: LaneKind; readonly when: SliceEdge['when']};

const edgesOf = (edges: readonly SliceEdge[]): readonly Edge[] =>
	edges.map(({slice, when}) => ({slice: sliceNames.indexOf(slice), lane: slices[slice].lane, when}));

/**
The slices that are open on each lane, a stack, as the table of tracepoints opens and closes them.
Closing one closes what is open inside it. It makes no object for a tracepoint. Attach it at time 0.
*/
export class OpenSlices implements Instrument {
	readonly observers: readonly Observer[];
	private readonly listeners: SliceListener[] = [];
	/** The first lane of each kind. */
	private readonly first: Readonly<Record<LaneKind, number>>;
	/** By lane: how many are open. By lane and depth: what they are. */
	private readonly depths: Int32Array;
	private readonly kinds: Uint8Array;
	private readonly starts: Float64Array;
	private readonly actors: Int32Array;
	private readonly subjects: Int32Array;
	private readonly values: Float64Array;
	/** What a listener is shown. */
	private readonly shown: OpenSlice = {
		slice: 'prepare',
		start: 0,
		actor: 0,
		subject: 0,
		value: 0,
	};

	constructor({threads, vcpus, queues}: Sizes) {
		const counts: Readonly<Record<LaneKind, number>> = {
			thread: threads,
			irq: vcpus,
			vcpu: vcpus,
			lock: queues,
			server: 1,
			serverCpu: 1,
			bql: 1,
		};
		const first = {...counts};
		let total = 0;
		for (const kind of Object.keys(lanes) as LaneKind[]) {
			first[kind] = total;
			total += counts[kind];
		}

		this.first = first;
		this.depths = new Int32Array(total);
		this.kinds = new Uint8Array(total * deepest);
		this.starts = new Float64Array(total * deepest);
		this.actors = new Int32Array(total * deepest);
		this.subjects = new Int32Array(total * deepest);
		this.values = new Float64Array(total * deepest);
		this.observers = [
			Object.fromEntries(
				tracepointNames.flatMap(name => {
					const {opens, closes}: Tracepoint = tracepoints[name];
					return opens.length + closes.length === 0
						? []
						: [[name, this.handler(edgesOf(opens), edgesOf(closes))]];
				}),
			),
		];
	}

	/** The listener is told of each slice that is closed from here on, whenever it was opened. */
	listen(listener: SliceListener): void {
		this.listeners.push(listener);
	}

	/** Tells of all that is open, inner ones first, as if it ended at `time` (ns). */
	tell(listener: SliceListener, time: number): void {
		for (const [lane, depth] of this.depths.entries()) {
			for (let i = depth - 1; i >= 0; i--) {
				listener(this.at(lane * deepest + i), time);
			}
		}
	}

	private handler(opens: readonly Edge[], closes: readonly Edge[]): Handler {
		return (time, actor, subject, value) => {
			for (let i = 0; i < closes.length; i++) {
				const {slice, lane, when} = closes[i];
				if (when === undefined || when(subject, value)) {
					this.close(this.laneOf(lane, actor, subject), slice, subject, time);
				}
			}

			for (let i = 0; i < opens.length; i++) {
				const {slice, lane, when} = opens[i];
				if (when === undefined || when(subject, value)) {
					this.open(this.laneOf(lane, actor, subject), slice, time, actor, subject, value);
				}
			}
		};
	}

	private laneOf(kind: LaneKind, actor: number, subject: number): number {
		const {by} = lanes[kind];
		return this.first[kind] + (by === 'actor' ? actor : by === 'subject' ? subject : 0);
	}

	private open(lane: number, slice: number, time: number, actor: number, subject: number, value: number): void {
		if (this.depths[lane] === deepest) {
			throw new Error(`more than ${deepest} slices inside each other: ${sliceNames[slice]}`);
		}

		const at = lane * deepest + this.depths[lane]++;
		this.kinds[at] = slice;
		this.starts[at] = time;
		this.actors[at] = actor;
		this.subjects[at] = subject;
		this.values[at] = value;
	}

	private close(lane: number, slice: number, subject: number, time: number): void {
		const {listeners} = this;
		const from = lane * deepest;
		for (let i = this.depths[lane] - 1; i >= 0; i--) {
			if (this.kinds[from + i] === slice && (!keyed[slice] || this.subjects[from + i] === subject)) {
				const depth = this.depths[lane];
				this.depths[lane] = i;
				for (let inner = depth - 1; inner >= i && listeners.length > 0; inner--) {
					for (const listener of listeners) {
						listener(this.at(from + inner), time);
					}
				}

				return;
			}
		}
	}

	private at(at: number): OpenSlice {
		const {shown} = this;
		shown.slice = sliceNames[this.kinds[at]];
		shown.start = this.starts[at];
		shown.actor = this.actors[at];
		shown.subject = this.subjects[at];
		shown.value = this.values[at];
		return shown;
	}
}
