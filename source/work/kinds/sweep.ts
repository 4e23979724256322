import {type Figures} from '../../experiment/compare/figures.js';
import {metricPaths} from '../../metrics/metric-path.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type TaskKind} from '../task-kind.js';

/** A run of a chunk. */
export type SweepRun = {
	readonly point: number;
	readonly run: number;
	readonly seed: number;
	readonly configuration: Configuration;
};

/** Runs that a worker makes one after another. Times in ns. */
export type SweepTask = {
	readonly runs: readonly SweepRun[];
	readonly warmup: number;
	readonly duration: number;
	/** Events of a run at most. */
	readonly budget: number;
};

/** What came of a run. */
export type SweepFigures = {
	readonly point: number;
	readonly run: number;
	readonly seed: number;
	readonly figures: Figures;
	readonly eventHash: string;
	readonly events: number;
	readonly end: string;
	readonly stall: string | null;
};

/** Events between two pauses: some 20 ms of work. */
const slice = 50_000;

/** A chunk of a sweep; one that is stopped answers with the runs that it has finished. */
export const sweepKind: TaskKind<SweepTask, readonly SweepFigures[]> = {
	name: 'sweep',
	stopsEarly: true,
	async load() {
		const {Run} = await import('../../run/run.js');
		return async ({runs, warmup, duration, budget}, pause) => {
			const finished: SweepFigures[] = [];
			for (const [place, {point, run: number, seed, configuration}] of runs.entries()) {
				const run = new Run({
					configuration,
					seed,
					warmup,
					duration,
					changes: [],
					window: duration,
					budget,
				});
				do {
					// eslint-disable-next-line no-await-in-loop -- signals are heard between two slices
					if (await pause((place + run.progress) / runs.length)) {
						return finished;
					}
				} while (!run.advance(slice));

				const {metrics, eventHash, events, stall, end} = run.outcome();
				finished.push({
					point,
					run: number,
					seed,
					figures: Object.fromEntries(metricPaths(metrics)),
					eventHash,
					events,
					end,
					stall: stall?.text ?? null,
				});
			}

			return finished;
		};
	},
};
