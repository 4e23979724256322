import {existsSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import {type Cell, type Prediction} from '../experiment/validation/cell.js';
import {predictCell} from '../experiment/validation/predict.js';
import {type Preset} from '../presets/preset.js';
import {type Interrupt} from './interrupt.js';

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
	/** Called after each run with how many are done. */
	readonly onDone: (done: number) => void;
	readonly interrupt: Interrupt;
};

/** Beside the bundle; there is none beside the sources, where the runs are made in this thread. */
const workerFile = fileURLToPath(new URL('validation-worker.js', import.meta.url));

/** Makes all runs on all cores; returns the predictions in the order of the tasks, fewer when the user interrupts. */
export async function predictAll(options: Options): Promise<ReadonlyArray<Prediction | undefined>> {
	return existsSync(workerFile) ? predictInWorkers(options) : predictHere(options);
}

async function predictHere({cells, preset, tasks, interrupt, onDone, ...run}: Options): Promise<Prediction[]> {
	const predictions: Prediction[] = [];
	for (const {cell, seed} of tasks) {
		await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two runs
		if (interrupt.signal !== undefined) {
			break;
		}

		predictions.push(predictCell(cells[cell], preset, {...run, seed}));
		onDone(predictions.length);
	}

	return predictions;
}

async function predictInWorkers({cells, preset, warmup, duration, tasks, interrupt, onDone}: Options): Promise<Array<Prediction | undefined>> {
	const predictions: Array<Prediction | undefined> = Array.from({length: tasks.length});
	const workerData: PredictionSetup = {
		cells, preset, warmup, duration,
	};
	let next = 0;
	let done = 0;
	const count = Math.min(availableParallelism(), tasks.length);
	await Promise.all(Array.from({length: count}, async () => {
		const worker = new Worker(workerFile, {workerData});
		try {
			while (next < tasks.length && interrupt.signal === undefined) {
				const task = next++;
				predictions[task] = await answerOf(worker, tasks[task]); // eslint-disable-line no-await-in-loop -- a worker makes one run at a time
				onDone(++done);
			}
		} finally {
			await worker.terminate();
		}
	}));
	return predictions;
}

/** Sends the task to the worker and waits for its prediction. A fault in the worker is one here. */
async function answerOf(worker: Worker, task: PredictionTask): Promise<Prediction> {
	return new Promise((resolve, reject) => {
		const onMessage = (prediction: Prediction) => {
			worker.off('error', onError);
			resolve(prediction);
		};

		const onError = (error: Error) => {
			worker.off('message', onMessage);
			reject(error);
		};

		worker.once('message', onMessage).once('error', onError);
		worker.postMessage(task);
	});
}
