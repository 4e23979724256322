import {
	type Anchor, type Axis, fitAxis, SteadyAxis,
} from '../../charts/axis.js';
import {type Block} from '../../charts/block.js';
import {denseChart} from '../../charts/dense-chart.js';
import {
	formatCount, formatDuration, formatPercent, formatPerSecond, formatSettling,
} from '../../charts/format-number.js';
import {
	lineChart, plotRows, plotWidth, type Series,
} from '../../charts/line-chart.js';
import {panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {type ChartName, type ChartReadings, type OverviewSnapshot} from '../../session/snapshot.js';
import {type ChartPlace} from '../layout.js';

/** The axes of the charts, which must not jump from frame to frame. */
export class AxisMemory {
	private readonly axes = new Map<string, SteadyAxis>();

	update(name: ChartName, anchor: Anchor, values: ReadonlyArray<number | null>, rows: number, now: number): Axis {
		const key = `${name} ${typeof anchor === 'object' ? anchor.top : anchor}`;
		let axis = this.axes.get(key);
		if (axis === undefined) {
			axis = new SteadyAxis(anchor);
			this.axes.set(key, axis);
		}

		let min = Infinity;
		let max = -Infinity;
		for (const value of values) {
			if (value !== null && Number.isFinite(value)) {
				min = Math.min(min, value);
				max = Math.max(max, value);
			}
		}

		if (min > max) {
			// Nothing is known yet, which must not make room for it.
			const stand = typeof anchor === 'object' ? anchor.top : 0;
			return fitAxis(stand, stand, rows, anchor);
		}

		return axis.update(min, max, rows, now);
	}

	/** Begins anew, for another run. */
	clear(): void {
		this.axes.clear();
	}
}

export type ChartPanelOptions = {
	readonly axes: AxisMemory;
	/** Wall time, ms. */
	readonly now: number;
	/** Dots instead of lines, four times the points. */
	readonly dense: boolean;
	readonly narrow: boolean;
};

const titles: Readonly<Record<ChartName, string>> = {
	throughput: 'Throughput',
	contention: 'Contention',
	irqRate: 'IRQ rate',
	numFree: 'num_free',
	latency: 'Latency',
	spin: 'Spin',
};

/** The metrics that a verdict names, by chart: their value is shown as bad. */
const accused: Readonly<Record<ChartName, readonly string[]>> = {
	throughput: [],
	contention: ['worker-spin', 'submitter-spin', 'spin-starves-host'],
	irqRate: [],
	numFree: ['ring-full'],
	latency: ['fence-poll', 'worker-late'],
	spin: ['worker-spin', 'submitter-spin', 'spin-starves-host'],
};

function liveValue(name: ChartName, snapshot: OverviewSnapshot, narrow: boolean): string {
	const {readings, settled, ringSize} = snapshot;
	const settling = (text: string) => formatSettling(text, settled);
	switch (name) {
		case 'throughput': {
			return `${settling(formatCount(readings.throughput))} cmd/s`;
		}

		case 'contention': {
			return `${settling(formatPercent(readings.contention))} of time${narrow ? '' : ' a CPU spins'}`;
		}

		case 'irqRate': {
			return `${settling(formatCount(readings.irqRate))} /s`;
		}

		case 'numFree': {
			const least = readings.numFreeMin === null ? '-' : String(readings.numFreeMin);
			return `${settling(formatCount(readings.numFree))} of ${ringSize}${narrow ? ' ' : '   '}min ${least}`;
		}

		case 'latency': {
			const {mean} = readings.latency;
			return `mean ${settling(formatDuration(mean === null ? null : mean * 1000))}`;
		}

		case 'spin': {
			return `worker ${settling(formatPerSecond(readings.lock.spinWorker))} + submitter ${formatPerSecond(readings.lock.spinSubmitter)} ms/s`;
		}
	}
}

function anchorOf(name: ChartName, snapshot: OverviewSnapshot): Anchor {
	if (name === 'numFree') {
		return {top: snapshot.ringSize};
	}

	return name === 'contention' || name === 'spin' || name === 'latency' ? 'zero' : 'free';
}

/** Shares are drawn in percent. */
function drawn(name: ChartName, values: ReadonlyArray<number | null>): ReadonlyArray<number | null> {
	return name === 'contention' ? values.map(value => value === null ? null : value * 100) : values;
}

/** Two columns of the readings into one cell of a line chart: their mean. */
export function halve(values: ReadonlyArray<number | null>): Array<number | null> {
	const halved: Array<number | null> = [];
	for (let i = values.length % 2; i + 1 < values.length; i += 2) {
		const [a, b] = [values[i], values[i + 1]];
		halved.push(a === null ? b : (b === null ? a : (a + b) / 2));
	}

	return halved;
}

const roles: readonly Role[] = ['a', 'b'];

/** A chart in its frame, exactly as large as its place. */
export function chartPanel(place: ChartPlace, snapshot: OverviewSnapshot, options: ChartPanelOptions): Block {
	const {name, rect, timeRow} = place;
	const {dense, narrow} = options;
	const width = rect.width - 2;
	const height = rect.height - 2;
	const readings: ChartReadings = snapshot.charts;
	const perCell = dense ? 2 : 1;
	const lines: Series[] = readings.charts[name].lines.map((values, index) => ({values: drawn(name, values), role: roles[index]}));
	const shown = plotWidth(width) * perCell;
	const rows = plotRows(height, timeRow);
	const values = lines.flatMap(line => line.values.slice(-shown - 1));
	const axis = options.axes.update(name, anchorOf(name, snapshot), values, rows, options.now);
	const draw = dense ? denseChart : lineChart;
	// The second line is drawn first, so that the first one lies over it.
	const body = draw(lines.toReversed(), {
		width,
		height,
		axis,
		column: readings.column * perCell,
		marks: readings.marks.map(mark => ({age: Math.floor(mark.age / perCell), at: mark.at})),
		timeRow,
	});
	const blamed = snapshot.verdict !== null && accused[name].includes(snapshot.verdict.id);
	const value = liveValue(name, snapshot, narrow);
	const fits = value.length + titles[name].length + 7 <= rect.width;
	return panel({
		width: rect.width,
		height: rect.height,
		title: titles[name],
		value: fits ? value : value.split('  ', 1)[0],
		valueRole: blamed ? 'bad' : 'value',
	}, body);
}
