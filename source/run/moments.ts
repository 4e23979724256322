/** What has a time, ns. */
type Timed = {readonly time: number};

export type MomentsOptions = {
	/**
	Simulated time between two moments that are kept while they are young, ns; default 100 ms.
	*/
	readonly spacing?: number;
	/** Moments that are kept at most, 3 or more; default 40. A moment is some hundred kilobytes. */
	readonly most?: number;
	/**
	Gaps between moments are to be as even as they can be, so that no time is far from
	one; else the older the wider.
	*/
	readonly even?: boolean;
};

/** Moments of a run by their time, the first at its start; how many are kept is bounded. */
export class Moments<Moment extends Timed> {
	private kept: Moment[];

	constructor(
		moments: readonly Moment[],
		private readonly options: MomentsOptions,
	) {
		this.kept = [...moments];
	}

	get all(): readonly Moment[] {
		return this.kept;
	}

	/** When the next one is to be kept, ns. */
	get due(): number {
		return (this.kept.at(-1)?.time ?? 0) + (this.options.spacing ?? 100_000_000);
	}

	/** The last moment before a time; the start when there is none. */
	before(time: number): Moment {
		return this.kept.findLast(moment => moment.time < time) ?? this.kept[0];
	}

	/**
	Keeps the present; of the older ones the one goes that leaves the
	smallest gap, for its age or at all.
	*/
	keep(moment: Moment): void {
		const {kept, options} = this;
		kept.push(moment);
		if (kept.length <= (options.most ?? 40)) {
			return;
		}

		const gaps = kept.map(({time}, index) =>
			index === 0 || index >= kept.length - 2
				? Infinity
				: (kept[index + 1].time - kept[index - 1].time) / (options.even === true ? 1 : moment.time - time),
		);
		kept.splice(gaps.indexOf(Math.min(...gaps)), 1);
	}

	/** Forgets the moments that no longer belong to the run. */
	retain(belongs: (moment: Moment) => boolean): void {
		this.kept = this.kept.filter(moment => belongs(moment));
	}
}
