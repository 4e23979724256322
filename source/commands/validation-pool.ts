import {type Cell, type Prediction} from '../validation/cell.js';
import {predictCell} from '../validation/predict.js';
import {type Preset} from '../presets/preset.js';
import {type Interrupt} from './interrupt.js';
import {answersOf} from './task-pool.js';

/** What all runs have in common. Times in ns. */
export type PredictionSetup = {
	readonly cells: readonly Cell[];
	readonly preset: Preset;
	readonly warmup: number;
	readonly duration: number;
};

/** A run: the cell by its number, the seed, and the preset if it is not that of the setup. */
export type PredictionTask = {readonly cell: number; readonly seed: number; readonly preset?: Preset};

type Options = PredictionSetup & {
	readonly tasks: readonly PredictionTask[];
	/** Called before the first run and after each with how many are done. */
	readonly onProgress: (done: number) => void;
	readonly interrupt: Interrupt;
};

/** Makes all runs on all cores; returns the predictions in the order of the tasks, fewer when the user interrupts. */
export async function predictAll({cells, preset, warmup, duration, tasks, onProgress, interrupt}: Options): Promise<ReadonlyArray<Prediction | undefined>> {
	const setup: PredictionSetup = {
		cells, preset, warmup, duration,
	};
	let done = 0;
	return answersOf<PredictionTask, Prediction>({
		entry: 'validation-worker.js',
		workerData: setup,
		tasks,
		here: task => predictCell(cells[task.cell], task.preset ?? preset, {seed: task.seed, warmup, duration}),
		onStart() {
			onProgress(done);
		},
		onDone() {
			onProgress(++done);
		},
		interrupt,
	});
}
