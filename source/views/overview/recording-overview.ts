import {type Line, makeBlock, piece} from '../../charts/block.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {formatCount, formatDuration, formatTime} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type HelpColumn} from '../../session/command.js';
import {keysOf} from '../../session/key-table.js';
import {recordingCommands} from '../../session/recording/recording-commands.js';
import {recordingViews} from '../../session/views.js';
import {type RecordingSnapshot} from '../../session/recording/recording-snapshot.js';
import {Canvas, type Rect} from '../../charts/canvas.js';
import {overlayPlace, wrapWords} from '../../dashboard/overlays/place.js';
import {type AxisMemory} from './charts.js';
import {footer, type Hint, hintRow} from '../../dashboard/footer.js';
import {viewsAndHints, whoAndWhen} from '../../dashboard/header.js';
import {tableRows} from './queues.js';
import {isTooSmall, tooSmall} from '../../dashboard/too-small.js';
import {latencyBody} from '../latency/recording-latency.js';
import {endTime, recordingChart} from './recording-charts.js';
import {recordingLayout} from './recording-layout.js';
import {
	besidePanel, factsPanel, recordingQueues, recordingStages,
} from './recording-panels.js';
import {recordingAdvice, recordingVerdict} from '../../session/recording/recording-verdict.js';

export type RecordingViewOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly ascii: boolean;
	readonly axes: AxisMemory;
	/** Wall time, ms. */
	readonly now: number;
};

/** Its cells, where the table of queues goes, and what covers that. */
export type RecordingView = {readonly canvas: Canvas; readonly table: Rect | undefined; readonly cover: Rect | undefined};

const hints: readonly Hint[] = [
	{commands: ['recording.left', 'recording.right'], words: 'scroll', scope: 'recording'},
	{commands: ['chart.zoomIn', 'chart.zoomOut'], words: 'zoom', scope: 'recording'},
	{commands: ['view.overview', 'view.latency'], words: 'view', scope: 'recording'},
	{commands: ['recording.start', 'history.live'], words: 'start, end', scope: 'recording'},
	{commands: ['recording.whole'], words: 'all of it', scope: 'recording'},
];
const liveHint: Hint = {commands: ['time.pause'], words: 'pause, follow', scope: 'recording'};
const lastWide: Hint = {commands: ['app.quit'], words: 'quit', scope: 'recording'};
const lastNarrow: Hint = {commands: ['help.toggle'], words: 'all keys', scope: 'recording'};

const helpSize = {width: 90, height: 20};

function stateWords({state, silent, isWhole}: RecordingSnapshot): string {
	switch (state) {
		case 'recording': {
			return isWhole ? 'all of it' : 'a part';
		}

		case 'live': {
			return silent >= 2 ? `► silent ${silent} s` : '► live';
		}

		case 'paused': {
			return '‖ paused';
		}

		case 'ended': {
			return '‖ stream ended';
		}
	}
}

function headerBlock(snapshot: RecordingSnapshot, width: number) {
	const {from, to, column, facts, state, view} = snapshot;
	const right = `${stateWords(snapshot)}   ${endTime(from, column).replace(' s', '')} to ${endTime(to, column)}`;
	return makeBlock(width, 2, [
		whoAndWhen(snapshot.name, ['recorded, no model', `${formatCount(facts.events)} events`], piece(fitText(right, width - 1), state === 'live' ? 'text' : 'warn'), width),
		viewsAndHints(recordingViews, view, [
			`numbers: the ${formatDuration(to - from)} shown`,
			`column ${formatDuration(column)}`,
			`${keysOf('help.toggle', 'recording').join(' ')} help`,
		], width),
	]);
}

