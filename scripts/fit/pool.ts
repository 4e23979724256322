import {createHash} from 'node:crypto';
import {rmSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import path from 'node:path';
import {Worker} from 'node:worker_threads';
import {build} from 'esbuild';
import {type Cell, type Prediction} from '../../source/validation/cell.js';
import {type MedianCheck} from '../../source/validation/median-checks.js';
import {median} from '../../source/validation/rank.js';
import {medianPrediction} from '../../source/validation/score.js';
import {sameMachine} from '../../source/validation/session-speed.js';
import {type Story} from '../../source/validation/story.js';
import {type Preset} from '../../source/presets/preset.js';
import {root} from '../bundle.js';
import {type FitAnswer, type FitSetup, type FitTask} from './task.js';

/** What the model says with one set of constants, cells and medians in their given order. */
export type Evaluation = {readonly predictions: readonly Prediction[]; readonly medians: readonly MedianCheck[]};

type Options = Omit<FitSetup, 'cells'> & {readonly cells: readonly Cell[]; readonly story: Story};

/** Threads that live as long as a fit, so that they compile the model once. */
export class FitPool {
	/** Bundles the model as it is in the sources and starts the threads. Times in ns. */
	static async start(options: Options): Promise<FitPool> {
		const {outputFiles: [{text}]} = await build({
			absWorkingDir: root,
			entryPoints: ['scripts/fit/worker.ts'],
			bundle: true,
			format: 'esm',
			platform: 'node',
			target: 'node20',
			define: {'process.env.NODE_ENV': '"production"'},
			banner: {js: 'import {createRequire} from \'node:module\';\nconst require = createRequire(import.meta.url);'},
			logLevel: 'warning',
			write: false,
		});
		return new FitPool(options, text);
	}

	/** Names the model, the cells and the length of a run: evaluations under another are another model's. */
	readonly fingerprint: string;
	private readonly workers: readonly Worker[];
	private readonly options: Options;
	/** By cell: the first cell that the model cannot tell from it. */
	private readonly twins: readonly number[];

	private constructor(options: Options, bundle: string) {
		this.options = options;
		const {cells, story, warmup, duration} = options;
		const inert = story.inert.map(({key}) => key);
		const machines = cells.map(cell => sameMachine(cell, inert));
		this.twins = machines.map(key => machines.indexOf(key));
		const workerData: FitSetup = {cells, warmup, duration};
		this.fingerprint = createHash('sha256').update(bundle).update(JSON.stringify([workerData, story.medians])).digest('hex').slice(0, 16);
		// A worker reads a file: it is there while the threads start.
		const file = path.join(root, `fit-worker-${process.pid}.mjs`);
		writeFileSync(file, bundle);
		process.once('exit', () => {
			rmSync(file, {force: true});
		});
		this.workers = Array.from({length: availableParallelism()}, () => new Worker(file, {workerData}));
	}

	/** Predictions of all cells, the median over the seeds. */
	async evaluate(preset: Preset, seeds: readonly number[]): Promise<Evaluation> {
		const {cells, story} = this.options;
		const tasks: FitTask[] = cells.flatMap(({id}, cell) => this.twins[cell] === cell
			? seeds.map(seed => ({
				cell, seed, preset, primitives: story.medians.filter(check => check.cell === id).map(({primitive}) => primitive),
			}))
			: []);
		// Long ones first, so that the threads end together.
		const order = tasks.toSorted((a, b) => lengthOf(cells[b.cell]) - lengthOf(cells[a.cell]));
		const answers = new Map<number, FitAnswer[]>();
		let next = 0;
		await Promise.all(this.workers.map(async worker => {
			while (next < order.length) {
				const task = order[next++];
				const answer = await answerOf(worker, task); // eslint-disable-line no-await-in-loop -- a worker makes one run at a time
				answers.set(task.cell, [...answers.get(task.cell) ?? [], answer]);
			}
		}));
		const answersOf = (cell: number): readonly FitAnswer[] => answers.get(this.twins[cell]) ?? [];
		return {
			predictions: cells.map(({measured}, cell) => {
				const all = medianPrediction(answersOf(cell).map(({prediction}) => prediction));
				return Object.fromEntries(Object.entries(all).filter(([metric]) => measured[metric] !== undefined));
			}),
			medians: story.medians.map(check => {
				const seen = answersOf(cells.findIndex(({id}) => id === check.cell)).flatMap(({medians}) => medians[check.primitive] ?? []);
				return {...check, predicted: seen.length === 0 ? null : median(seen)};
			}),
		};
	}

	async close(): Promise<void> {
		await Promise.all(this.workers.map(async worker => worker.terminate()));
	}
}

/** A guess at how long a run takes. */
function lengthOf({clients}: Cell): number {
	return clients.reduce((sum, client) => sum + (client.kind === 'paced' ? 0 : client.threads), 0);
}

async function answerOf(worker: Worker, task: FitTask): Promise<FitAnswer> {
	return new Promise((resolve, reject) => {
		worker.removeAllListeners();
		worker.once('message', resolve).once('error', reject);
		worker.postMessage(task);
	});
}
