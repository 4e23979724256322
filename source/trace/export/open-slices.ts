import {type Observer} from '../../engine/probe.js';

/** A tracepoint that began something, as it was told. */
type Opening = {readonly kind: number; readonly point: number; readonly time: number; readonly actor: number; readonly subject: number; readonly value: number};

/**
What is under way on numbered lanes: on each a stack of the tracepoints that began it.
Ending something ends what was begun inside it, as slices nest.
*/
export class OpenSlices {
	private readonly lanes: Opening[][];

	constructor(lanes: number) {
		this.lanes = Array.from({length: lanes}, () => []);
	}

	/** `kind` is what `end` asks for: the same for begin and end. */
	begin(lane: number, kind: number, point: number, time: number, actor: number, subject: number, value: number): void {
		this.lanes[lane].push({
			kind, point, time, actor, subject, value,
		});
	}

	/** Nothing when nothing of that kind is under way. */
	end(lane: number, kind: number): void {
		const stack = this.lanes[lane];
		for (let i = stack.length - 1; i >= 0; i--) {
			if (stack[i].kind === kind) {
				stack.length = i;
				return;
			}
		}
	}

	endAll(lane: number): void {
		if (this.lanes[lane].length > 0) {
			this.lanes[lane].length = 0;
		}
	}

	/** Tells an observer what has begun and not ended. */
	tell(observer: Observer): void {
		for (const {point, time, actor, subject, value} of this.lanes.flat()) {
			observer.observe(point, time, actor, subject, value);
		}
	}

	/** A copy, for a checkpoint. */
	image(): ReadonlyArray<readonly Opening[]> {
		return this.lanes.map(stack => [...stack]);
	}

	restore(image: ReadonlyArray<readonly Opening[]>): void {
		for (const [lane, stack] of image.entries()) {
			this.lanes[lane].splice(0, Infinity, ...stack);
		}
	}
}

export type OpenSlicesImage = ReturnType<OpenSlices['image']>;
