import {type Block, type Line, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {fitSentence} from '../../charts/fit-sentence.js';
import {cell} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {type AdviceDocument, type AdviceEntry, type NoEffectEntry} from '../../report/advice-document.js';
import {changeText, pastWords, setText, shortName, valueWords} from '../../report/advice-text.js';
import {seconds, wrap} from '../../report/text-layout.js';
import {type Scene} from '../../session/view.js';
import {columnsFor, effectRole, effectWord} from './columns.js';
import {adviceDeskOf, type AdviceDesk} from './desk.js';
import {adviceLayout} from './layout.js';

/** Draws the view: what helps, what does not, and why the selected entry does. */
export function drawAdvice({canvas, area, subject}: Scene): void {
	const desk = adviceDeskOf(subject);
	const {state} = desk;
	if (state.kind !== 'done') {
		canvas.put(waitingPanel(desk, subject.run?.adviser !== undefined, area), area.x, area.y);
		return;
	}

	const {document} = state;
	const {helps, silent, why} = adviceLayout(area, desk.entries.length, document.noEffect.length);
	canvas.put(helpsPanel(document, desk, helps), helps.x, helps.y);
	if (silent !== undefined) {
		canvas.put(silentPanel(document, silent), silent.x, silent.y);
	}

	if (why !== undefined) {
		canvas.put(whyPanel(desk, why), why.x, why.y);
	}
}

/** A share of a bar, in cells. */
function bar(share: number, width: number): string {
	const done = Math.round(share * width);
	return '█'.repeat(done) + '·'.repeat(width - done);
}

function waitingPanel({state}: AdviceDesk, hasAdviser: boolean, {width, height}: Rect): Block {
	const paragraph = (text: string, role: Role = 'text'): Line[] =>
		wrapped(text, width - 4).map(line => [' ', piece(line, role)]);
	const lines = (): Line[] => {
		switch (state.kind) {
			case 'working': {
				return [
					[
						' ',
						piece(bar(state.progress, Math.max(10, Math.min(60, width - 12))), 'value'),
						` ${percent(state.progress)}`,
					],
					[],
					...paragraph(
						'Each knob is tried in paired runs with the settings of now, in a worker thread; the ' +
							'run goes on.',
					),
					...paragraph(
						'It is stopped when another view is opened, and begins anew when a setting is changed.',
						'dim',
					),
				];
			}

			case 'failed': {
				return [...paragraph(state.why, 'bad'), ...paragraph('R tries again.', 'dim')];
			}

			case 'done':
			case 'none': {
				return paragraph(
					hasAdviser
						? 'not computed yet: it begins when this view is opened'
						: 'advice is not computed here: vqlab advise prints it',
					'dim',
				);
			}
		}
	};

	return panel(
		{width, height, title: 'What helps', value: state.kind === 'working' ? 'computing' : '', style: 'focus'},
		lines(),
	);
}

function percent(share: number): string {
	return `${Math.floor(share * 100)} %`;
}

function helpsPanel(document: AdviceDocument, desk: AdviceDesk, {width, height}: Rect): Block {
	const {goal, subjectTo, spent, length, note} = document;
	const {entries, selected} = desk;
	const columns = columnsFor(document, width - 2);
	const left = width - 3 - 4 - columns.reduce((sum, column) => sum + column.width + 1, 0);
	// What is said of paced clients stands where the rows leave it a line.
	const notes = note !== null && height - 4 > Math.min(entries.length, 3) ? [note] : [];
	const room = Math.max(1, height - 4 - notes.length);
	const first = Math.max(0, Math.min(selected - room + 1, entries.length - room));
	const rowOf = (entry: AdviceEntry, index: number): Line => [
		`${index === selected ? '▸' : ' '}${String(index + 1).padEnd(3)}`,
		piece(cell(setText(entry), left, 'left', 'both'), index === selected ? 'value' : 'text'),
		...columns.flatMap(column => [
			' ',
			piece(cell(column.text(entry), column.width), column.role?.(entry) ?? 'text'),
		]),
	];
	const condition = subjectTo.length === 0 ? '' : `; subject to ${subjectTo.join(', ')}`;
	const goalText = `goal: ${goal.better} ${goal.metric}, ${valueWords(goal.now, goal.metric)} now${condition}`;
	return panel(
		{
			width,
			height,
			title: 'What helps',
			value:
				`${spent.runs} paired runs of ${seconds(length.measuredSeconds)}, 95 ` +
				`%${document.interrupted ? ', interrupted' : ''}`,
			valueRole: 'dim',
			style: 'focus',
		},
		[
			[
				piece(
					`    ${cell('set', left)}${columns.map(({head, width: cells}) => ` ${cell(head, cells)}`).join('')}`,
					'dim',
				),
			],
			...entries.slice(first, first + room).map((entry, index) => rowOf(entry, first + index)),
			...(entries.length === 0 ? [[piece('    nothing that was tried moves the goal', 'dim')] as Line] : []),
			...Array.from({length: Math.max(0, room - Math.max(1, entries.length))}, (): Line => []),
			[piece(cell(fitSentence(goalText, width - 2, ' '), width - 2), 'dim')],
			...notes.map((text): Line => [piece(cell(` ${text}`, width - 2), 'dim')]),
		],
	);
}

function silentPanel({noEffect}: AdviceDocument, {width, height}: Rect): Block {
	const room = height - 2;
	const keyWidth = Math.min(Math.max(12, ...noEffect.map(({key}) => key.length)), 26);
	const triedWidth = width >= 110 ? 22 : 0;
	const reason = width - 2 - 2 - keyWidth - (triedWidth === 0 ? 0 : triedWidth + 1) - 1;
	// What has a mechanism says more than what has only been tried.
	const ordered = noEffect.toSorted((a, b) => Number(hasMechanism(b)) - Number(hasMechanism(a)));
	const shown = ordered.length > room ? ordered.slice(0, Math.max(0, room - 1)) : ordered;
	const lines = shown.map(({key, tried, why}): Line => [
		' ',
		cell(key, keyWidth, 'left', 'both'),
		...(triedWidth === 0 ? [] : [' ', cell(tried.join(', '), triedWidth)]),
		' ',
		piece(cell(fitSentence(reasonText(why, reason), reason), reason), 'dim'),
	]);
	const more = ordered.slice(shown.length).map(({key}) => key);
	return panel(
		{
			width,
			height,
			title: 'Does not help',
			value: 'tried, not guessed',
			valueRole: 'dim',
		},
		[
			...lines,
			...(more.length > 0
				? [[piece(cell(` and ${more.length} more: ${more.join(', ')}`, width - 2), 'dim')] as Line]
				: []),
			...(noEffect.length === 0 ? [[piece(' everything that was tried moves the goal', 'dim')] as Line] : []),
		],
	);
}

function hasMechanism({why}: NoEffectEntry): boolean {
	return why.includes('; ');
}

/** How it was seen and the mechanism; where there is no room for both, the mechanism. */
function reasonText(why: string, width: number): string {
	const at = why.indexOf('; ');
	return why.length <= width || at === -1 ? why : why.slice(at + 2);
}

function whyPanel({entry, selected}: AdviceDesk, {width, height}: Rect): Block {
	const labelled = (label: string, text: string, role: Role = 'text'): Line[] =>
		wrapped(text, width - 2 - 13 - 1).map((line, index) => [
			piece(cell(index === 0 ? ` ${label}` : '', 13), 'dim'),
			piece(line, role),
		]);
	const lines =
		entry === undefined
			? [[piece(' no entry', 'dim')] as Line]
			: [
					...labelled('mechanism', entry.why),
					...labelled(
						'prediction',
						`${entry.metric} ${valueWords(entry.from, entry.metric)} to ` +
							`${valueWords(entry.to, entry.metric)}, ${changeText(entry)}, ${entry.pairs} pairs`,
					),
					...pastWords(entry).flatMap(text => labelled('past', text, 'warn')),
					...entry.setBy.flatMap(text => labelled('set by', text)),
					...labelled('to confirm', entry.confirm),
					...entry.others.flatMap(other =>
						labelled(
							shortName(other.metric),
							`${changeText(other)}  ${other.effect}`,
							effectRole(other.effect),
						),
					),
				];
	return panel(
		{
			width,
			height,
			title: entry === undefined ? 'Why' : `Why # ${selected + 1}   ${setText(entry)}`,
			value: entry === undefined ? '' : effectWord(entry),
			valueRole: entry === undefined ? 'dim' : effectRole(effectWord(entry)),
		},
		lines,
	);
}

function wrapped(text: string, width: number): readonly string[] {
	return wrap(text, 0, width);
}
