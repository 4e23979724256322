import {type Primitive} from './primitive-probe.js';
import {median} from './rank.js';
import {type Story} from './story.js';

/** A median of single times, us, beside the model's; null when the model saw no such time. */
export type MedianCheck = Story['medians'][number] & {readonly predicted: number | null};

/** Medians of a run by the name of the time; null where the run had no such time. */
export type RunMedians = Readonly<Partial<Record<Primitive, number | null>>>;

/**
Sets each measured median beside the median of the runs' medians. `runsOf`: the runs of a cell by
its id; undefined: the cell was not run, and its medians are left out.
*/
export function checkMedians(
	medians: Story['medians'],
	runsOf: (cell: string) => readonly RunMedians[] | undefined,
): MedianCheck[] {
	return medians.flatMap(check => {
		const seen = runsOf(check.cell)?.flatMap(run => run[check.primitive] ?? []);
		return seen === undefined ? [] : [{...check, predicted: seen.length === 0 ? null : median(seen)}];
	});
}

/** The single times that a story has of a cell. */
export function primitivesOf(medians: Story['medians'], cell: string): Primitive[] {
	return medians.filter(check => check.cell === cell).map(({primitive}) => primitive);
}
