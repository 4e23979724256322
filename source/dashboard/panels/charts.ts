import {
	type Anchor, type Axis, fitAxis, SteadyAxis,
} from '../../charts/axis.js';
import {type Block} from '../../charts/block.js';
import {
	formatCount, formatDuration, formatGrouped, formatPercent, formatPerSecond, formatSettling, formatSlots,
} from '../../charts/format-number.js';
import {type Role} from '../../charts/role.js';
import {chartTerms} from '../../report/glossary.js';
import {type ChartName, type OverviewSnapshot} from '../../session/snapshot.js';
import {type ChartPlace} from '../layout.js';
import {spinRole, spinShareRole} from './severity.js';
import {chartFrame, type ChartFrameOptions} from './chart-frame.js';

/** The axes of the charts, which must not jump from frame to frame. */
export class AxisMemory {
	private readonly axes = new Map<string, SteadyAxis>();

	update(name: string, anchor: Anchor, values: ReadonlyArray<number | null>, rows: number, now: number): Axis {
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

export type ChartPanelOptions = ChartFrameOptions & {
	readonly narrow: boolean;
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
	const {readings, settled, ringSize, isNow} = snapshot;
	const settling = (text: string) => isNow && name !== 'latency' ? `now ${text}` : formatSettling(text, settled);
	switch (name) {
		case 'throughput': {
			return `${settling(formatCount(readings.throughput))} cmd/s`;
		}

		case 'contention': {
			return `${settling(formatPercent(readings.contention))} of time${narrow || isNow ? '' : ' a CPU spins'}`;
		}

		case 'irqRate': {
			return `${settling(formatCount(readings.irqRate))} /s`;
		}

		case 'numFree': {
			const least = readings.numFreeMin === null ? '-' : formatGrouped(readings.numFreeMin);
			return `${settling(formatSlots(readings.numFree))} of ${formatGrouped(ringSize)}${narrow ? ' ' : '   '}min ${least}`;
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

/** Red only where the verdict accuses the figure, and the figure is bad. */
function valueRole(name: ChartName, {verdict, readings}: OverviewSnapshot): Role {
	if (verdict === null || !accused[name].includes(verdict.id)) {
		return 'value';
	}

	switch (name) {
		case 'contention': {
			return spinShareRole(readings.contention) === 'spin' ? 'bad' : 'value';
		}

		case 'spin': {
			return spinRole(readings.lock.spinWorker, readings.lock.spinSubmitter) === 'spin' ? 'bad' : 'value';
		}

		case 'numFree': {
			return (readings.queues[0]?.fullPerSecond ?? 0) > 0 ? 'bad' : 'value';
		}

		case 'latency': {
			return (readings.latency.mean ?? 0) > 0 ? 'bad' : 'value';
		}

		case 'throughput':
		case 'irqRate': {
			return 'value';
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

/** A chart of the overview in its frame, exactly as large as its place. */
export function chartPanel({name, rect, timeRow}: ChartPlace, snapshot: OverviewSnapshot, options: ChartPanelOptions): Block {
	const {column, marks, charts} = snapshot.charts;
	return chartFrame({
		name,
		title: chartTerms[name].name,
		value: liveValue(name, snapshot, options.narrow),
		valueRole: valueRole(name, snapshot),
		anchor: anchorOf(name, snapshot),
		lines: charts[name].lines.map((values, index) => ({values: drawn(name, values), role: roles[index]})),
		column,
		marks,
		timeRow,
	}, rect, options);
}
