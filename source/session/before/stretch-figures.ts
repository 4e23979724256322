import {metricOf} from '../../metrics/metric-table.js';
import {type Recorder} from '../../metrics/recorder.js';
import {lifeReading} from '../life-reading.js';
import {type LiveRun} from '../live-run.js';
import {readingsOf} from '../readings.js';
import {type Readings} from '../snapshot.js';

/** Simulated length of the live window, ns. */
export const liveWindow = 200_000_000;

/** Equal slices that a stretch is cut into for its words, at most. */
const mostSlices = 20;

/** Figures that are compared across a change, beside those of paced clients. */
export const comparedPaths = [
	'throughput.completed',
	'lock.contentionShare',
	'irqs.perSecond',
	'ring.numFree.mean',
	'lock.spin.total',
	'latency.mean',
] as const;

/** A stretch of a run as it stood at its end. */
export type StretchFigures = {
	readonly readings: Readings;
	/** By path the values of equal slices of the stretch, oldest first. */
	readonly slices: Readonly<Record<string, readonly number[]>>;
	/** Commands answered in it. */
	readonly commands: number;
};

export type RingSizes = {readonly control: number; readonly cursor: number};

/** Number of the first window of the live ones; the end of all where none is whole yet. */
export function liveFrom({windows, since}: Recorder): number {
	const count = Math.round(liveWindow / windows.window);
	// A window that begins before the cut holds something of before it.
	return Math.max(windows.first, Math.ceil(since / windows.window), windows.end - count);
}

/** What measures a run, as far as its figures need it. */
type Measured = Pick<LiveRun, 'recorder' | 'groups'>;

/** What the panels write of the newest stretch: the live window, and latency since the last cut. */
function liveReadings({recorder, groups}: Measured, sizes: RingSizes, slices: readonly number[]): Readings {
	const {windows} = recorder;
	const from = liveFrom(recorder);
	const since = recorder.metrics();
	// Before the first whole window the numbers are those since the cut.
	const live = from < windows.end ? windows.metrics(from, windows.end) : since;
	return readingsOf(live, since, sizes, recorder.answered, lifeReading(recorder, groups, since, slices));
}

/** Values of a metric over equal slices since the last cut. */
function slicesOf({windows, since}: Recorder, window: number, path: string): readonly number[] {
	const from = Math.max(windows.first, Math.ceil(since / window));
	const length = Math.max(1, Math.floor((windows.end - from) / mostSlices));
	const values: number[] = [];
	for (let {end} = windows; end - length >= from && values.length < mostSlices; end -= length) {
		const value = windows.value(path, end - length, end);
		if (value !== null) {
			values.unshift(value);
		}
	}

	return values;
}

/** The stretch since the last cut, as it is now; `clients`: names of the paced ones. */
export function stretchFigures(
	run: Measured,
	window: number,
	sizes: RingSizes,
	clients: readonly string[],
): StretchFigures {
	const {recorder} = run;
	// Where events are rare the last windows are closed when somebody asks.
	recorder.advance(recorder.since + recorder.duration);
	const paths = [...comparedPaths, ...clients.map(name => `frames.${name}.missed`)];
	const slices: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
		paths.filter(path => metricOf(path) !== undefined).map(path => [path, slicesOf(recorder, window, path)]),
	);
	return {
		readings: liveReadings(run, sizes, slices['latency.mean'] ?? []),
		slices,
		commands: recorder.answered,
	};
}
