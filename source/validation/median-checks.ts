import {type Preset} from '../presets/preset.js';
import {Simulation} from '../simulation/simulation.js';
import {type Cell} from './cell.js';
import {cellConfiguration, type PredictionRun} from './predict.js';
import {PrimitiveProbe} from './primitive-probe.js';
import {median} from './rank.js';
import {type Story} from './story.js';

/** A median of single times, us, beside the model's; null when the model saw no such time. */
export type MedianCheck = Story['medians'][number] & {readonly predicted: number | null};

/** Runs the cells in which medians were measured, from `runs` seeds on, and takes the median of the runs' medians. */
export function checkMedians(cells: readonly Cell[], medians: Story['medians'], preset: Preset, run: PredictionRun & {readonly runs: number}): MedianCheck[] {
	const probes = new Map(cells
		.filter(({id}) => medians.some(check => check.cell === id))
		.map(cell => [cell.id, Array.from({length: run.runs}, (_, index) => probeOf(cell, preset, {...run, seed: run.seed + index}))]));
	return medians.flatMap(check => {
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
