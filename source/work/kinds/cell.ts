import {type Preset} from '../../presets/preset.js';
import {type Cell, type Prediction} from '../../validation/cell.js';
import {type RunMedians} from '../../validation/median-checks.js';
import {type Primitive} from '../../validation/primitive-probe.js';
import {type TaskKind} from '../task-kind.js';

/** A run of a measured cell with the costs of a preset. Times in ns. */
export type CellTask = {
	readonly cell: Cell;
	readonly preset: Preset;
	readonly seed: number;
	/** Simulated and not measured. */
	readonly warmup: number;
	/** Measured, after the warm-up. */
	readonly duration: number;
	/** Single times whose medians are asked for. */
	readonly primitives?: readonly Primitive[];
};

/** What a run says of its cell. */
export type CellAnswer = {
	readonly prediction: Prediction;
	/**
	Medians of the single times that were asked for, us (`wrk_batch`:
	buffers); null where there was none.
	*/
	readonly medians: RunMedians;
};

export const cellKind: TaskKind<CellTask, CellAnswer> = {
	name: 'cell',
	async load() {
		const {predictCell} = await import('../../validation/predict.js');
		const {PrimitiveProbe} = await import('../../validation/primitive-probe.js');
		return ({cell, preset, primitives = [], ...run}) => {
			let probe: InstanceType<typeof PrimitiveProbe> | undefined;
			const prediction = predictCell(cell, preset, {
				...run,
				prepare(simulation) {
					if (primitives.length > 0) {
						probe = new PrimitiveProbe(simulation, run.warmup);
						simulation.observe(probe);
					}
				},
			});
			return {
				prediction,
				medians: Object.fromEntries(
					primitives.map(primitive => [primitive, probe?.quantile(primitive, 0.5) ?? null]),
				),
			};
		};
	},
};
