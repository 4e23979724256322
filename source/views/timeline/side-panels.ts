import {type Block, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {formatCount, formatDuration} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';
import {type Subject} from '../../session/subject.js';
import {blameChain} from '../../tracking/culprit.js';
import {type Excerpt} from '../../tracking/excerpt.js';
import {type TimelineDesk} from './desk.js';
import {axisTime, type Shown} from './columns.js';
import {type FindKind, findKinds} from './find.js';
import {stagesOf} from './stages.js';
import {blameWords, lasts, waitWords, wantedName} from './words.js';

/** The command that is followed, stage by stage. */
export function commandPanel(
	desk: TimelineDesk,
	excerpt: Excerpt | undefined,
	shown: Shown,
	{width, height}: Rect,
): Block {
	const life = desk.life(excerpt);
	const title = desk.followed === undefined ? "Culprit's command" : 'Command followed';
	if (life === undefined || excerpt === undefined) {
		return panel({width, height, title}, [[' ', piece('c follows the command at the cursor', 'dim')]]);
	}

	const wide = width >= 40;
	const line = (name: string, start: number, end: number, glyph: string): Line => [
		' ',
		cell(name, 12),
		cell(
			wide
				? `${axisTime(start - shown.from, shown.column).padStart(5)} to ` +
						`${axisTime(end - shown.from, shown.column)}`
				: '',
			wide ? 15 : 1,
		),
		cell(lasts(end - start), 10, 'right'),
		` ${glyph}`,
	];
	const shownStages = stagesOf(life).filter(([, start, end]) => end > start);
	const room = height - 2 - 2;
	return panel(
		{
			width,
			height,
			title,
			value: `${life.number}  ${(excerpt.typeNames[life.type] ?? '').replace('RESOURCE_', '')}`,
		},
		[
			...shownStages.slice(Math.max(0, shownStages.length - room)).map(stage => line(...stage)),
			life.responded < 0
				? [' ', piece('not answered yet', 'dim')]
				: line('in ring', life.published, life.responded, ''),
			[' ', piece('[ ] its edges   c another', 'dim')],
		],
	);
}

/** How often each kind happens, or how much there is of it; `slowest` of a run, us. */
function rateOf(subject: Subject, kind: FindKind, slowest: number | null): string {
	const session = subject.run?.session;
	const figures = subject.figures(Math.max(subject.start, subject.now - 200_000_000), subject.now);
	const rate = (path: string): string => formatCount(Number(figures(path) ?? 0));
	switch (kind) {
		case 'contention': {
			return rate('lock.contended');
		}

		case 'ring full': {
			return rate('ring.fullWaits');
		}

		case 'IRQ': {
			return rate('irqs.perSecond');
		}

		case 'slowest': {
			const max = slowest ?? figures('latency.max');
			return typeof max === 'number' ? formatDuration(max * 1000) : '';
		}

		case 'stall': {
			return session === undefined ? '-' : session.run.simulation.stall() === null ? '0' : '1';
		}

		case 'change': {
			const planned = session?.run.script.upcoming(session.now).length ?? 0;
			return session === undefined
				? '-'
				: `${session.run.timeline.changes.length}${planned === 0 ? '' : ` +${planned}`}`;
		}

		case 'fault': {
			return session === undefined ? '-' : String(session.run.start.faults.length);
		}

		case 'missed frame': {
			const paced = session?.run.simulation.configuration.clients.find(({kind: own}) => own === 'paced');
			return paced === undefined ? '-' : rate(`frames.${paced.name}.missed`);
		}
	}
}

/** What n and N go to, with how often it happens. */
export function jumpPanel(desk: TimelineDesk, subject: Subject, slowest: number | null, {width, height}: Rect): Block {
	const rows = Math.max(1, height - 2);
	const columns = Math.ceil(findKinds.length / rows);
	const cells = Math.floor((width - 3) / columns);
	const lines = Array.from({length: rows}, (_, row): Line => [
		' ',
		...Array.from({length: columns}, (__, column) => {
			const kind = findKinds[column * rows + row];
			if (kind === undefined) {
				return '';
			}

			const text = cell(`${kind === desk.kind ? '▸' : ' '} ${kind} ${rateOf(subject, kind, slowest)}`, cells);
			return kind === desk.kind ? piece(text, 'focus') : text;
		}),
	]);
	return panel(
		{
			width,
			height,
			title: 'Jump to   v kind   n N next, previous',
			value: 'a second',
			valueRole: 'dim',
		},
		lines,
	);
}

/** Where one has been, with the culprit of each wait. */
export function visitedPanel(desk: TimelineDesk, clock: (time: number) => string, {width, height}: Rect): Block {
	const {all: visited, at} = desk.visits;
	const room = height - 2;
	const first = Math.max(0, Math.min(at - Math.floor(room / 2), visited.length - room));
	const lines = visited.slice(first, first + room).map(({cursor, words}, index): Line => {
		const number = first + index;
		const text = `${number === at ? '▸' : ' '} ${String(number + 1).padStart(2)}  ${clock(cursor)}  ${words}`;
		return [' ', number === at ? piece(text, 'focus') : text];
	});
	return panel(
		{
			width,
			height,
			title: 'Visited   ( ) back, forward',
			value: visited.length === 0 ? '' : `${at + 1} of ${visited.length}`,
			valueRole: 'dim',
		},
		lines.length > 0 ? lines : [[' ', piece('n, Enter and c note here where they went', 'dim')]],
	);
}

/** The longest waits of what is shown, with who is to blame for each. */
export function longestPanel(excerpt: Excerpt | undefined, {from, to}: Shown, {width, height}: Rect): Block {
	const waits =
		excerpt?.waits
			.filter(
				({resource, start, end}) =>
					end > from && start < to && (resource < 0 || excerpt.resources[resource].kind !== 'cpu'),
			)
			.toSorted((a, b) => b.end - b.start - (a.end - a.start))
			.slice(0, height - 2) ?? [];
	return panel(
		{width, height, title: 'Longest waits shown'},
		excerpt === undefined
			? []
			: waits.map((wait): Line => [
					' ',
					cell(`${waitWords(excerpt, wait)} for ${wantedName(excerpt, wait)}`, Math.max(34, width - 30)),
					piece(blameWords(excerpt, blameChain(excerpt, wait)[0]), 'dim'),
				]),
	);
}
