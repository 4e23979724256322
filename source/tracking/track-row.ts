import {addPart, type CellPart, cellState} from './cell-state.js';
import {type Segment, type TrackKind, type TrackState, trackStates} from './excerpt.js';

/** Numbers of the states. */
export const code = Object.fromEntries(trackStates.map((name, number) => [name, number])) as Readonly<
	Record<TrackState, number>
>;

/**
A track that is written: what was seen last, and since when; with a grain a
segment stands for each so many ns.
*/
export class TrackRow {
	readonly segments: Segment[] = [];
	state = code.idle;
	actor = -1;
	private since: number;
	/** What is in the grain that is not over. */
	private readonly parts: CellPart[] = [];

	constructor(
		readonly kind: TrackKind,
		readonly index: number,
		from: number,
		private readonly grain: number,
	) {
		this.since = from;
	}

	set(time: number, state: number, actor: number): void {
		if (state === this.state && actor === this.actor) {
			return;
		}

		this.cut(time);
		this.state = state;
		this.actor = actor;
	}

	/** What lasts no time leaves no segment. */
	cut(time: number): void {
		if (this.grain > 0) {
			this.fill(time);
		} else if (time > this.since) {
			this.segments.push(this.present(time));
			this.since = time;
		}
	}

	/** All up to a time, with what is not over. */
	upTo(time: number): readonly Segment[] {
		this.cut(time);
		return [...this.segments];
	}

	private present(end: number): Segment {
		const {state, actor, since} = this;
		return {
			start: since,
			end,
			state: trackStates[state],
			actor,
		};
	}

	private fill(time: number): void {
		const {grain, parts} = this;
		while (this.since < time) {
			const start = Math.floor(this.since / grain) * grain;
			const end = Math.min(start + grain, time);
			addPart(parts, trackStates[this.state], this.actor, end - this.since);
			this.since = end;
			if (end === start + grain) {
				const {state, actor} = cellState(parts, grain) ?? {state: 'idle', actor: -1};
				this.segments.push({
					start: Math.max(start, this.segments.at(-1)?.end ?? start),
					end,
					state,
					actor,
				});
				parts.length = 0;
			}
		}
	}
}
