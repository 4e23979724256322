import {type Chart} from './metric-chart.js';
import {holderPhases, waiterRoles} from './metric-names.js';
import {type Concrete, type Direction, type Row} from './metric-row.js';
import {machineRows, queueRows} from './metric-rows.js';

/** A metric (docs/contract.md, section 4), explained. */
export type Metric = {
	/**
	Path in the JSON of a run; `[i]`, `<client>`, `<holder>` and
	`<waiter>` stand for an index and names.
	*/
	readonly path: string;
	readonly label: string;
	/** For narrow columns. */
	readonly short: string;
	/** Unit in JSON. */
	readonly unit: string;
	readonly meaning: string;
	/** Which values are the better ones; null: neither. */
	readonly better: Direction | null;
};

export type QueuePath = Concrete<keyof typeof queueRows>;

/**
Where a figure stands in the JSON of a run: `lock.spin.worker`,
`cpu.vcpus[1].spin`, `cursor.latency.p99`.
*/
export type MetricPath = QueuePath | `cursor.${QueuePath}` | Concrete<keyof typeof machineRows>;

const ofQueue: ReadonlyArray<readonly [string, Row]> = Object.entries(queueRows);
const ofMachine: ReadonlyArray<readonly [string, Row]> = Object.entries(machineRows);

function metric(path: string, {label, short, unit, words, direction}: Row): Metric {
	return {
		path,
		label,
		short,
		unit,
		meaning: words,
		better: direction ?? null,
	};
}

/**
Every path of docs/contract.md, section 4: control queue first, then the
machine, then the cursor queue.
*/
export const metrics: readonly Metric[] = [
	...[...ofQueue, ...ofMachine].map(([path, row]) => metric(path, row)),
	...ofQueue.map(([path, row]) =>
		metric(`cursor.${path}`, {
			...row,
			label: `Cursor ${row.label}`,
			short: `c ${row.short}`,
			words: `Cursor queue: ${row.words}`,
		}),
	),
];

/** What is drawn over time, in the order in which charts find room. */
export const charts: readonly Chart[] = [...ofQueue, ...ofMachine]
	.flatMap(([path, {chart}]): readonly Chart[] => (chart === undefined ? [] : [{...chart, path}]))
	.toSorted((a, b) => a.rank - b.rank);

const byPath: ReadonlyMap<string, Metric> = new Map(metrics.map(entry => [entry.path, entry]));

const matrix = new RegExp(String.raw`lock\.matrix\.(?:${holderPhases.join('|')})\.(?:${waiterRoles.join('|')})\.`, 'v');

/** The metric of a path, an index or a client's name in place of `[i]` or `<client>` included. */
export function metricOf(path: string): Metric | undefined {
	const general = path
		.replace(/^cpu\.vcpus\[\d+\]/v, 'cpu.vcpus[i]')
		.replace(/^frames\..+\.(perSecond|missed|time\.\w+)$/v, 'frames.<client>.$1')
		.replace(matrix, 'lock.matrix.<holder>.<waiter>.');
	return byPath.get(path) ?? byPath.get(general);
}
