import {configurationAt, type Plan, type Point} from '../experiment/sweep/plan.js';
import {type SweepResult} from '../experiment/sweep/results.js';
import {type SweepFigures, sweepKind, type SweepTask} from '../work/kinds/sweep.js';
import {type Pool} from '../work/pool.js';

/** A run to make. */
export type SweepJob = {readonly point: Point; readonly run: number};

/** The runs to make, and what hears of them. */
export type SweepWork = {
	readonly plan: Plan;
	readonly jobs: readonly SweepJob[];
	/** Chunks at once. */
	readonly lanes: number;
	readonly signal: AbortSignal;
	/** A run is finished. What this throws ends the work. */
	readonly onResult: (result: SweepResult) => void;
	/** Runs that are done, parts of one counted. */
	readonly onProgress: (done: number) => void;
};

/**
Wall time of a chunk, ms: long beside a message to a worker, short beside what a kill may lose.
*/
const chunkTime = 250;
const mostInChunk = 64;

/**
Makes the runs of a sweep, as many chunks at once as there are lanes. Throws what `onResult` throws.
*/
export async function workOff(pool: Pool, work: SweepWork): Promise<void> {
	await new Course(pool, work).run();
}

/**
The first chunks are one run, the others as long as runs have taken so far, and shorter towards the
end, so that no lane waits long for the last one.
*/
class Course {
	private readonly failure = new AbortController();
	private readonly stopped: AbortSignal;
	/** Runs of the chunk of each lane that are done, parts of one counted. */
	private readonly parts: number[];
	private next = 0;
	private done = 0;
	/** Runs that were timed, and their wall time, ms. */
	private timed = 0;
	private spent = 0;

	constructor(
		private readonly pool: Pool,
		private readonly work: SweepWork,
	) {
		this.stopped = AbortSignal.any([work.signal, this.failure.signal]);
		this.parts = Array.from({length: work.lanes}, () => 0);
	}

	async run(): Promise<void> {
		await Promise.all(
			this.parts.map(async (_, lane) => {
				try {
					await this.keepBusy(lane);
				} catch (error) {
					this.failure.abort();
					throw error;
				}
			}),
		);
	}

	private async keepBusy(lane: number): Promise<void> {
		const {jobs, plan, onResult} = this.work;
		while (this.next < jobs.length && !this.stopped.aborted) {
			const chunk = jobs.slice(this.next, this.next + this.chunkSize());
			this.next += chunk.length;
			// eslint-disable-next-line no-await-in-loop -- a lane has a chunk at a time
			const finished = await this.finishedOf(chunk, lane);
			this.parts[lane] = 0;
			this.done += finished.length;
			for (const figures of finished) {
				onResult(resultOf(plan, figures));
			}

			this.show();
		}
	}

	private async finishedOf(chunk: readonly SweepJob[], lane: number): Promise<readonly SweepFigures[]> {
		const [finished = []] = await this.pool.answers(sweepKind, [taskOf(this.work.plan, chunk)], {
			signal: this.stopped,
			onProgress: (_, share) => {
				this.parts[lane] = share * chunk.length;
				this.show();
			},
			onDone: (_, figures, milliseconds) => {
				this.spent += milliseconds;
				this.timed += figures.length;
			},
		});
		return finished;
	}

	private chunkSize(): number {
		const {jobs, lanes} = this.work;
		const fitting = this.timed === 0 ? 1 : Math.floor((chunkTime * this.timed) / Math.max(1, this.spent));
		return Math.max(1, Math.min(fitting, mostInChunk, Math.ceil((jobs.length - this.next) / (2 * lanes))));
	}

	private show(): void {
		let {done} = this;
		for (const part of this.parts) {
			done += part;
		}

		this.work.onProgress(done);
	}
}

function taskOf(plan: Plan, chunk: readonly SweepJob[]): SweepTask {
	const configurations = new Map(chunk.map(({point}) => [point, configurationAt(plan, point)]));
	return {
		runs: chunk.flatMap(({point, run}) => {
			const configuration = configurations.get(point);
			return configuration === undefined ? [] : [{point: point.index, run, seed: plan.seed + run, configuration}];
		}),
		warmup: plan.warmup,
		duration: plan.duration,
		budget: plan.budget,
	};
}

function resultOf(
	{points}: Plan,
	{point, run, seed, figures, eventHash, events, end, stall}: SweepFigures,
): SweepResult {
	const {hash, set} = points[point];
	return {
		point,
		hash,
		run,
		seed,
		set,
		metrics: figures,
		eventHash,
		events,
		end,
		stall,
		refused: null,
	};
}
