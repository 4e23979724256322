import {type VerdictName} from './verdict-names.js';

/** How a metric is drawn over time, and what stands in the chart's frame. */
export type MetricChart = {
	/** Where there is not room for all charts those of the lowest ranks stand. */
	readonly rank: number;
	readonly title: string;
	/** What it shows, for `vqlab explain`. */
	readonly words: string;
	/**
	All axes start at 0. `zero`: they end above the data; `share`: at 10 % or more; `ring`: at the
	size of the ring, and the frame says `of` how many.
	*/
	readonly anchor: 'zero' | 'share' | 'ring';
	/** What the value of the metric's own line is called where there are more. */
	readonly name?: string;
	/** More lines. */
	readonly beside?: ReadonlyArray<{readonly path: string; readonly name: string}>;
	/** The figure in the frame is since the last change, not of the live window. */
	readonly isSince?: boolean;
	/** Words around the figure in place of its unit; `room`: where there is room for them. */
	readonly before?: string;
	readonly after?: string;
	readonly room?: string;
	/** The least value since the last change, which the frame has too. */
	readonly least?: string;
	/**
	The verdicts that accuse the figure; it is bad when one of `paths` is
	`from` or more (else: above 0).
	*/
	readonly blamedBy?: {
		readonly verdicts: readonly VerdictName[];
		readonly paths: readonly string[];
		readonly from?: number;
	};
};

/** A chart with the path of the metric that it is of. */
export type Chart = MetricChart & {readonly path: string};

/** Paths of a chart's lines, its own one first. */
export function linesOf({path, beside = []}: Chart): readonly string[] {
	return [path, ...beside.map(line => line.path)];
}

/**
Paths of all that stands in the frames of these charts: lines, least
values, what a verdict looks at.
*/
export function figuresOf(charts: readonly Chart[]): readonly string[] {
	return charts.flatMap(chart => [
		...linesOf(chart),
		...(chart.least === undefined ? [] : [chart.least]),
		...(chart.blamedBy?.paths ?? []),
	]);
}
