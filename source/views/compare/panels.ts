import {type Block, type Line, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {cell} from '../../charts/fit-text.js';
import {formatSeconds} from '../../charts/format-number.js';
import {plotWidth} from '../../charts/line-chart.js';
import {panel} from '../../charts/panel.js';
import {type Figures} from '../../experiment/compare/figures.js';
import {charts} from '../../metrics/metric-table.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {shellWord} from '../../report/shell-word.js';
import {wrap} from '../../report/text-layout.js';
import {differingKeys, settingText} from '../../session/compare-line.js';
import {type Lockstep} from '../../session/lockstep.js';
import {type Session} from '../../session/session.js';
import {type Scene} from '../../session/view.js';
import {sizeOf} from '../breakpoints.js';
import {chartFrame} from '../chart-frame.js';
import {drawnValues, figureText, unitTexts} from '../figure-text.js';
import {compareDeskOf, type CompareDesk} from './desk.js';
import {compareLayout} from './layout.js';
import {tablePanel} from './table.js';
import {labelOf} from './words.js';

/**
Draws the view: who is compared, two lines each, and what differs; without a pair how to make one.
*/
export function drawCompare({canvas, area, subject, axes, ascii}: Scene): void {
	const desk = compareDeskOf(subject);
	const {lockstep, rows} = desk;
	const {session} = subject.run ?? {};
	if (lockstep === undefined || session === undefined) {
		canvas.put(invitation(session, area), area.x, area.y);
		return;
	}

	const layout = compareLayout(area, rows.length);
	canvas.put(sidesPanel(lockstep, session, layout.sides), area.x, area.y);
	const dense = sizeOf(canvas.width, canvas.height) === 'large' && !ascii;
	const paths = desk.charts(layout.charts.length);
	for (const [index, {rect, timeRow}] of layout.charts.entries()) {
		canvas.put(lines(desk, lockstep, paths[index] ?? '', rect, {axes, dense, timeRow}), rect.x, rect.y);
	}

	canvas.put(tablePanel(lockstep, rows, desk.selected, layout.table), layout.table.x, layout.table.y);
}

function invitation(session: Session | undefined, {width, height}: Rect): Block {
	const paragraph = (text: string, role: 'text' | 'dim' = 'text'): Line[] =>
		wrap(text, 0, width - 6).map(line => [' ', piece(line, role)]);
	const change = session?.lastChange;
	const name = shellWord(session?.run.preset.reference ?? '');
	const said = [
		[],
		...paragraph(
			'B forks here and now. What goes on is B, and it takes what you change; A keeps its settings. ' +
				'Both run on the same random numbers, so that each difference is paired.',
		),
		[],
		...paragraph(
			change === undefined
				? 'After a change, Enter compares with the run as it would be without it.'
				: `Enter compares with the run as it would be without the change of ${formatSeconds(change)} s.`,
		),
	];
	const command = [[], ...paragraph(`Without a dashboard: vqlab compare ${name} --b KEY=VALUE`, 'dim')];
	return panel({width, height, title: 'Compare two runs', value: 'no second run yet', style: 'focus'}, [
		...said,
		// Half a command is none.
		...(said.length + command.length > height - 2 ? [] : command),
	]);
}

function sidesPanel(lockstep: Lockstep, session: Session, {width, height}: Rect): Block {
	const {a, b, words, start} = lockstep;
	const keys = differingKeys(a, b);
	const inside = width - 2;
	const [first] = keys;
	const rest = keys.length > 1 ? `, ${keys.length - 1} more` : '';
	const row = (side: 'A ─' | 'B ┄', run: Lockstep['a'], what: string): Line => {
		const whole = first === undefined ? 'the same settings' : `${settingText(run, first)}${rest}`;
		// Its group, then all of the key go before the value is cut.
		const forms = [whole, whole.replace(/^[\w.]+\.(?=\w+=)/v, ''), whole.replace(/^[\w.]+=/v, '')];
		const acts = session.head === run ? '◄ keys act here' : '';
		const room = inside - 5 - (acts === '' ? 0 : acts.length + 2);
		const shown = what.length + 3 <= room / 2 ? what : what.replace(/ of [\d.]+ s$/v, '');
		const left = Math.min(shown.length + 3, Math.floor(room / 2));
		return [
			' ',
			piece(side, side === 'A ─' ? 'a' : 'b'),
			` ${cell(shown, left)}${cell(forms.find(form => form.length <= room - left) ?? whole, room - left, 'left', 'both')}`,
			piece(acts === '' ? '' : `  ${acts}`, 'dim'),
		];
	};

	return panel(
		{
			width,
			height,
			title: width >= 100 ? 'Same random numbers, one clock' : 'Same random numbers',
			value:
				keys.length === 0
					? 'no parameter differs'
					: keys.length === 1
						? '1 parameter differs'
						: `${keys.length} parameters differ`,
			valueRole: keys.length === 0 ? 'warn' : 'value',
		},
		[row('A ─', a, words), row('B ┄', b, `forked at ${formatSeconds(start)} s`)],
	);
}

type LineOptions = Pick<Scene, 'axes'> & {readonly dense: boolean; readonly timeRow: boolean};

/** A metric of both since they parted. */
function lines(
	{rows}: CompareDesk,
	{track, start, slice, now}: Lockstep,
	path: string,
	rect: Rect,
	options: LineOptions,
): Block {
	const {axes, dense, timeRow} = options;
	const room = plotWidth(rect.width - 2) * (dense ? 2 : 1);
	const {a, b, slices} = track.values;
	const per = Math.max(1, Math.ceil(a.length / room));
	const row = rows.find(entry => entry.path === path);
	const own = charts.find(chart => chart.path === path)?.anchor ?? (metricUnit(path) === 'share' ? 'share' : 'zero');
	const unit = unitTexts[metricUnit(path)];
	return chartFrame(
		{
			name: `compare ${path}`,
			title: labelOf(path),
			value: [
				`A ─ ${figureText(path, row?.a ?? null)}   B ┄ ${figureText(path, row?.b ?? null)}${unit}`,
				`A ${figureText(path, row?.a ?? null)}  B ${figureText(path, row?.b ?? null)}`,
			],
			valueRole: 'value',
			anchor: typeof own === 'object' || own === 'ring' ? 'zero' : own,
			lines: [
				{values: drawnValues(path, column(a, path, per)), role: 'a'},
				{values: drawnValues(path, column(b, path, per)), role: 'b', dashed: true},
			],
			column: slice * slices * per,
			marks: [],
			timeRow,
			ends: [`${formatSeconds(start)} s`, formatSeconds(now)],
		},
		rect,
		{axes, dense},
	);
}

/** Means of `per` values each; null where none is known. */
function column(all: readonly Figures[], path: string, per: number): ReadonlyArray<number | null> {
	return Array.from({length: Math.ceil(all.length / per)}, (_, index) => {
		const values = all
			.slice(index * per, (index + 1) * per)
			.map(figures => figures[path] ?? null)
			.filter(value => value !== null);
		return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
	});
}