function overviewBody(canvas: Canvas, snapshot: RecordingSnapshot, verdict: string, options: RecordingViewOptions): Rect | undefined {
	const {charts, queues, facts, stages, isLarge} = recordingLayout(canvas.width, canvas.height, snapshot.beside !== null);
	// Where waits are not recorded another chart has their place.
	const instead = charts.some(({name}) => name === 'inFlight') ? 'queued' : 'inFlight';
	for (const place of charts) {
		const name = place.name === 'waits' && !snapshot.shows.waits && !isLarge ? instead : place.name;
		canvas.put(recordingChart({...place, name}, snapshot, verdict, isLarge, {
			axes: options.axes, now: options.now, dense: isLarge && !options.ascii && snapshot.beside === null,
		}), place.rect.x, place.rect.y);
	}

	const lower = snapshot.beside === null ? factsPanel : besidePanel;
	canvas.put(lower(snapshot, facts.width, facts.height), facts.x, facts.y);
	if (stages !== undefined) {
		canvas.put(recordingStages(snapshot, stages.width, stages.height), stages.x, stages.y);
	}

	if (queues === undefined) {
		return undefined;
	}

	canvas.put(recordingQueues(snapshot, queues.width, queues.height), queues.x, queues.y);
	return {
		x: queues.x + 1, y: queues.y + 1, width: queues.width - 2, height: tableRows,
	};
}

function helpColumn(name: HelpColumn, title: string): Line[] {
	return [
		[piece(title, 'title')],
		...recordingCommands.filter(command => command.column === name).map((command): Line => {
			const keys = [...keysOf(command.id, 'recording'), ...keysOf(command.id, 'always')].join(' ');
			return [piece(cell(keys, 10), 'value'), command.label];
		}),
	];
}

function drawHelp(canvas: Canvas): Rect {
	const rect = overlayPlace(canvas.width, canvas.height, helpSize);
	const width = Math.floor((rect.width - 4) / 2);
	const left = helpColumn('time', 'time');
	const right = [...helpColumn('view', 'views'), [], ...helpColumn('everywhere', 'everywhere')];
	const lines: Line[] = Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const line = left[row] ?? [];
		const length = line.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part.text.length), 0);
		return ['  ', ...line, ' '.repeat(Math.max(1, width - length)), ...(right[row] ?? [])];
	});
	canvas.put(panel({
		width: rect.width, height: rect.height, title: 'Help   a recording', value: `${keysOf('overlay.close', 'modal:recordingHelp').join(' ')} closes`, style: 'overlay', valueRole: 'dim',
	}, [
		...lines,
		[],
		...wrapWords('All numbers are of the stretch on the screen: scroll and zoom choose it. Latency: from publication to response.', rect.width - 6).map((text): Line => [piece(`  ${text}`, 'dim')]),
	]), rect.x, rect.y);
	return rect;
}

/** The whole screen of a recording; the frame is one row lower than the terminal. */
export function composeRecording(snapshot: RecordingSnapshot, options: RecordingViewOptions): RecordingView {
	const {columns, rows, ascii} = options;
	const {latency} = snapshot.figures;
	if (isTooSmall(columns, rows)) {
		const canvas = new Canvas(Math.max(1, columns), Math.max(1, rows - 1), ascii);
		const numbers = [`${formatCount(latency.count)} commands to ${formatTime(snapshot.to)}`, `p50 ${formatDuration((latency.p50 ?? 0) * 1000)}   p99 ${formatDuration((latency.p99 ?? 0) * 1000)}`];
		canvas.put(tooSmall(numbers, `vqlab calibrate ${snapshot.name}`, columns, rows), 0, 0);
		return {canvas, table: undefined, cover: undefined};
	}

	const height = rows - 1;
	const canvas = new Canvas(columns, height, ascii);
	const verdict = recordingVerdict(snapshot.figures);
	canvas.put(headerBlock(snapshot, columns), 0, 0);
	let table: Rect | undefined;
	if (snapshot.view === 'overview') {
		table = overviewBody(canvas, snapshot, verdict.id, options);
	} else {
		latencyBody(canvas, snapshot);
	}

	const narrow = columns < 100;
	const all = snapshot.isLive ? [...hints, liveHint] : hints;
	const advice = recordingAdvice(snapshot.figures, snapshot.shows, snapshot);
	const keys = snapshot.notice === null ? hintRow(all, narrow ? lastNarrow : lastWide, columns) : undefined;
	canvas.put(footer({verdict, advice, notice: snapshot.notice}, columns, keys), 0, height - 3);
	const cover = snapshot.help ? drawHelp(canvas) : undefined;
	return {canvas, table, cover: table === undefined ? undefined : cover};
}
