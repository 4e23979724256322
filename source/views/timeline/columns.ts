/** Lengths of a column that zooming goes through, ns: 1-2-5 from 1 us to 100 ms. */
export const columnSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000].map(
	us => us * 1000,
);

/** From this length of a column on what is shown is made in grains of it, ns. */
export const grainFrom = 500_000;

/** The stretch that is shown: [from, to), ns, in so many cells of `column`. */
export type Shown = {readonly from: number; readonly to: number; readonly column: number};
