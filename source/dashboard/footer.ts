import {type Block, cellText, type Line, linked, makeBlock, piece} from '../charts/block.js';
import {fitSentence} from '../charts/fit-sentence.js';
import {type Figure, fitText} from '../charts/fit-text.js';
import {type Role} from '../charts/role.js';
import {formatDuration} from '../parameters/duration.js';
import {type Severity} from '../diagnosis/finding.js';
import {type Caption} from '../session/caption.js';
import {leastStretch} from '../session/judge.js';
import {type Hint} from '../session/command.js';
import {commandLink} from '../session/link.js';
import {type Notice} from '../session/interface-state.js';
import {type Binding, keysOf} from '../session/key-table.js';
import {type Sentence} from '../session/snapshot.js';

const lastWide: readonly Hint[] = [
	{commands: ['help.toggle'], words: 'keys'},
	{commands: ['app.quit'], words: 'quit', scope: 'global'},
];
const lastNarrow: readonly Hint[] = [{commands: ['help.toggle'], words: 'all keys'}];

function hintText(hint: Hint, narrow: boolean, bindings: readonly Binding[]): string {
	const keys = hint.commands.map(command => keysOf(command, hint.scope, bindings)[0] ?? '').join('');
	return `${keys} ${narrow ? (hint.short ?? hint.words) : hint.words}`;
}

/** Hints in one row; those at the right go first when narrow, but never the last. */
function hintRow(hints: readonly Hint[], last: readonly Hint[], width: number, bindings: readonly Binding[]): Line {
	const narrow = width < 100;
	const gap = narrow ? ' ' : '  ';
	const shown = [...hints];
	const textOf = (hint: Hint): string => hintText(hint, narrow, bindings);
	while (shown.length > 0 && [...shown, ...last].map(hint => textOf(hint)).join(gap).length > width - 2) {
		shown.pop();
	}

	return [...shown, ...last].flatMap((hint, index): Line => {
		const text = piece(textOf(hint), 'dim');
		// A hint of several commands does not say which one is meant.
		const [command, other] = hint.commands;
		return [
			piece(index === 0 ? ' ' : gap, 'dim'),
			...(other === undefined ? linked([text], commandLink(command)) : [text]),
		];
	});
}

const rowHead = (mark: string, id: string): string => ` ${mark} ${id}  `;

/** The long form when it fits, else the short one, else the beginning of that. */
function fitting(mark: string, {id, text, short}: Sentence, width: number): string {
	const head = rowHead(mark, id);
	const [long, brief] = [text, short].map(form => cellText(form));
	return head.length + long.length < width ? head + long : fitSentence(brief, width - 1, head);
}

/** What to try is said first, so clauses at the end may go; where narrow, the short form. */
function adviceRow({advice, canApply = false}: Caption, width: number): string {
	if (advice === null) {
		return '';
	}

	const key = keysOf('advice.apply', 'global')[0] ?? '';
	const named = canApply ? {...advice, id: `${advice.id} [${key}]`} : advice;
	return width < 100
		? fitting('▸', named, width)
		: fitSentence(cellText(named.text), width - 1, rowHead('▸', named.id));
}

/** What would change nothing, with as many reasons as fit. */
function noHelpRow({noHelp = []}: Caption, width: number): string {
	const start = '   does not help: ';
	let text = '';
	for (const {key, why} of noHelp) {
		const longer = `${text}${text === '' ? start : ', '}${key} (${why})`;
		if (longer.length >= width) {
			break;
		}

		text = longer;
	}

	return text;
}

/** How bad it is can be read without colours. */
const signs = {
	problem: {sign: '●', role: 'bad'},
	notice: {sign: '○', role: 'warn'},
	ok: {sign: '○', role: 'ok'},
} as const satisfies Record<Severity, {readonly sign: string; readonly role: Role}>;

/** What the mark of a number means while there is no verdict yet. */
const settling: Figure = [
	' ~ settling  numbers with ~ rest on fewer than 200 commands since the last change',
	' ~ settling  numbers with ~ rest on fewer than 200 commands',
];

/** The numbers stand, and the verdict does not. */
const judging: Figure = [
	` ~ settling  the verdict rests on ${formatDuration(leastStretch)} of the run since the last change`,
	` ~ settling  the verdict rests on ${formatDuration(leastStretch)} of the run`,
];

function verdictRow({verdict, isCounted = false}: Caption, width: number): Line {
	if (verdict === null) {
		return [piece(fitText(isCounted ? judging : settling, width - 1), 'dim')];
	}

	const {id, severity} = verdict;
	const {sign, role} = signs[severity];
	return [piece(fitting(id === 'stall' ? '!' : sign, verdict, width), role)];
}

function noticeRow({text, bad}: Notice, width: number): Line {
	return [piece(fitSentence(cellText(text), width - 1, ` ${bad ? '✗' : '▸'} `), bad ? 'bad' : 'ok')];
}

/**
What the key row says: a notice, which takes the place of the hints
until the next key, or the hints.
*/
export type KeyRow = {
	readonly notice: Notice | undefined;
	readonly hints: readonly Hint[];
	/** The hints are of an overlay, and all that there are. */
	readonly isOverlay: boolean;
	readonly bindings: readonly Binding[];
};

function keyRow({notice, hints, isOverlay, bindings}: KeyRow, width: number): Line {
	if (isOverlay || notice === undefined) {
		return hintRow(hints, isOverlay ? [] : width < 100 ? lastNarrow : lastWide, width, bindings);
	}

	return noticeRow(notice, width);
}

/** The key row alone. */
export function keyBlock(keys: KeyRow, width: number): Block {
	return makeBlock(width, 1, [keyRow(keys, width)]);
}

/** Verdict, advice, what would not help where there are so many rows, keys. */
export function footer(caption: Caption, keys: KeyRow, width: number, rows: number): Block {
	const noHelp: Line[] = rows > 3 ? [[piece(noHelpRow(caption, width), 'dim')]] : [];
	return makeBlock(width, rows, [
		verdictRow(caption, width),
		[adviceRow(caption, width)],
		...noHelp,
		keyRow(keys, width),
	]);
}
