/** Lengths of a column that zooming goes through, ns: 1-2-5 from 1 us to 100 ms. */
export const columnSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000].map(
	us => us * 1000,
);

/** From this length of a column on what is shown is made in grains of it, ns. */
export const grainFrom = 500_000;

/** The stretch that is shown: [from, to), ns, in so many cells of `column`. */
export type Shown = {readonly from: number; readonly to: number; readonly column: number};

/**
The shortest column of which a time (ns) takes nine tenths of so many cells, or the longest
under which every slice is shown.
*/
export function columnFor(time: number, cells: number): number {
	const fine = columnSteps.filter(step => step < grainFrom);
	return fine.find(step => time <= 0.9 * cells * step) ?? fine.at(-1) ?? columnSteps[0];
}

/** The unit of the axis, by the length of a column: its name, and ns. */
export function axisUnit(column: number): readonly [name: string, size: number] {
	return column < 50_000 ? ['us', 1000] : column < 50_000_000 ? ['ms', 1e6] : ['s', 1e9];
}

/** A time from the start of what is shown (ns), in the unit of the axis. */
export function axisTime(time: number, column: number): string {
	const [, size] = axisUnit(column);
	const digits = size > 1000 ? 2 : Math.abs(time) < 999_950 ? 1 : 0;
	return (time / size).toFixed(digits).replace(/^-(?=0\.?0*$)/v, '');
}
