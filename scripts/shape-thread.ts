import {parentPort} from 'node:worker_threads';
import {shapeOf} from '../source/experiment/shape/shape.js';
import {loadPreset} from '../source/presets/load-preset.js';
import {type ShapeTask} from './shape-task.js';

/** A thread of `npm run shape`: takes presets one after another. */
parentPort?.on('message', ({preset, commands}: ShapeTask) => {
	parentPort?.postMessage(shapeOf(loadPreset(preset), {commands}));
});
