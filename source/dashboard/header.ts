import {
	type Block, cellText, type Line, lineLength, makeBlock, type Piece, piece,
} from '../charts/block.js';
import {cell, fitText} from '../charts/fit-text.js';
import {formatDuration, formatTime} from '../charts/format-number.js';
import {keysOf} from '../session/key-table.js';
import {type OverviewSnapshot} from '../session/snapshot.js';
import {runViews, type View, viewTitle} from '../session/views.js';

function state(snapshot: OverviewSnapshot): string {
	return snapshot.state === 'running' ? `► ${snapshot.speed}` : `‖ ${snapshot.state}`;
}

/** Left and right text with blanks between, one cell free at the end. */
export function spread(left: Line, right: Line, width: number): Line {
	return [...left, ' '.repeat(Math.max(1, width - 1 - lineLength(left) - lineLength(right))), ...right];
}

/** Who and when. When narrow: seed, machine, `vqlab` go, then the preset's name is cut. */
function firstRow(snapshot: OverviewSnapshot, width: number): Line {
	const right = ['A', state(snapshot), `t ${cell([formatTime(snapshot.time, snapshot.fine), formatTime(snapshot.time)], 10, 'right')}`].join('   ');
	return whoAndWhen(snapshot.preset, [snapshot.machine, `seed ${snapshot.seed}`], piece(fitText(right, width - 1), snapshot.state === 'running' ? 'text' : 'warn'), width);
}

/** The row with a name and what is said of it, of which as much as there is room for, and the state at the right. */
export function whoAndWhen(who: string, about: readonly string[], state: Piece, width: number): Line {
	const name = cellText(who);
	const gap = width >= 100 ? '  ' : ' ';
	const candidates = [
		...about.map((_, index) => ['vqlab', name, ...about.slice(0, about.length - index)]),
		['vqlab', name],
		[name],
	];
	const right = typeof state === 'string' ? state : state.text;
	const room = width - right.length - 3;
	const parts = candidates.find(fields => fields.join(gap).length <= room) ?? [fitText(name, Math.max(0, room), 'both')];
	const left: Line = parts.flatMap((field, index) => [index === 0 ? ' ' : gap, piece(field, field === name ? 'title' : 'dim')]);
	return spread(left, [state], width);
}

/** Views, live window, and the keys that show all others. */
function secondRow(snapshot: OverviewSnapshot, active: string, width: number): Line {
	return viewsAndHints(runViews, active, [
		`window ${formatDuration(snapshot.window)}`,
		`${keysOf('find.palette').join(' ')} command`,
		`${keysOf('help.toggle', 'global').join(' ')} help`,
	], width);
}

/** The row of views; of the hints at the right the first ones go when narrow, the last stays. */
export function viewsAndHints(views: readonly View[], active: string, all: readonly string[], width: number): Line {
	const left: Line = views.flatMap((tab, index) => [
		index === 0 ? '' : '  ',
		tab.name === active ? piece(`[${viewTitle(tab)}]`, 'title') : piece(` ${viewTitle(tab)} `, 'dim'),
	]);
	const hints = [...all];
	while (hints.length > 1 && hints.join('   ').length > width - lineLength(left) - 3) {
		hints.shift();
	}

	return spread(left, [piece(hints.join('   '), 'dim')], width);
}

/** The two rows at the top. */
export function header(snapshot: OverviewSnapshot, active: string, width: number): Block {
	return makeBlock(width, 2, [firstRow(snapshot, width), secondRow(snapshot, active, width)]);
}
