import {type Block, type Line, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {durationFigure, groupedFigure, shareFigure} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type GroupAxis, type LifeGroup} from '../../metrics/life-groups.js';
import {panelTerms} from '../../report/glossary.js';
import {type LifeReading} from '../../session/life-reading.js';

/** What a group's row says, behind its name; the last ones go first where there is no room. */
type Column = {
	readonly head: string;
	readonly width: number;
	readonly text: (group: LifeGroup, old: LifeGroup | undefined, all: number) => string | readonly string[];
	/** Only where there is a before. */
	readonly isOld?: boolean;
};

const time = (us: number | undefined): readonly string[] => (us === undefined ? ['-'] : durationFigure(us * 1000));

/** In the order in which they stand, and in the one in which they get room. */
const columns: readonly Column[] = [
	{head: 'share %', width: 8, text: ({count}, _, all) => shareFigure(count / all)},
	{head: 'mean', width: 9, text: ({mean}) => time(mean)},
	{head: 'p50', width: 9, text: ({p50}) => time(p50)},
	{head: 'p99 was', width: 9, text: (_, old) => time(old?.p99), isOld: true},
	{head: 'p99', width: 9, text: ({p99}) => time(p99)},
	{head: 'max', width: 9, text: ({max}) => time(max)},
];
const wanted = ['p99', 'p50', 'share %', 'p99 was', 'mean', 'max'];

/** Cells of the names, at least. */
const leastName = 12;

const titles: Readonly<Record<GroupAxis, string>> = {
	command: panelTerms.byCommand.name,
	client: panelTerms.byClient.name,
	queue: panelTerms.byQueue.name,
};

function shownColumns(width: number, hasOld: boolean): readonly Column[] {
	let room = width - 1 - leastName;
	const shown = new Set<string>();
	for (const head of wanted) {
		const column = columns.find(one => one.head === head);
		if (column !== undefined && (hasOld || column.isOld !== true) && column.width <= room) {
			room -= column.width;
			shown.add(head);
		}
	}

	return columns.filter(({head}) => shown.has(head));
}

/** A row a kind of command, with most commands first; those without room are counted. */
export function groupsPanel(
	life: LifeReading,
	old: LifeReading | undefined,
	axis: GroupAxis,
	{width, height}: Rect,
): Block {
	const groups = life.groups[axis];
	const all = groups.reduce((sum, {count}) => sum + count, 0);
	const inside = width - 2;
	const shown = shownColumns(inside, old !== undefined);
	const name = inside - 1 - shown.reduce((sum, column) => sum + column.width, 0);
	const rows = Math.max(1, height - 3);
	const isWhole = groups.length <= rows;
	const lines = groups.slice(0, isWhole ? rows : rows - 1).map((group): Line => [
		` ${cell(group.name.replace('RESOURCE_', ''), name, 'left', 'both')}`,
		...shown.map(column =>
			piece(
				cell(
					column.text(
						group,
						old?.groups[axis].find(other => other.name === group.name),
						all,
					),
					column.width,
					'right',
				),
				column.isOld === true ? 'dim' : 'value',
			),
		),
	]);
	return panel({width, height, title: titles[axis], value: `n ${fitText(groupedFigure(all), 12)}`}, [
		[piece(` ${cell(axis, name)}${shown.map(column => cell(column.head, column.width, 'right')).join('')}`, 'dim')],
		...(groups.length === 0 ? [[piece(' none has been answered yet', 'dim')] as Line] : lines),
		...(isWhole ? [] : [[piece(` ${groups.length - lines.length} more`, 'dim')] as Line]),
	]);
}
