import {parentPort, workerData} from 'node:worker_threads';
import {predictCell} from '../validation/predict.js';
import {type PredictionSetup, type PredictionTask} from './validation-pool.js';

/** A thread of `vqlab validate` or of a fit: makes the runs it is sent, one after another. An entry of the bundle. */
const {cells, preset, warmup, duration} = workerData as PredictionSetup;

parentPort?.on('message', (task: PredictionTask) => {
	parentPort?.postMessage(predictCell(cells[task.cell], task.preset ?? preset, {seed: task.seed, warmup, duration}));
});
