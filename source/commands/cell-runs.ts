import {type Preset} from '../presets/preset.js';
import {type Progress} from '../terminal/progress-line.js';
import {type Cell, type Prediction} from '../validation/cell.js';
import {type Primitive} from '../validation/primitive-probe.js';
import {medianPrediction} from '../validation/score.js';
import {type CellAnswer, cellKind, type CellTask} from '../work/kinds/cell.js';
import {type Pool} from '../work/pool.js';
import {type Interrupt} from './interrupt.js';

export type CellRunsOptions = {
	/** Runs of each cell, of which the median counts. */
	readonly runs: number;
	/** Simulated time of a run and before it, ns. */
	readonly duration: number;
	readonly warmup: number;
	/** Of the first run; each further one has the next. */
	readonly seed: number;
	readonly pool: Pool;
	readonly interrupt: Interrupt;
	readonly progress: Progress;
};

/** Runs measured cells through the model, all at once as far as there are cores. */
export class CellRuns {
	private readonly options: CellRunsOptions;

	constructor(options: CellRunsOptions) {
		this.options = options;
	}

	/**
	The runs of each cell; none where an interrupt came before them or the cell has no preset.
	*/
	async answers(
		cells: readonly Cell[],
		presetOf: (cell: Cell) => Preset | undefined,
		primitivesOf: (cell: Cell) => readonly Primitive[] = () => [],
	): Promise<CellAnswer[][]> {
		const {runs, seed, duration, warmup, pool, interrupt, progress} = this.options;
		const tasks = cells.flatMap((cell): CellTask[] => {
			const preset = presetOf(cell);
			if (preset === undefined) {
				return [];
			}

			const primitives = primitivesOf(cell);
			return Array.from({length: runs}, (_, run) => ({
				cell,
				preset,
				seed: seed + run,
				warmup,
				duration,
				primitives,
			}));
		});
		if (tasks.length === 0) {
			return cells.map(() => []);
		}

		let done = 0;
		const show = (): void => {
			progress.show('validate', done / tasks.length, `${done} of ${tasks.length} runs`);
		};

		const answers = await interrupt.during(async () => {
			show();
			return pool.answers(cellKind, tasks, {
				signal: interrupt.stopped,
				onDone() {
					done++;
					show();
				},
			});
		});
		return cells.map(cell =>
			answers.filter((answer, task): answer is CellAnswer => answer !== undefined && tasks[task].cell === cell),
		);
	}

	/** The median of the runs of each cell; undefined where there are none. */
	async predictions(
		cells: readonly Cell[],
		presetOf: (cell: Cell) => Preset | undefined,
	): Promise<Array<Prediction | undefined>> {
		const answers = await this.answers(cells, presetOf);
		return answers.map(runs =>
			runs.length === 0 ? undefined : medianPrediction(runs.map(({prediction}) => prediction)),
		);
	}
}
