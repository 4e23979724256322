import {type Figure} from './figure.js';
import {type Direction, type Row} from './metric-row.js';
import {distributionMean, type HistogramName, largest, quantile, type Source} from './source.js';

/** What a distribution is told by. */
export type SummaryName = 'mean' | 'p50' | 'p90' | 'p99' | 'max';

/** Mean, percentiles and maximum of a distribution of times, in us, below a path. */
export function distributionRows<P extends string>(
	path: P,
	name: HistogramName,
	words: {
		readonly label: string;
		readonly short: string;
		readonly words: string;
		readonly direction?: Direction;
	},
): Readonly<Record<`${P}.${SummaryName}`, Row<Figure, never>>> {
	const figures: ReadonlyArray<readonly [SummaryName, Source<Figure, never>]> = [
		['mean', distributionMean(name)],
		['p50', quantile(name, 0.5)],
		['p90', quantile(name, 0.9)],
		['p99', quantile(name, 0.99)],
		['max', largest(name)],
	];
	return Object.fromEntries(
		figures.map(([figure, from]): readonly [string, Row<Figure, never>] => [
			`${path}.${figure}`,
			{
				...words,
				label: `${words.label} ${figure}`,
				short: `${words.short} ${figure}`,
				unit: 'us',
				from,
			},
		]),
	) as Record<`${P}.${SummaryName}`, Row<Figure, never>>;
}
