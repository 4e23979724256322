import {parentPort, workerData} from 'node:worker_threads';
import {predictCell} from '../../source/validation/predict.js';
import {PrimitiveProbe} from '../../source/validation/primitive-probe.js';
import {type FitAnswer, type FitSetup, type FitTask} from './task.js';

/** A thread of a fit: makes the runs it is sent, one after another. The fit bundles it. */
const {cells, warmup, duration} = workerData as FitSetup;

parentPort?.on('message', ({cell, seed, preset, primitives}: FitTask) => {
	const probe = new PrimitiveProbe();
	const prediction = predictCell(cells[cell], preset, {
		seed,
		warmup,
		duration,
		prepare(simulation) {
			if (primitives.length > 0) {
				simulation.observe(probe);
			}
		},
	});
	const answer: FitAnswer = {prediction, medians: Object.fromEntries(primitives.map(primitive => [primitive, probe.quantile(primitive, 0.5)]))};
	parentPort?.postMessage(answer);
});
