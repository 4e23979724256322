import {type Observer} from '../engine/probe.js';

/** A tracepoint that began something, as it was told. */
type Opening = {
	kind: number;
	point: number;
	time: number;
	actor: number;
	subject: number;
	value: number;
};

/** A stack whose entries are used again: of `openings` the first `depth` are under way. */
type Lane = {readonly openings: Opening[]; depth: number};

/**
What is under way on numbered lanes: on each a stack of the tracepoints that began it.
Ending something ends what was begun inside it, as slices nest. It is told of every tracepoint
of a live run, so it makes no object for one.
*/
export class OpenSlices {
	private readonly lanes: readonly Lane[];

	constructor(lanes: number) {
		this.lanes = Array.from({length: lanes}, () => ({openings: [], depth: 0}));
	}

	/** `kind` is what `end` asks for: the same for begin and end. */
	begin(lane: number, kind: number, point: number, time: number, actor: number, subject: number, value: number): void {
		const stack = this.lanes[lane];
		if (stack.depth === stack.openings.length) {
			stack.openings.push({
				kind, point, time, actor, subject, value,
			});
		} else {
			const opening = stack.openings[stack.depth];
			opening.kind = kind;
			opening.point = point;
			opening.time = time;
			opening.actor = actor;
			opening.subject = subject;
			opening.value = value;
		}

		stack.depth++;
	}

	/** Nothing when nothing of that kind is under way. */
	end(lane: number, kind: number): void {
		const stack = this.lanes[lane];
		for (let i = stack.depth - 1; i >= 0; i--) {
			if (stack.openings[i].kind === kind) {
				stack.depth = i;
				return;
			}
		}
	}

	endAll(lane: number): void {
		this.lanes[lane].depth = 0;
	}

	/** Tells an observer what has begun and not ended. */
	tell(observer: Observer): void {
		for (const {point, time, actor, subject, value} of this.image().flat()) {
			observer.observe(point, time, actor, subject, value);
		}
	}

	/** A copy, for a checkpoint. */
	image(): ReadonlyArray<ReadonlyArray<Readonly<Opening>>> {
		return this.lanes.map(({openings, depth}) => openings.slice(0, depth).map(opening => ({...opening})));
	}

	restore(image: ReadonlyArray<ReadonlyArray<Readonly<Opening>>>): void {
		for (const [lane, stack] of image.entries()) {
			this.endAll(lane);
			for (const {kind, point, time, actor, subject, value} of stack) {
				this.begin(lane, kind, point, time, actor, subject, value);
			}
		}
	}
}

export type OpenSlicesImage = ReturnType<OpenSlices['image']>;
