import {type Block, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {formatCount, formatDuration} from '../../charts/format-number.js';
import {type FrameStyle, panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {panelTerms} from '../../report/glossary.js';
import {type Lane, type LaneState} from '../../session/lock-cycle/cycle-lanes.js';
import {type LockStrip} from '../../session/lock-cycle/lock-strip.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';

type LaneLook = {readonly glyph: string; readonly role: Role};

/** The states of the lanes as they are drawn. */
export const laneLooks: Readonly<Record<LaneState, LaneLook>> = {
	run: {glyph: '━', role: 'guest'},
	hold: {glyph: '█', role: 'lock'},
	spin: {glyph: '╳', role: 'spin'},
	exit: {glyph: '▓', role: 'exit'},
	blocked: {glyph: '░', role: 'wait'},
	idle: {glyph: '·', role: 'dim'},
	irq: {glyph: '!', role: 'irq'},
	wake: {glyph: '→', role: 'wait'},
	off: {glyph: '~', role: 'wait'},
	submitter: {glyph: 'S', role: 'lock'},
	worker: {glyph: 'W', role: 'lock'},
};

/** States that are seen although another one took more of a column's time. */
const loud: ReadonlySet<LaneState> = new Set<LaneState>(['spin', 'irq']);
const loudShare = 0.1;
const labelWidth = 10;
const figureWidth = 22;

/**
The state of a lane that a column shows: the longest, but a loud one of a tenth of it. Times in ns.
*/
function stateIn({changes}: Lane, from: number, to: number): LaneState | undefined {
	const times = new Map<LaneState, number>();
	for (const [index, {at, state}] of changes.entries()) {
		const end = changes[index + 1]?.at ?? Infinity;
		const inside = Math.min(to, end) - Math.max(from, at);
		if (inside > 0) {
			times.set(state, (times.get(state) ?? 0) + inside);
		}
	}

	const seen = [...times].toSorted(([, a], [, b]) => b - a);
	const isLoud = ([state, time]: readonly [LaneState, number]) => loud.has(state) && time >= loudShare * (to - from);
	return (seen.find(entry => isLoud(entry)) ?? seen.at(0))?.[0];
}

/** The shortest 1-2-5 step, in ns, of which `cells` columns are as long as `length`. */
function columnFor(length: number, cells: number): number {
	for (let decade = 100; decade < 1e9; decade *= 10) {
		for (const step of [1, 2, 5]) {
			if (decade * step * cells >= length) {
				return decade * step;
			}
		}
	}

	return 1e9;
}

function laneLine(lane: Lane, strip: LockStrip, start: number, column: number, cells: number, pushes: boolean): Line {
	return [
		` ${cell(lane.name, labelWidth)}`,
		...Array.from({length: cells}, (_, index) => {
			const [from, to] = [start + index * column, start + (index + 1) * column];
			if (pushes && strip.pushes.some(time => time >= from && time < to)) {
				return piece('│', 'used');
			}

			const state = stateIn(lane, from, to);
			const look = state === undefined ? undefined : laneLooks[state];
			return look === undefined ? ' ' : piece(look.glyph, look.role);
		}),
	];
}

/** What the cycles of the window come to, a line a lane. */
function figureLines(strip: LockStrip, {before, lockWaits}: OverviewSnapshot): readonly string[] {
	const old = before?.lock ?? null;
	const was = before?.readings.lock.waits ?? null;
	return [
		`held ${old === null ? '' : `${formatDuration(old.held)} → `}${formatDuration(strip.held)}`.replace(
			/ (\w+) → (.* \1)$/v,
			' → $2',
		),
		strip.doorbell > 0 ? `${formatDuration(strip.doorbell)} in doorbell` : 'doorbell outside',
		strip.isWaited ? `wait ${formatDuration(strip.wait)}` : 'nobody waits',
		`waits ${was === null ? '' : `${formatCount(was)} → `}${formatCount(lockWaits)} /s`,
	];
}

/**
Writes the times of a lane's columns into the upper edge, where it is
blank. Every 10 columns of 1, 2, 5.
*/
function withTicks(block: Block, left: number, offset: number, column: number, cells: number): Block {
	const [top, ...rest] = block.lines;
	const row = [...top];
	const spans = [...block.spans];
	const step = [5, 10, 20, 50, 100, 200, 500].find(ticks => ticks * 1000 >= column * 10) ?? 1000;
	for (let tick = step; ; tick += step) {
		const text = ` ${tick} `;
		const x = left + offset + Math.round((tick * 1000) / column) - 1;
		if (x + text.length > left + cells) {
			break;
		}

		if (row.slice(x, x + text.length).every(glyph => glyph === '─' || glyph === '━')) {
			row.splice(x, text.length, ...text);
			spans.push({
				row: 0,
				from: x,
				to: x + text.length,
				role: 'dim',
			});
		}
	}

	return {...block, lines: [row.join(''), ...rest], spans};
}

/** One typical cycle of the lock: who has it, who waits, what the host does meanwhile. */
export function lockPanel(snapshot: OverviewSnapshot, width: number, height: number, style?: FrameStyle): Block {
	const {lock: strip, lockWaits} = snapshot;
	const inside = width - 2;
	const isNarrow = inside < 70;
	const frame = {
		width,
		height,
		title: isNarrow ? 'Lock' : panelTerms.lockCycle.name,
		valueRole: 'dim' as const,
		...(style === undefined ? {} : {style}),
	};
	if (strip === null) {
		return panel({...frame, value: ''}, [[piece(' Nobody has taken ctrlq.qlock yet.', 'dim')]]);
	}

	const cells = inside - labelWidth - 2 - (isNarrow ? 0 : figureWidth + 1);
	const column = columnFor(strip.to - strip.from, Math.max(1, Math.floor(cells * 0.75)));
	const before = Math.max(0, Math.floor((cells - (strip.to - strip.from) / column) / 2));
	const start = strip.from - before * column;
	const figures = figureLines(strip, snapshot);
	const lines = strip.lanes.map((lane, index): Line => {
		const drawn = laneLine(lane, strip, start, column, cells, index === 2);
		return isNarrow ? drawn : [...drawn, ' ', cell(figures[index] ?? '', figureWidth)];
	});
	const narrow = `held ${formatDuration(strip.held)}, wait ${formatCount(lockWaits)}/s x ${formatDuration(strip.wait)}`;
	const block = panel(
		{...frame, value: isNarrow ? narrow : `${column / 1000} us a column`},
		height > 10 ? spaced(lines, inside) : lines,
	);
	return withTicks(block, labelWidth + 2, before, column, cells);
}

/** What the glyphs mean, a word a glyph, and who has the lock. */
const legend = [
	'━ runs',
	'█ holds qlock',
	'╳ spins',
	'▓ in exit',
	'░ waits for the BQL',
	'· idle',
	'! IRQ',
	'→ waking',
	'│ push',
	'qlock: S a submitter, W the worker',
];

/** With a blank row between, and what the glyphs mean in as many rows as that takes. */
function spaced(lines: readonly Line[], width: number): Line[] {
	const rows = [''];
	for (const word of legend) {
		const longer = `${rows.at(-1) ?? ''}${rows.at(-1) === '' ? ' ' : '  '}${word}`;
		if (longer.length <= width) {
			rows[rows.length - 1] = longer;
		} else {
			rows.push(` ${word}`);
		}
	}

	return [...lines.flatMap(line => [line, []]), ...rows.map((row): Line => [piece(row, 'dim')])];
}
