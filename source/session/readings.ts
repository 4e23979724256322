import {figuresOf} from '../metrics/metric-chart.js';
import {metricAt} from '../metrics/metric-path.js';
import {charts} from '../metrics/metric-table.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type Figure, type Metrics} from '../metrics/metrics.js';
import {presentStates, type PresentSource} from '../metrics/present.js';
import {type LifeReading} from './life-reading.js';
import {type QueueReading, type Readings, type VcpuReading} from './snapshot.js';

function vcpuReading(vcpu: Metrics['cpu']['vcpus'][number]): VcpuReading {
	return Object.fromEntries(Object.entries(vcpu).map(([state, share]) => [state, share ?? 0]));
}

/** Waits for a lock a second, whoever waits. */
function waitsOf(waits: Metrics['lock']['waits']): number | null {
	const {workerOnNotify, workerOther, submitterOnNotify, submitterOther} = waits;
	let sum = 0;
	for (const count of [workerOnNotify, workerOther, submitterOnNotify, submitterOther]) {
		if (count === null) {
			return null;
		}

		sum += count;
	}

	return sum;
}

/** What stands in the frames of charts, by path. */
function chartFigures(live: Metrics, since: Metrics): Record<string, Figure> {
	return Object.fromEntries([
		...frameFigures(live, since),
		...charts.flatMap(chart =>
			figuresOf([chart]).map(path => {
				const metrics = chart.isSince === true || path === chart.least ? since : live;
				return [path, metricAt(metrics, path) ?? null] as const;
			}),
		),
	]);
}

/** What is said of the frames of paced clients, by path. */
function frameFigures(live: Metrics, since: Metrics): ReadonlyArray<readonly [string, Figure]> {
	return Object.keys(live.frames ?? {}).flatMap(name =>
		[
			[`frames.${name}.perSecond`, live] as const,
			[`frames.${name}.missed`, live] as const,
			[`frames.${name}.time.p99`, since] as const,
		].map(([path, metrics]) => [path, metricAt(metrics, path) ?? null] as const),
	);
}

/** A figure in a moment: nothing is done in it, times that were measured before stay. */
function presentFigure(path: string, value: Figure, {rings}: PresentSource, spinning: number): Figure {
	switch (path) {
		case 'lock.contentionShare': {
			return spinning;
		}

		case 'ring.numFree.mean': {
			return rings[0].numFree;
		}

		default: {
			const unit = metricUnit(path);
			return unit === '/s' || unit === 'ms/s' ? 0 : value;
		}
	}
}

/**
What the overview writes. `live`: metrics of the live window; `since`: metrics since
the last change, which alone have percentiles and extremes.
*/
export function readingsOf(
	live: Metrics,
	since: Metrics,
	sizes: {readonly control: number; readonly cursor: number},
	commands: number,
	life: LifeReading | null = null,
): Readings {
	const {lock, cursor} = live;
	return {
		figures: chartFigures(live, since),
		queues: [
			{
				name: 'control',
				size: sizes.control,
				free: live.ring.numFree.mean,
				inFlight: live.ring.inFlight.mean,
				perSecond: live.throughput.completed,
				kicksPerCommand: live.kicks.perCommand,
				irqsPerCommand: live.irqs.perCommand,
				fullPerSecond: live.ring.fullWaits,
			},
			{
				name: 'cursor',
				size: sizes.cursor,
				free: cursor?.ring.numFree.mean ?? null,
				inFlight: cursor?.ring.inFlight.mean ?? null,
				perSecond: cursor?.throughput.completed ?? null,
				kicksPerCommand: cursor?.kicks.perCommand ?? null,
				irqsPerCommand: cursor?.irqs.perCommand ?? null,
				fullPerSecond: cursor?.ring.fullWaits ?? null,
			},
		],
		lock: {
			acquisitions: lock.acquisitions,
			contended:
				lock.acquisitions !== null && lock.contended !== null && lock.acquisitions > 0
					? lock.contended / lock.acquisitions
					: null,
			spinWorker: lock.spin.worker,
			spinSubmitter: lock.spin.submitter,
			waits: waitsOf(lock.waits),
		},
		vcpus: live.cpu.vcpus.map(vcpu => vcpuReading(vcpu)),
		mainLoop: live.cpu.mainLoop,
		stages: Object.entries(since.latency.stages).map(([name, stage]) => ({
			name,
			mean: stage.mean ?? 0,
			share: stage.share ?? 0,
		})),
		latency: {
			mean: since.latency.mean,
			p50: since.latency.p50,
			p90: since.latency.p90,
			p99: since.latency.p99,
		},
		commands,
		life,
	};
}

/**
The readings of a run that stands still: what is now, in place of the means of a window that
has passed. Nothing is done in a moment, so rates are 0 and what is per command is not defined;
latency and stages stay, which are of the commands that were answered.
*/
export function presentReadings(readings: Readings, now: PresentSource): Readings {
	const {rings, machine} = now;
	const vcpus = presentStates(now);
	const spinning = vcpus.includes('spin') ? 1 : 0;
	return {
		...readings,
		figures: Object.fromEntries(
			Object.entries(readings.figures).map(([path, value]) => [path, presentFigure(path, value, now, spinning)]),
		),
		queues: readings.queues.map((queue, index) =>
			queue.free === null
				? queue
				: {
						...queue,
						free: rings[index].numFree,
						inFlight: rings[index].inFlight,
						perSecond: 0,
						kicksPerCommand: null,
						irqsPerCommand: null,
						fullPerSecond: 0,
					},
		),
		lock: {
			acquisitions: 0,
			contended: null,
			spinWorker: 0,
			spinSubmitter: 0,
			waits: 0,
		},
		vcpus: readings.vcpus.map((vcpu, index): VcpuReading =>
			Object.fromEntries(Object.keys(vcpu).map(state => [state, state === vcpus[index] ? 1 : 0])),
		),
		mainLoop: machine.isMainLoopOn ? 1 : 0,
	};
}

/** The queues that a table has rows for: one without a client goes. */
export function shownQueues(queues: readonly QueueReading[]): readonly QueueReading[] {
	return queues.filter(({perSecond}, index) => index === 0 || perSecond !== null);
}
