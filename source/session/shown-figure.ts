import {metricAt} from '../metrics/metric-path.js';
import {type Figure} from '../metrics/metrics.js';
import {type Recorder} from '../metrics/recorder.js';
import {liveFrom} from './before/stretch-figures.js';

/** Lives, extremes and percentiles are shown since the last change, all else of the live window. */
const sinceChange = /^(?:cursor\.)?latency\.|\.(?:min|max|p\d+)$/v;

/**
Figures by path over the time over which the panels show them, so that a sentence beside a panel
says the same. `isStill`: the run stands still, and the window with it.
*/
export function shownFigure(recorder: Recorder, isStill: boolean): (path: string) => Figure {
	const since = recorder.metrics();
	const {windows} = recorder;
	const from = liveFrom(recorder);
	return path =>
		isStill || from >= windows.end || sinceChange.test(path)
			? (metricAt(since, path) ?? null)
			: windows.value(path, from, windows.end);
}
