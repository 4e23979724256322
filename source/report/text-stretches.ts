import {formatCount} from '../charts/format-number.js';
import {type Metrics} from '../metrics/metrics.js';
import {metricAt} from '../metrics/metric-path.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {headline} from './replications.js';
import {type RunReport} from './run-report.js';
import {type WrittenStretch} from './stretch.js';
import {moment, reportWidth, wrap} from './text-layout.js';

const labelWidth = 28;
const columnWidth = 13;

/** `from 0.2 s to 1 s, queue.size = 256, settling`. */
export function stretchName({
	from,
	to,
	set,
	settling,
}: Pick<WrittenStretch, 'from' | 'to' | 'set' | 'settling'>): string {
	return [
		`from ${moment(from)} to ${moment(to)}`,
		...Object.entries(set).map(([key, value]) => `${key} = ${value}`),
		...(settling ? ['settling'] : []),
	].join(', ');
}

type Column = {readonly head: string; readonly from: string; readonly to: string; readonly metrics: Metrics};

/**
A column for the whole measured time and one for each stretch, in as many tables as the width asks
for; then what is said of each stretch.
*/
export function stretchLines({metrics, stretches, warmupSeconds, simulatedSeconds}: RunReport): string[] {
	const columns: Column[] = [
		{
			head: 'whole',
			from: moment(warmupSeconds),
			to: moment(warmupSeconds + simulatedSeconds),
			metrics,
		},
		...stretches.map((stretch, index) => ({
			head: `${stretch.settling ? '~' : ''}${index + 1}`,
			from: moment(stretch.from),
			to: moment(stretch.to),
			metrics: stretch.metrics,
		})),
	];
	const perTable = Math.floor((reportWidth - labelWidth) / columnWidth);
	const lines: string[] = [];
	for (let first = 0; first < columns.length; first += perTable) {
		lines.push(...(first === 0 ? [] : ['']), ...tableLines(columns.slice(first, first + perTable)));
	}

	lines.push('');
	for (const [index, {verdict}] of stretches.entries()) {
		const [start, ...rest] = wrap(`${verdict.bottleneck}: ${verdict.text}`, 5);
		lines.push(`${String(index + 1).padStart(3)}  ${start.trimStart()}`, ...rest);
	}

	return lines;
}

function tableLines(columns: readonly Column[]): string[] {
	const row = (label: string, cells: readonly string[]): string =>
		`${label.padEnd(labelWidth)}${cells.map(cell => cell.padStart(columnWidth)).join('')}`;
	return [
		row(
			'stretch',
			columns.map(({head}) => head),
		),
		row(
			'from',
			columns.map(({from}) => from),
		),
		row(
			'to',
			columns.map(({to}) => to),
		),
		...headline.map(path => {
			const unit = metricUnit(path);
			const label = unit === 'count' || unit === 'share' ? path : `${path} ${unit}`;
			return row(
				label,
				columns.map(({metrics}) => formatCount(metricAt(metrics, path) ?? null)),
			);
		}),
	];
}
