import {type Block} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {formatCount, formatDuration} from '../../charts/format-number.js';
import {type FrameReading, type OverviewSnapshot} from '../../session/snapshot.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';

function rateChart(
	frames: FrameReading,
	{charts, isNow}: OverviewSnapshot,
	rect: Rect,
	options: ChartFrameOptions,
): Block {
	const {asked, shown, missed, rate} = frames;
	const now = isNow ? 'now ' : '';
	return chartFrame(
		{
			name: 'frames.rate',
			title: 'Frames',
			value: [
				`${now}${formatCount(shown)} of ${formatCount(asked)} /s, missed ${formatCount(missed)} /s`,
				`${formatCount(shown)} of ${formatCount(asked)}, missed ${formatCount(missed)}`,
			],
			valueRole: (missed ?? 0) > 0 ? 'bad' : 'value',
			anchor: 'zero',
			lines: [{values: rate, role: 'a'}],
			column: charts.column,
			marks: charts.marks,
			level: {value: asked, age: Infinity},
			timeRow: false,
		},
		rect,
		options,
	);
}

function missedChart(frames: FrameReading, {charts}: OverviewSnapshot, rect: Rect, options: ChartFrameOptions): Block {
	const {asked, missed, p99, misses} = frames;
	const due = asked > 0 ? 1e9 / asked : 0;
	const worst = p99 === null ? null : p99 * 1000;
	const time = `p99 ${formatDuration(worst)} of ${formatDuration(due)}`;
	return chartFrame(
		{
			name: 'frames.missed',
			title: ['Missed frames', 'Missed'],
			value: [`${formatCount(missed)} /s   ${time}`, time],
			valueRole: (worst ?? 0) > due ? 'bad' : 'value',
			anchor: 'zero',
			lines: [{values: misses, role: 'b'}],
			column: charts.column,
			marks: charts.marks,
			timeRow: false,
		},
		rect,
		options,
	);
}

/**
Frames of the paced client with what is asked for, and those missed with their time
and what is due, side by side.
*/
export function framesPictures(
	frames: FrameReading,
	snapshot: OverviewSnapshot,
	rect: Rect,
	options: ChartFrameOptions,
): ReadonlyArray<{readonly block: Block; readonly rect: Rect}> {
	const half = Math.ceil(rect.width / 2);
	const left = {...rect, width: half};
	const right = {...rect, x: rect.x + half, width: rect.width - half};
	return [
		{block: rateChart(frames, snapshot, left, options), rect: left},
		{block: missedChart(frames, snapshot, right, options), rect: right},
	];
}
