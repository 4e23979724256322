import {availableParallelism} from 'node:os';
import path from 'node:path';
import {Worker} from 'node:worker_threads';
import {type Cell, type Prediction} from '../source/experiment/validation/cell.js';
import {median} from '../source/experiment/validation/rank.js';
import {type Preset} from '../source/presets/preset.js';
import {root} from './bundle.js';

type Job = {readonly cell: number; readonly seed: number; readonly preset: Preset};

/** Threads that live as long as a fit, so that they compile the model once. */
export class FitPool {
	private readonly workers: readonly Worker[];
	private readonly cells: readonly Cell[];
	/** By cell: the first cell that the model cannot tell from it. */
	private readonly twins: readonly number[];

	/** Times in ns. The bundle must be built. */
	constructor(cells: readonly Cell[], preset: Preset, {warmup, duration}: {readonly warmup: number; readonly duration: number}) {
		this.cells = cells;
		const keys = cells.map(cell => sameRun(cell));
		this.twins = keys.map(key => keys.indexOf(key));
		const workerData = {
			cells, preset, warmup, duration,
		};
		this.workers = Array.from({length: availableParallelism()}, () => new Worker(path.join(root, 'distribution/validation-worker.js'), {workerData}));
	}

	/** Predictions of all cells, the median over the seeds. */
	async predict(preset: Preset, seeds: readonly number[]): Promise<Prediction[]> {
		const jobs: Job[] = this.cells.flatMap((_, cell) => this.twins[cell] === cell ? seeds.map(seed => ({cell, seed, preset})) : []);
		// Long ones first, so that the threads end together.
		const order = jobs.toSorted((a, b) => weightOf(this.cells[b.cell]) - weightOf(this.cells[a.cell]));
		const results = new Map<number, Prediction[]>();
		let next = 0;
		await Promise.all(this.workers.map(async worker => {
			while (next < order.length) {
				const job = order[next++];
				const prediction = await answerOf(worker, job); // eslint-disable-line no-await-in-loop -- a worker makes one run at a time
				results.set(job.cell, [...results.get(job.cell) ?? [], prediction]);
			}
		}));
		return this.cells.map((cell, index) => medians(cell, results.get(this.twins[index]) ?? []));
	}

	async close(): Promise<void> {
		await Promise.all(this.workers.map(async worker => worker.terminate()));
	}
}

function medians(cell: Cell, predictions: readonly Prediction[]): Prediction {
	return Object.fromEntries(Object.keys(cell.measured).flatMap(path => {
		const found = predictions.flatMap(prediction => prediction[path] ?? []);
		return found.length === 0 ? [] : [[path, median(found)]];
	}));
}

/** Under TCG an ioeventfd changes nothing, and the shipped module is the instrumented one. */
function sameRun({parameters, clients}: Cell): string {
	return JSON.stringify([Object.entries(parameters).filter(([key]) => key !== 'host.ioeventfd').toSorted(([a], [b]) => a < b ? -1 : 1), clients]);
}

/** A guess at how long a run takes. */
function weightOf({clients}: Cell): number {
	return clients.reduce((sum, client) => sum + (client.kind === 'paced' ? 0 : client.threads), 0);
}

async function answerOf(worker: Worker, job: Job): Promise<Prediction> {
	return new Promise((resolve, reject) => {
		worker.removeAllListeners();
		worker.once('message', resolve).once('error', reject);
		worker.postMessage(job);
	});
}
