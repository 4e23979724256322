import {type Block, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';
import {type Blame} from '../../tracking/culprit.js';
import {type CommandLife, type Excerpt} from '../../tracking/excerpt.js';
import {type TimelineDesk} from './desk.js';
import {axisTime, type Shown} from './columns.js';
import {begunAt, stageCulprit} from './command-blame.js';
import {roomCulprit, stagesOf} from './stages.js';
import {actorLong, actorName, doing, heldWords, holdVerb, lasts, waitVerb} from './words.js';

const between = ({from, column}: Shown, {start, end}: {readonly start: number; readonly end: number}): string =>
	`${axisTime(start - from, column).padStart(5)} to ${axisTime(end - from, column)}`;

/** How long; what is not over lasts longer. */
const length = ({
	start,
	end,
	isOpen = false,
}: {
	readonly start: number;
	readonly end: number;
	readonly isOpen?: boolean;
}): string => `${isOpen ? '>' : ''}${lasts(end - start)}`;

function othersWords(excerpt: Excerpt, {others}: Blame): string {
	const names = [...new Set(others.map(({actor}) => actorName(excerpt, actor)))];
	return names.length === 0
		? 'nobody else waits for it'
		: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} ` +
				`${names.length === 1 ? 'waits' : 'wait'} for it too`;
}

/** Who is on a vCPU, for the words of a guest's thread. */
const vcpuOf = (excerpt: Excerpt, actor: number): number =>
	excerpt.holds.findLast(hold => hold.actor === actor && hold.vcpu >= 0)?.vcpu ?? -1;

/**
What is left of a wait after the last hold is told from this share of it on:
the hand-over and the wake-up.
*/
const late = 0.2;

type Row = readonly [head: string, words: string, times: string, rest: string];

function rowsOf(excerpt: Excerpt, chain: readonly Blame[], shown: Shown, isWide: boolean): Row[] {
	const [first] = chain;
	const {wait, hold} = first;
	const victim = isWide ? actorLong(excerpt, wait.actor, vcpuOf(excerpt, wait.actor)) : '';
	const rows: Row[] = isWide
		? [
				['victim', victim, '', ''],
				['', waitVerb(excerpt, wait), between(shown, wait), length(wait)],
			]
		: [
				[
					'victim',
					`${actorName(excerpt, wait.actor).replace('dequeue ', '')} ${waitVerb(excerpt, wait)}`,
					between(shown, wait),
					length(wait),
				],
			];
	if (hold === undefined) {
		const kept = wait.resource < 0 ? roomCulprit(excerpt, wait) : undefined;
		rows.push(
			kept === undefined
				? ['culprit', wait.resource < 0 ? 'the ring: no slot has come back' : 'nobody has it', '', '']
				: ['culprit', kept.words, between(shown, kept), length(kept)],
		);
	} else if (isWide) {
		rows.push(
			['culprit', actorLong(excerpt, hold.actor, hold.vcpu), '', ''],
			['', holdVerb(excerpt, hold), between(shown, hold), heldWords(excerpt, hold)],
		);
	} else {
		rows.push([
			'culprit',
			`${actorName(excerpt, hold.actor)} ${holdVerb(excerpt, hold)}`,
			between(shown, hold),
			heldWords(excerpt, hold),
		]);
	}

	const after: Row[] = [];
	rows.push(['others', othersWords(excerpt, first), '', '']);
	for (const [index, {wait: own, hold: next}] of chain.slice(1).entries()) {
		const isLast = index === chain.length - 2;
		const who = index === 0 ? 'the culprit' : actorName(excerpt, own.actor);
		rows.push([
			isLast ? 'root cause' : 'because',
			`${who} ${waitVerb(excerpt, own)}`,
			between(shown, own),
			length(own),
		]);
		if (next !== undefined && own.end - next.end > late * (own.end - own.start)) {
			after.push([
				'',
				'then it is on its way',
				between(shown, {start: next.end, end: own.end}),
				length({start: next.end, end: own.end}),
			]);
		}

		if (next !== undefined) {
			const verb = excerpt.resources[next.resource].kind === 'cpu' ? 'taken by' : 'held by';
			rows.push([
				isWide ? '' : verb,
				isWide ? `${verb} ${actorName(excerpt, next.actor)}` : actorName(excerpt, next.actor),
				between(shown, next),
				heldWords(excerpt, next),
			]);
		}
	}

	rows.push(...after);
	if (chain.length === 1 && hold !== undefined) {
		rows.push([
			'root cause',
			`${actorName(excerpt, hold.actor)} waits for nobody (${doing(excerpt, hold)})`.replace(
				'it in ',
				'it is in ',
			),
			'',
			'',
		]);
	}

	return rows;
}

const nothing = (progress: number): Line[] => [
	[' ', piece(progress < 1 ? 'made again …' : 'Nobody waits for a lock here: n looks for the next one.', 'dim')],
];

/**
What keeps the followed command, where nobody who had to move it on waited:
its longest stage, then the next.
*/
function commandRows(excerpt: Excerpt, life: CommandLife, shown: Shown): Row[] {
	const start = begunAt(life);
	const end = life.responded < 0 ? excerpt.to : life.responded;
	const stages = stagesOf(life, excerpt.to).toSorted((a, b) => b[2] - b[1] - (a[2] - a[1]));
	return [
		[
			'victim',
			`command ${life.number} ${excerpt.typeNames[life.type] ?? ''}`.trimEnd(),
			between(shown, {start, end}),
			length({start, end, isOpen: life.responded < 0}),
		],
		...stages.slice(0, 3).map((stage, index): Row => {
			const span = {start: stage[1], end: stage[2]};
			const share = Math.round((100 * (span.end - span.start)) / Math.max(1, end - start));
			return [
				index === 0 ? 'culprit' : index === 1 ? 'then' : '',
				stageCulprit(excerpt, life, stage),
				between(shown, span),
				`${length(span)}, ${share} %`,
			];
		}),
		['others', 'nobody waits who has to move it on', '', ''],
	];
}

/** Who is to blame for the selected wait, to the root. */
export function blamePanel(
	desk: TimelineDesk,
	{
		excerpt,
		shown,
		progress,
	}: {readonly excerpt: Excerpt | undefined; readonly shown: Shown; readonly progress: number},
	{width, height}: Rect,
): Block {
	const chain = desk.chain(excerpt);
	const isWide = width >= 70 && height >= 9;
	const {wait} = desk;
	const alike =
		excerpt?.waits.filter(
			other => other.resource === wait?.resource && other.end > shown.from && other.start < shown.to,
		) ?? [];
	const longer = alike.filter(other => wait !== undefined && other.end - other.start > wait.end - wait.start).length;
	const rank =
		longer === 0 ? `longest of ${Math.max(1, alike.length)} here` : `number ${longer + 1} of ${alike.length} here`;
	const head = 11;
	const life = desk.followed === undefined ? undefined : desk.life(excerpt);
	const rows =
		excerpt === undefined
			? []
			: chain.length > 0
				? rowsOf(excerpt, chain, shown, isWide)
				: life === undefined
					? []
					: commandRows(excerpt, life, shown);
	const widest = (texts: readonly string[]): number => Math.max(...texts.map(text => text.length), 0);
	const timesWidth = Math.min(20, widest(rows.map(row => row[2])) + 2);
	const restWidth = Math.min(21, widest(rows.map(row => row[3])) + 1);
	const lines =
		rows.length === 0
			? nothing(progress)
			: rows.map(([name, words, times, rest]): Line => {
					const timeWidth = times === '' || width < 70 ? 0 : timesWidth;
					const wordWidth = Math.max(8, width - 3 - head - timeWidth - (rest === '' ? 0 : restWidth));
					return [
						' ',
						piece(cell(name, head), 'dim'),
						cell(words.length > wordWidth ? words.replace(/\w+\.(?=qlock)/v, '') : words, wordWidth),
						cell(timeWidth === 0 ? '' : times, timeWidth),
						piece(cell(rest, rest === '' ? 0 : restWidth), 'value'),
					];
				});
	return panel(
		{
			width,
			height,
			title:
				chain.length === 0 || wait === undefined
					? 'Who is to blame'
					: `Who is to blame   ${length(chain[0].wait)}${width >= 70 ? `, ${rank}` : ''}`,
			value: chain.length > 1 ? 'Enter: root cause' : '',
			valueRole: 'dim',
		},
		lines,
	);
}
