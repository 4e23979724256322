import {type Shape} from '../source/experiment/shape/shape.js';
import {type TaskKind, type TaskTable} from '../source/work/task-kind.js';
import {tasks} from '../source/work/tasks.js';

/** The file of a worker that runs the sources, and knows the kinds of the scripts too. */
export const workerFile = new URL('worker.mjs', import.meta.url);

/** A preset to scale the costs of, and about how many commands a run of it has. */
export type ShapeTask = {readonly preset: string; readonly commands: number};

export const shapeKind: TaskKind<ShapeTask, Shape> = {
	name: 'shape',
	async load() {
		const {shapeOf} = await import('../source/experiment/shape/shape.js');
		const {loadPreset} = await import('../source/presets/load-preset.js');
		return ({preset, commands}) => shapeOf(loadPreset(preset), {commands});
	},
};

/** A draw of the fuzzer by its number. */
export type DrawTask = {readonly seed: number; readonly index: number};

/** What is wrong with a draw, null when nothing is. */
export const drawKind: TaskKind<DrawTask, string | null> = {
	name: 'draw',
	async load() {
		const {drawOf, tryDraw} = await import('./fuzz/draw.js');
		return async ({seed, index}) => (await tryDraw(drawOf(seed, index))) ?? null;
	},
};

/** What a worker of a script can be asked. */
export const scriptTasks: TaskTable = [...tasks, shapeKind, drawKind];
