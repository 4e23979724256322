import {createHash} from 'node:crypto';
import {buildSync} from 'esbuild';
import {type Cell, type Prediction} from '../../source/validation/cell.js';
import {checkMedians, type MedianCheck, primitivesOf} from '../../source/validation/median-checks.js';
import {medianPrediction} from '../../source/validation/score.js';
import {sameMachine} from '../../source/validation/session-speed.js';
import {type Story} from '../../source/validation/story.js';
import {type Preset} from '../../source/presets/preset.js';
import {type CellAnswer, cellKind, type CellTask} from '../../source/work/kinds/cell.js';
import {Pool} from '../../source/work/pool.js';
import {root} from '../places.js';
import {workerFile} from '../tasks.js';

/** What the model says with one set of constants, cells and medians in their given order. */
export type Evaluation = {readonly predictions: readonly Prediction[]; readonly medians: readonly MedianCheck[]};

type Options = {
	readonly cells: readonly Cell[];
	readonly story: Story;
	/** Of each run, ns: not measured, and measured. */
	readonly warmup: number;
	readonly duration: number;
};

/** Runs all cells with given constants, in threads that live as long as a fit. */
export class Evaluator {
	/**
	Names the model, the cells and the length of a run: evaluations
	under another are another model's.
	*/
	readonly fingerprint: string;
	private readonly pool = new Pool({file: workerFile});
	private readonly options: Options;
	/** By cell: the first cell that the model cannot tell from it. */
	private readonly twins: readonly number[];

	constructor(options: Options) {
		this.options = options;
		const {cells, story, warmup, duration} = options;
		const inert = story.inert.map(({key}) => key);
		const machines = cells.map(cell => sameMachine(cell, inert));
		this.twins = machines.map(key => machines.indexOf(key));
		this.fingerprint = createHash('sha256')
			.update(modelText())
			.update(JSON.stringify([cells, warmup, duration, story.medians]))
			.digest('hex')
			.slice(0, 16);
	}

	/** Predictions of all cells, the median over the seeds. */
	async evaluate(preset: Preset, seeds: readonly number[]): Promise<Evaluation> {
		const {cells, story, warmup, duration} = this.options;
		const tasks = cells.flatMap((cell, index) =>
			this.twins[index] === index
				? seeds.map((seed): CellTask => ({
						cell,
						preset,
						seed,
						warmup,
						duration,
						primitives: primitivesOf(story.medians, cell.id),
					}))
				: [],
		);
		// Long ones first, so that the threads end together.
		const order = tasks.toSorted((a, b) => lengthOf(b.cell) - lengthOf(a.cell));
		const found = await this.pool.answers(cellKind, order);
		const answersOf = (index: number): CellAnswer[] =>
			found.filter(
				(answer, task): answer is CellAnswer =>
					answer !== undefined && order[task].cell === cells[this.twins[index]],
			);
		return {
			predictions: cells.map(({measured}, index) => {
				const all = medianPrediction(answersOf(index).map(({prediction}) => prediction));
				return Object.fromEntries(Object.entries(all).filter(([metric]) => measured[metric] !== undefined));
			}),
			medians: checkMedians(story.medians, id =>
				answersOf(cells.findIndex(cell => cell.id === id)).map(({medians}) => medians),
			),
		};
	}

	async close(): Promise<void> {
		await this.pool.close();
	}
}

/** The code that decides what a cell comes to. */
function modelText(): string {
	const {
		outputFiles: [{text}],
	} = buildSync({
		absWorkingDir: root,
		stdin: {
			contents:
				'export * from "./source/validation/predict.js";\nexport * from ' +
				'"./source/validation/primitive-probe.js";',
			resolveDir: root,
			loader: 'ts',
		},
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		logLevel: 'warning',
		write: false,
	});
	return text;
}

/** A guess at how long a run takes. */
function lengthOf({clients}: Cell): number {
	return clients.reduce((sum, client) => sum + (client.kind === 'paced' ? 0 : client.threads), 0);
}
