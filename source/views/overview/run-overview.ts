import {type Block, type Line, makeBlock, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {formatCount, formatGrouped, formatSettling, formatSlots} from '../../charts/format-number.js';
import {plotWidth} from '../../charts/line-chart.js';
import {type FrameStyle} from '../../charts/panel.js';
import {charts} from '../../metrics/metric-table.js';
import {panelTerms} from '../../report/glossary.js';
import {type Controller} from '../../session/controller.js';
import {groupOf} from '../../session/parameter-list.js';
import {panelLink} from '../../session/link.js';
import {shownQueues} from '../../session/readings.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {type Scene} from '../../session/view.js';
import {type ChartFrameOptions} from '../chart-frame.js';
import {changesPanel} from './changes.js';
import {chartPanel} from './charts.js';
import {cpusPanel} from './cpus.js';
import {framesPictures} from './frames.js';
import {overviewLayout} from './layout.js';
import {lockPanel} from './lock-strip.js';
import {parametersPanel} from './parameters.js';
import {queuesPanel} from './queues.js';
import {stagesPanel} from './stages.js';

/** Panels that can have the focus, in its order, beside a panel a chart. */
const textPanels = ['changes', 'extra', 'queues', 'cpus', 'stages'] as const;

/** The key that goes on to the next picture. */
export const pictureKey = 'c';

/** Ids of the panels of a run in the order in which the focus goes through them. */
export const runPanels: readonly string[] = ['parameters', ...charts.map(({path}) => path), ...textPanels];

const panelWords: Readonly<Record<string, string>> = {
	changes: panelTerms.changes.name,
	extra: panelTerms.lockCycle.name,
	queues: panelTerms.queues.name,
	cpus: panelTerms.cpus.name,
	stages: panelTerms.stages.name,
};

/**
What the focus is on: the selected parameter or group, the metric of a
chart, the title of another panel.
*/
export function selectedWord({state: {panel, selected}}: Controller): string {
	return panel === 'parameters' && groupOf(selected) === undefined
		? selected
		: (panelWords[panel] ?? (panel === 'parameters' ? panelTerms.parameters.name : panel));
}

/** Draws the panels of a run; returns the place of the table of queues. */
export function drawRun(snapshot: OverviewSnapshot, scene: Scene): Rect | undefined {
	return snapshot.isZoomed ? drawZoomed(snapshot, scene) : drawAll(snapshot, scene);
}

/** What the additional picture is where there is one. */
function pictureOf({extra, frames}: OverviewSnapshot): 'lock' | 'frames' {
	return extra === 'frames' && frames !== null ? 'frames' : 'lock';
}

function drawPicture(snapshot: OverviewSnapshot, {canvas}: Scene, rect: Rect, options: ChartFrameOptions): void {
	if (snapshot.frames !== null && pictureOf(snapshot) === 'frames') {
		for (const {block, rect: place} of framesPictures(snapshot.frames, snapshot, rect, options)) {
			canvas.put(block, place.x, place.y);
		}
	} else {
		canvas.put(lockPanel(snapshot, rect.width, rect.height, options.style), rect.x, rect.y);
	}
}

/** The cells of the table of queues in its panel. */
function tablePlace(snapshot: OverviewSnapshot, {x, y, width}: Rect): Rect {
	return {
		x: x + 1,
		y: y + 1,
		width: width - 2,
		height: shownQueues(snapshot.readings.queues).length + 1,
	};
}

/** What two of the charts would say, where there is room for two only. */
function restLine({readings: {figures}, ringSize, settled}: OverviewSnapshot): Line {
	const least = figures['ring.numFree.min'] ?? null;
	return [
		piece(' IRQ rate ', 'dim'),
		piece(`${formatSettling(formatCount(figures['irqs.perSecond']), settled)} /s`, 'value'),
		piece('   num_free ', 'dim'),
		piece(
			`${formatSettling(formatSlots(figures['ring.numFree.mean']), settled)} of ` +
				`${formatGrouped(ringSize)}  min ${least === null ? '-' : formatGrouped(least)}`,
			'value',
		),
	];
}

type Draw = (width: number, height: number, style: FrameStyle | undefined) => Block;

function drawAll(snapshot: OverviewSnapshot, scene: Scene): Rect | undefined {
	const {canvas, axes, ascii} = scene;
	const layout = overviewLayout(canvas.width, canvas.height, snapshot.extra, scene.area);
	const {parameters, queues, cpus, stages, changes, extra, size} = layout;
	const styleOf = (id: string): FrameStyle | undefined => (snapshot.panel === id ? 'focus' : undefined);
	const optionsOf = (id: string): ChartFrameOptions => {
		const style = styleOf(id);
		return {axes, dense: size === 'large' && !ascii, ...(style === undefined ? {} : {style})};
	};

	const put = (id: string, rect: Rect | undefined, draw: Draw): void => {
		if (rect !== undefined) {
			canvas.put({...draw(rect.width, rect.height, styleOf(id)), link: panelLink(id)}, rect.x, rect.y);
		}
	};

	put('parameters', parameters, (width, height, style) => parametersPanel(snapshot, width, height, style));
	for (const place of layout.charts) {
		const {path} = place.chart;
		const block = chartPanel(place, snapshot, optionsOf(path));
		canvas.put({...block, link: panelLink(path)}, place.rect.x, place.rect.y);
	}

	if (size === 'small') {
		canvas.put(makeBlock(canvas.width, 1, [restLine(snapshot)]), 0, parameters.y - 1);
	}

	put('changes', changes, (width, height, style) => changesPanel(snapshot, width, height, style));
	put('cpus', cpus, (width, height, style) => cpusPanel(snapshot, width, height, style));
	put('stages', stages, (width, height, style) => stagesPanel(snapshot, width, height, style));
	if (extra !== undefined) {
		drawPicture(snapshot, scene, extra, optionsOf('extra'));
	}

	if (queues === undefined) {
		return undefined;
	}

	// Where there is no room for the picture it stands in the place of the
	// queues, when it is asked for.
	if (extra === undefined && scene.state.extra !== undefined && scene.state.extra !== 'none') {
		drawPicture(snapshot, scene, queues, optionsOf('extra'));
		return undefined;
	}

	const picture = pictureOf(snapshot) === 'frames' ? 'frames' : "the lock's cycle";
	put('queues', queues, (width, height, style) =>
		queuesPanel(snapshot, width, height, {
			isAlone: cpus === undefined,
			hint: extra === undefined ? `${pictureKey} ${picture}` : '',
			...(style === undefined ? {} : {style}),
		}),
	);
	return tablePlace(snapshot, queues);
}

/** The panel with the focus in the place of all. */
function drawZoomed(snapshot: OverviewSnapshot, scene: Scene): Rect | undefined {
	const {canvas, area, axes, ascii} = scene;
	const {width, height} = area;
	const options: ChartFrameOptions = {axes, dense: !ascii && width >= 170, style: 'focus'};
	const chart = charts.find(({path}) => path === snapshot.panel);
	if (chart !== undefined) {
		canvas.put(chartPanel({chart, rect: area, timeRow: true}, snapshot, options), area.x, area.y);
		return undefined;
	}

	switch (snapshot.panel as (typeof textPanels)[number] | 'parameters') {
		case 'extra': {
			drawPicture(snapshot, scene, area, options);
			return undefined;
		}

		case 'queues': {
			canvas.put(queuesPanel(snapshot, width, height, {style: 'focus', isAlone: true, hint: ''}), area.x, area.y);
			return tablePlace(snapshot, area);
		}

		case 'parameters': {
			canvas.put(parametersPanel(snapshot, width, height, 'focus'), area.x, area.y);
			return undefined;
		}

		case 'changes': {
			canvas.put(changesPanel(snapshot, width, height, 'focus'), area.x, area.y);
			return undefined;
		}

		case 'cpus': {
			canvas.put(cpusPanel(snapshot, width, height, 'focus'), area.x, area.y);
			return undefined;
		}

		case 'stages': {
			canvas.put(stagesPanel(snapshot, width, height, 'focus'), area.x, area.y);
			return undefined;
		}
	}
}

/** Values a line of the charts needs at this size, two a cell where they are dense. */
export function runColumns(columns: number, rows: number): number {
	const layout = overviewLayout(columns, rows - 1, 'none');
	const widest = Math.max(...layout.charts.map(place => plotWidth(place.rect.width - 2)));
	return widest * (layout.size === 'large' ? 2 : 1) + 1;
}
