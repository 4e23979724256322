import {type Block} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {formatDuration, formatGrouped} from '../../charts/format-number.js';
import {plotWidth} from '../../charts/line-chart.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';
import {type RingScene} from './ring-scene.js';

/** How far back it goes, ns. */
const reach = 200_000;

/** num_free at the end of each of so many equal parts of [from, to), and the least in each. */
function freeIn(scene: RingScene, from: number, to: number, parts: number) {
	const changes = scene.excerpt?.free.filter(({queue, time}) => queue === scene.queue && time < to) ?? [];
	const values: Array<number | null> = [];
	const lows: Array<number | null> = [];
	let [next, free] = [0, null as number | null];
	for (let part = 0; part < parts; part++) {
		const end = from + ((part + 1) * (to - from)) / parts;
		let low = free;
		for (; next < changes.length && changes[next].time < end; next++) {
			const change = changes[next];
			free = change.free;
			low = change.time < end - (to - from) / parts || low === null ? free : Math.min(low, free);
		}

		values.push(free);
		lows.push(low);
	}

	return {values, lows};
}

/** The free slots of the last moments. */
export function freeChart(scene: RingScene, rect: Rect, options: ChartFrameOptions): Block {
	const {picture, excerpt, now, name} = scene;
	const to = excerpt?.to ?? now;
	const parts = plotWidth(rect.width - 2) * (options.dense ? 2 : 1);
	const {values, lows} = freeIn(scene, Math.max(0, to - reach), to, parts);
	return chartFrame(
		{
			name: `ring free ${name}`,
			title: 'num_free',
			value: [
				`now ${formatGrouped(picture.numFree)} of ${formatGrouped(picture.size)}   the last ${formatDuration(reach)}`,
				`now ${formatGrouped(picture.numFree)} of ${formatGrouped(picture.size)}`,
			],
			valueRole: 'value',
			anchor: {top: picture.size},
			lines: [{values, role: 'a'}],
			lows,
			column: reach / parts,
			marks: [],
			timeRow: true,
		},
		rect,
		options,
	);
}
