import {type Cell, type Prediction} from '../../source/validation/cell.js';
import {type Primitive} from '../../source/validation/primitive-probe.js';
import {type Preset} from '../../source/presets/preset.js';

/** What all runs of a fit have in common. Times in ns. */
export type FitSetup = {readonly cells: readonly Cell[]; readonly warmup: number; readonly duration: number};

/** A run: the cell by its number, and the single times whose medians are asked for. */
export type FitTask = {readonly cell: number; readonly seed: number; readonly preset: Preset; readonly primitives: readonly Primitive[]};

/** What a run says of its cell; medians in us, null where there was no such time. */
export type FitAnswer = {readonly prediction: Prediction; readonly medians: Readonly<Partial<Record<Primitive, number | null>>>};
