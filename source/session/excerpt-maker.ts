import {type Timeline} from '../run/timeline.js';
import {type Excerpt} from '../tracking/excerpt.js';
import {ExcerptWriter} from '../tracking/excerpt-writer.js';
import {type LiveKit} from './live-run.js';
import {type SessionRun} from './kept-run.js';
import {type Session} from './session.js';

/**
What there is of an excerpt that was asked for: the best so far, and how
far the making has come, 0 to 1.
*/
export type ExcerptReading = {readonly excerpt: Excerpt | undefined; readonly progress: number};

type Job = {
	readonly run: SessionRun;
	/** Of the session when the job's run was made: what was changed since is not in it. */
	readonly version: number;
	readonly from: number;
	to: number;
	/** ns, 0 for none. */
	readonly grain: number;
	readonly timeline: Timeline<LiveKit>;
	readonly start: number;
	writer: ExcerptWriter | undefined;
	/** It has grown too long, and ends before it should. */
	isCut: boolean;
};

/** An excerpt without grains has so many segments at most: some 100 ms of a busy run. */
const mostSegments = 400_000;

/** An excerpt that somebody waits for is given up after so many events. */
const patience = 4_000_000;

/** What is made beside [from, to), ns, on either side. */
function roomBeside(from: number, to: number, grain: number): number {
	return grain > 0 ? 0 : Math.min(to - from, 5_000_000);
}

/** It is sooner there than a run that begins anew, and not much too long then. */
function isNear(job: Job, from: number, to: number): boolean {
	return from - job.from < 20 * (to - from);
}

/**
Makes excerpts of a run's past: runs it again from the last moment that is kept, in
pieces, with a writer attached where the excerpt begins. The events are the same, so that
nothing is recorded while it runs.
*/
export class ExcerptMaker {
	private job: Job | undefined;
	private made: {readonly job: Job; readonly excerpt: Excerpt} | undefined;

	/** `most`: segments of an excerpt without grains. */
	constructor(
		private readonly session: Session,
		private readonly most = mostSegments,
	) {}

	/** What there is of [from, to), ns; what is missing is made by `work`. */
	read(from: number, to: number, grain: number): ExcerptReading {
		const {made} = this;
		const end = Math.min(to, this.session.now);
		if (made !== undefined && this.covers(made.job, made.excerpt, Math.max(0, from), end, grain)) {
			return {excerpt: made.excerpt, progress: 1};
		}

		this.begin(from, end, grain);
		const {job} = this;
		const isLike = made?.job.run === this.session.run && made.job.grain === grain;
		return {
			excerpt: isLike && made.excerpt.to <= this.session.now ? made.excerpt : undefined,
			progress: job === undefined ? 1 : (job.timeline.now - job.start) / Math.max(1, job.to - job.start),
		};
	}

	/** The same at once; undefined when it takes too long. */
	finish(from: number, to: number, grain = 0): Excerpt | undefined {
		for (let left = patience; left > 0; left -= 50_000) {
			const {excerpt, progress} = this.read(from, to, grain);
			if (progress === 1) {
				return excerpt;
			}

			this.work(50_000);
		}

		return undefined;
	}

	/** Makes about `budget` events; true when nothing is asked for. */
	work(budget: number): boolean {
		const {job} = this;
		if (job === undefined) {
			return true;
		}

		const {timeline, from, grain} = job;
		const first = timeline.events;
		while (timeline.now < job.to && timeline.events - first < budget) {
			if (job.writer === undefined && timeline.now >= from) {
				const {simulation, instruments} = timeline;
				job.writer = new ExcerptWriter(simulation, instruments.underWay, timeline.now, grain);
				simulation.observe(job.writer);
			}

			timeline.advance(job.writer === undefined ? from : job.to, Math.min(2000, budget));
			if ((job.writer?.length ?? 0) > this.most) {
				job.to = timeline.now;
				job.isCut = true;
			}
		}

		if (timeline.now >= job.to) {
			this.end(job);
		}

		return this.job === undefined;
	}

	/** Makes all that is asked for; false when nothing was. */
	workAll(): boolean {
		if (this.job === undefined) {
			return false;
		}

		while (!this.work(patience)) {
			// The rest of it.
		}

		return true;
	}

	private end(job: Job): void {
		this.job = undefined;
		if (job.writer !== undefined) {
			this.made = {job, excerpt: job.writer.excerpt(job.timeline.now)};
		}
	}

	private begin(from: number, end: number, grain: number): void {
		const {session, job, made} = this;
		// What is shown next is most often beside it.
		const room = roomBeside(from, end, grain);
		const [first, last] = [Math.max(0, from - room), Math.min(session.now, end + room)];
		if (job !== undefined && this.fits(job, from, grain) && isNear(job, from, end)) {
			job.to = Math.max(job.to, end);
			return;
		}

		if (last <= first) {
			this.job = undefined;
			return;
		}

		// The run that made the last one goes on from where it is.
		if (
			made?.job.writer !== undefined &&
			this.fits(made.job, from, grain) &&
			isNear(made.job, from, end) &&
			made.job.writer.length < this.most / 2
		) {
			this.job = {...made.job, to: last, start: made.job.timeline.now};
			return;
		}

		const timeline = session.run.timeline.at(first);
		this.job = {
			run: session.run,
			version: session.version,
			from: first,
			to: last,
			grain,
			timeline,
			start: timeline.now,
			writer: undefined,
			isCut: false,
		};
	}

	/** The job's run can come to what is asked for. */
	private fits({run, version, from, grain: own, timeline}: Job, first: number, grain: number): boolean {
		const {session} = this;
		return (
			run === session.run &&
			version === session.version &&
			own === grain &&
			from <= Math.max(0, first) &&
			timeline.now <= session.now
		);
	}

	private covers(job: Job, excerpt: Excerpt, from: number, to: number, grain: number): boolean {
		return (
			job.run === this.session.run &&
			job.grain === grain &&
			excerpt.to <= this.session.now &&
			excerpt.from <= from &&
			// One that was cut is all that there is where a new one would begin there, too.
			(excerpt.to >= to || (job.isCut && excerpt.from >= from - roomBeside(from, to, grain)))
		);
	}
}
