import {type Block, cellText, type Line, linked, makeBlock, piece} from '../charts/block.js';
import {type Figure, fitText} from '../charts/fit-text.js';
import {type Role} from '../charts/role.js';
import {type Severity} from '../diagnosis/finding.js';
import {type Caption} from '../session/caption.js';
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

function sentenceRow(mark: string, name: string, text: string, width: number): string {
	return fitText(` ${mark} ${name}  ${cellText(text)}`, width);
}

/** The long form when it fits, else the short one, cut if it must be. */
function fitting(mark: string, sentence: Sentence, width: number): string {
	const long = sentenceRow(mark, sentence.id, sentence.text, Infinity);
	return long.length < width ? long : sentenceRow(mark, sentence.id, sentence.short, width - 1);
}

/** What to try is said first, so the end may be cut; where even that is long, the short form. */
function adviceRow({advice, canApply = false}: Caption, width: number): string {
	if (advice === null) {
		return '';
	}

	const key = keysOf('advice.apply', 'global')[0] ?? '';
	const named = canApply ? {...advice, id: `${advice.id} [${key}]`} : advice;
	return width < 100 ? fitting('▸', named, width) : sentenceRow('▸', named.id, named.text, width - 1);
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

function verdictRow({verdict}: Caption, width: number): Line {
	if (verdict === null) {
		return [piece(fitText(settling, width - 1), 'dim')];
	}

	const {id, severity} = verdict;
	const {sign, role} = signs[severity];
	return [piece(fitting(id === 'stall' ? '!' : sign, verdict, width), role)];
}

function noticeRow({text, bad}: Notice, width: number): Line {
	return [piece(fitText(` ${bad ? '✗' : '▸'} ${cellText(text)}`, width - 1), bad ? 'bad' : 'ok')];
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
