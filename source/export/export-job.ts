import {type RunPlan} from '../simulation/plan.js';
import {Timeline} from '../run/timeline.js';
import {type ExportKit, exportKit} from './export-kit.js';
import {type TraceFormat, type TraceWriter} from './trace-format.js';

/** The stretch of a run that is written: [from, end), ns. */
export type Stretch = {readonly from: number; readonly end: number};

/**
Makes a stretch of a run again, with an exporter attached where it begins, and writes what
happens from there on. The events are those of any other run of the plan, so that nothing
needs to be recorded beforehand; a timeline that begins at a moment of that run writes the
same as one that begins at time 0.
*/
export class ExportJob {
	/** The measured time of a plan, from time 0 on. */
	static of(plan: RunPlan, format: TraceFormat): ExportJob {
		const timeline = new Timeline(plan, exportKit(format.needsRecorder === true), {spacing: Infinity});
		return new ExportJob(timeline, format, {from: plan.warmup, end: plan.warmup + plan.duration});
	}

	private readonly timeline: Timeline<ExportKit>;
	private readonly format: TraceFormat;
	private readonly stretch: Stretch;
	private readonly start: number;
	private writer: TraceWriter | undefined;

	/**
	`timeline`: a run that is at `from` at the latest, and nobody else's. Throws `UserError` when
	the format has nothing to say of it.
	*/
	constructor(timeline: Timeline<ExportKit>, format: TraceFormat, stretch: Stretch) {
		format.refuse?.(timeline.configuration);
		this.timeline = timeline;
		this.format = format;
		this.stretch = stretch;
		this.start = timeline.now;
	}

	/** Share that is done, 0 to 1. */
	get progress(): number {
		return Math.min(1, (this.timeline.now - this.start) / (this.stretch.end - this.start));
	}

	/** Events so far, from time 0 on. */
	get events(): number {
		return this.timeline.events;
	}

	/**
	Runs about `budget` events more; true at the end. Throws `UserError`
	when the export grows out of hand.
	*/
	advance(budget: number): boolean {
		const {
			timeline,
			stretch: {from, end},
		} = this;
		for (let left = budget; left > 0 && timeline.now < end;) {
			if (this.writer === undefined && timeline.now >= from) {
				this.attach();
			}

			const before = timeline.events;
			timeline.advance(this.writer === undefined ? Math.min(from, end) : end, left);
			left -= Math.max(1, timeline.events - before);
		}

		return timeline.now >= end;
	}

	/** The export as far as the run has got. */
	text(): string {
		if (this.writer === undefined) {
			this.attach();
		}

		return this.writer?.text(this.timeline.now) ?? '';
	}

	private attach(): void {
		const {
			timeline: {
				simulation,
				instruments: {underWay, recorder},
			},
			stretch: {from},
			format,
		} = this;
		this.writer = format.writer({
			simulation,
			recorder,
			underWay,
			from,
		});
		simulation.observe(this.writer);
	}
}
