import {type ClientSpec} from '../parameters/configuration.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';

/** A figure as it was measured: median and range over the runs of a cell. */
export type Measured = {readonly median: number; readonly min: number; readonly max: number};

/** A configuration of a real guest and what was measured in it. */
export type Cell = {
	/** `CELL/workload+threads/policy`: `A/flood1/p0`. */
	readonly id: string;
	readonly parameters: GivenParameters;
	readonly clients: readonly ClientSpec[];
	/** How many runs stand behind each figure; a file need not say. */
	readonly runs?: number | undefined;
	/** By metric path (docs/contract.md, section 4). */
	readonly measured: Readonly<Record<string, Measured>>;
};

/** Two cells that differ in one thing: the ratio after / before of a metric, with its range. */
export type Pair = {
	readonly before: string;
	readonly after: string;
	readonly metric: string;
	readonly ratio: number;
	readonly low: number;
	readonly high: number;
};

/** What a file of cells holds. */
export type Testbed = {readonly cells: readonly Cell[]; readonly pairs: readonly Pair[]};

/** By metric path: what a model says. A path that is not here was not predicted. */
export type Prediction = Readonly<Record<string, number>>;

/** The first part of a cell's id: the machine, of which all cells were measured in one session. */
export function familyOf(id: string): string {
	return id.split('/', 1)[0];
}

/** The families of the cells, in the order in which they first appear. */
export function familiesOf(cells: ReadonlyArray<Pick<Cell, 'id'>>): string[] {
	return [...new Set(cells.map(({id}) => familyOf(id)))];
}
