import {type AtomicSleepReport} from '../../run/atomic-sleep-words.js';
import {type RunOutcome} from '../../run/run.js';
import {type Stretch} from '../../run/stretches.js';
import {type Metrics} from '../../metrics/metrics.js';
import {type StallWords} from '../../diagnosis/finding.js';
import {type RunPlan} from '../../simulation/plan.js';
import {type TaskKind} from '../task-kind.js';

/** A run to make. Times in ns. */
export type RunTask = RunPlan & {
	readonly window: number;
	/** Checks the invariants after every event. */
	readonly check: boolean;
	/** Whether all metrics of every window are wanted, which takes time and memory. */
	readonly series: boolean;
	/** Events of one run at most. */
	readonly budget: number;
};

/** A window of a run; times in s. */
export type SimulatedWindow = {readonly t: number; readonly window: number; readonly metrics: Metrics};

/** What came of it. */
export type Simulated = {
	readonly metrics: Metrics;
	readonly stretches: readonly Stretch[];
	readonly events: number;
	readonly eventHash: string;
	/** After each block of events. */
	readonly hashes: readonly string[];
	readonly end: RunOutcome['end'];
	/** Measured time, s. */
	readonly simulatedSeconds: number;
	readonly unfinished: number;
	readonly stall: StallWords | null;
	/** What was found of sleeps in atomic context, as the kernel would report them. */
	readonly sleeps: readonly AtomicSleepReport[];
	/** Empty unless asked for. */
	readonly windows: readonly SimulatedWindow[];
	/** Two quantities of every window, for a chart. */
	readonly contention: ReadonlyArray<number | null>;
	readonly throughput: ReadonlyArray<number | null>;
};

/** Events between two pauses: some 20 ms of work, also where each event is checked. */
const slice = 50_000;
const checkedSlice = 2000;

/** A run of `vqlab run`; one that is stopped answers with what it has measured. */
export const runKind: TaskKind<RunTask, Simulated> = {
	name: 'run',
	stopsEarly: true,
	async load() {
		const {Run} = await import('../../run/run.js');
		return async ({series, ...options}, pause) => {
			const windows: SimulatedWindow[] = [];
			const contention: Array<number | null> = [];
			const throughput: Array<number | null> = [];
			const run = new Run({
				...options,
				onWindow({index, windows: all}) {
					contention.push(all.value('lock.contentionShare', index, index + 1));
					throughput.push(all.value('throughput.completed', index, index + 1));
					if (series) {
						windows.push({
							t: all.startOf(index) / 1e9,
							window: all.window / 1e9,
							metrics: all.metrics(index, index + 1),
						});
					}
				},
			});
			let isStopped: boolean;
			do {
				isStopped = await pause(run.progress); // eslint-disable-line no-await-in-loop -- signals are heard between two slices
			} while (!isStopped && !run.advance(options.check ? checkedSlice : slice));

			const {metrics, stretches, measured, events, eventHash, hashes, end, unfinished, stall, sleeps} =
				run.outcome();
			return {
				metrics,
				stretches,
				events,
				eventHash,
				hashes,
				end,
				simulatedSeconds: measured / 1e9,
				unfinished,
				stall,
				sleeps,
				windows,
				contention,
				throughput,
			};
		};
	},
};
