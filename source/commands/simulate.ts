import {setImmediate as nextTurn} from 'node:timers/promises';
import {Run, type RunOutcome} from '../run/run.js';
import {type Stretch} from '../run/stretches.js';
import {type Metrics} from '../metrics/metrics.js';
import {type WrittenStall} from '../report/run-report.js';
import {type RunPlan} from '../simulation/plan.js';
import {type Interrupt} from './interrupt.js';

/** A run to make. Times in ns. */
export type SimulateRequest = RunPlan & {
	readonly window: number;
	/** Checks the invariants after every event. */
	readonly check: boolean;
	/** Whether all metrics of every window are wanted, which takes time and memory. */
	readonly series: boolean;
	/** Events of one run at most. */
	readonly budget?: number;
};

/** A window of a run; times in s. */
export type SimulatedWindow = {readonly t: number; readonly window: number; readonly metrics: Metrics};

/** What came of it. */
export type Simulated = {
	readonly metrics: Metrics;
	readonly stretches: readonly Stretch[];
	readonly events: number;
	readonly eventHash: string;
	readonly end: RunOutcome['end'];
	/** Measured time, s. */
	readonly simulatedSeconds: number;
	readonly unfinished: number;
	readonly stall: WrittenStall | null;
	/** Empty unless asked for. */
	readonly windows: readonly SimulatedWindow[];
	/** Two quantities of every window, for a chart. */
	readonly contention: ReadonlyArray<number | null>;
	readonly throughput: ReadonlyArray<number | null>;
};

/** Events between two looks at whether a signal came: some 20 ms of work, also where each event is checked. */
const slice = 50_000;
const checkedSlice = 2000;

/** Makes a run, telling how far it is, 0 to 1; it ends early when the user interrupts it. */
export async function simulate({series, ...options}: SimulateRequest, interrupt: Interrupt, onProgress: (share: number) => void = () => undefined): Promise<Simulated> {
	const rows: SimulatedWindow[] = [];
	const contention: Array<number | null> = [];
	const throughput: Array<number | null> = [];
	const run = new Run({
		...options,
		onWindow({index, windows}) {
			contention.push(windows.value('lock.contentionShare', index, index + 1));
			throughput.push(windows.value('throughput.completed', index, index + 1));
			if (series) {
				rows.push({t: windows.startOf(index) / 1e9, window: windows.window / 1e9, metrics: windows.metrics(index, index + 1)});
			}
		},
	});
	do {
		await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two slices
		onProgress(run.progress);
	} while (interrupt.signal === undefined && !run.advance(options.check ? checkedSlice : slice));

	const {
		metrics, stretches, measured, events, eventHash, end, unfinished, stall,
	} = run.outcome();
	return {
		metrics, stretches, events, eventHash, end, simulatedSeconds: measured / 1e9, unfinished, stall, windows: rows, contention, throughput,
	};
}
