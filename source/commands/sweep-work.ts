import {configurationAt, type Plan, type Point} from '../experiment/sweep/plan.js';
import {type SweepResult} from '../experiment/sweep/results.js';
import {type SweepFigures, sweepKind, type SweepTask} from '../work/kinds/sweep.js';
import {type Pool} from '../work/pool.js';

/** A run to make. */
export type SweepJob = {readonly point: Point; readonly run: number};

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

/** Wall time of a chunk, ms: long beside a message to a worker, short beside what a kill may lose. */
const chunkTime = 250;
const mostInChunk = 64;

/**
Makes the runs in chunks, as many at once as there are lanes. The first chunks are one run, the others as long as runs have
taken so far, and shorter towards the end, so that no lane waits long for the last one.
*/
export async function workOff(pool: Pool, {plan, jobs, lanes, signal, onResult, onProgress}: SweepWork): Promise<void> {
	const failure = new AbortController();
	const stopped = AbortSignal.any([signal, failure.signal]);
	const parts = Array.from({length: lanes}, () => 0);
	let next = 0;
	let done = 0;
	let spent = 0;
	let timed = 0;
	const chunkSize = (): number => {
		const fitting = timed === 0 ? 1 : Math.floor((chunkTime * timed) / Math.max(1, spent));
		return Math.max(1, Math.min(fitting, mostInChunk, Math.ceil((jobs.length - next) / (2 * lanes))));
	};

	const work = async (lane: number): Promise<void> => {
		while (next < jobs.length && !stopped.aborted) {
			const chunk = jobs.slice(next, next + chunkSize());
			next += chunk.length;
			// eslint-disable-next-line no-await-in-loop -- a lane has a chunk at a time
			const [answer = []] = await pool.answers(sweepKind, [taskOf(plan, chunk)], {
				signal: stopped,
				onProgress(_, share) {
					parts[lane] = share * chunk.length;
					onProgress(done + parts.reduce((sum, part) => sum + part, 0));
				},
				onDone(_, figures, milliseconds) {
					spent += milliseconds;
					timed += figures.length;
				},
			});
			parts[lane] = 0;
			done += answer.length;
			for (const figures of answer) {
				onResult(resultOf(plan, figures));
			}

			onProgress(done + parts.reduce((sum, part) => sum + part, 0));
		}
	};

	await Promise.all(
		parts.map(async (_, lane) => {
			try {
				await work(lane);
			} catch (error) {
				failure.abort();
				throw error;
			}
		}),
	);
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
