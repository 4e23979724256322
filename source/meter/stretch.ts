import {type RecordingMeter} from './recording-meter.js';
import {type WindowLevel} from './window-level.js';

/** A stretch of a meter's time in whole windows of a level, cut to what was recorded. */
export class Stretch {
	readonly fromIndex: number;
	readonly toIndex: number;
	/** ns that are covered. */
	readonly duration: number;
	private readonly meter: RecordingMeter;
	private readonly level: WindowLevel;

	/**
	`from` and `to` (ns) are multiples of a level's window, or lie outside of what was recorded.
	*/
	constructor(meter: RecordingMeter, from: number, to: number) {
		const inside = [...(from > meter.start ? [from] : []), ...(to > meter.now ? [] : [to])];
		const level = meter.levelFor(...inside);
		this.meter = meter;
		this.level = level;
		this.fromIndex = Math.max(level.first, from > meter.start ? Math.round(from / level.window) : level.start);
		this.toIndex = Math.max(this.fromIndex, to > meter.now ? level.end + 1 : Math.round(to / level.window));
		const begin = Math.max(this.fromIndex * level.window, meter.start);
		this.duration = Math.max(0, Math.min(this.toIndex * level.window, meter.now) - begin);
	}

	grown(column: number): number {
		const {level, fromIndex, toIndex} = this;
		const {sums} = this.meter;
		return level.before(toIndex, column, sums) - level.before(fromIndex, column, sums);
	}

	rate(column: number): number {
		return this.duration === 0 ? 0 : (this.grown(column) * 1e9) / this.duration;
	}

	least(): number {
		return this.level.leastOf(this.fromIndex, this.toIndex);
	}
}
