import {type Preset} from '../../presets/preset.js';
import {Simulation} from '../../simulation/simulation.js';
import {type Cell} from './cell.js';
import {cellConfiguration, type PredictionRun} from './predict.js';
import {type Primitive, PrimitiveProbe} from './primitive-probe.js';
import {median} from './rank.js';

/** A median of single times that the testbed's driver sampled, us. */
export type MeasuredMedian = {readonly cell: string; readonly primitive: Primitive; readonly words: string; readonly measured: number};

/** A measured median beside the model's, us; null when the model saw no such time. */
export type MedianCheck = MeasuredMedian & {readonly predicted: number | null};

/** Medians of the samples `base`, `flood -d 0.5` of the testbed's primitives. */
export const measuredMedians: readonly MeasuredMedian[] = [
	{
		cell: 'A/flood1/p0', primitive: 'doorbell', words: 'doorbell', measured: 9.694,
	},
	{
		cell: 'A/flood1/p0', primitive: 'wrk_wait', words: 'lock wait of the worker', measured: 1.112,
	},
	{
		cell: 'A/flood1/p2', primitive: 'doorbell', words: 'doorbell', measured: 13.53,
	},
	{
		cell: 'A/flood1/p2', primitive: 'wrk_wait', words: 'lock wait of the worker', measured: 42.513,
	},
];

/** Runs the cells of the measured medians that are among `cells`, from `runs` seeds on, and takes the median of the runs' medians. */
export function checkMedians(cells: readonly Cell[], preset: Preset, run: PredictionRun & {readonly runs: number}): MedianCheck[] {
	const probes = new Map(cells
		.filter(({id}) => measuredMedians.some(check => check.cell === id))
		.map(cell => [cell.id, Array.from({length: run.runs}, (_, index) => probeOf(cell, preset, {...run, seed: run.seed + index}))]));
	return measuredMedians.flatMap(check => {
		const found = probes.get(check.cell);
		if (found === undefined) {
			return [];
		}

		const seen = found.flatMap(probe => probe.quantile(check.primitive, 0.5) ?? []);
		return [{...check, predicted: seen.length === 0 ? null : median(seen)}];
	});
}

function probeOf(cell: Cell, preset: Preset, {seed, warmup, duration}: PredictionRun): PrimitiveProbe {
	const simulation = new Simulation(cellConfiguration(cell, preset), seed);
	simulation.runUntil(warmup);
	const probe = new PrimitiveProbe();
	simulation.observe(probe);
	simulation.runUntil(warmup + duration);
	return probe;
}
