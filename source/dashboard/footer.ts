import {
	type Block, cellText, type Line, makeBlock, piece,
} from '../charts/block.js';
import {fitText} from '../charts/fit-text.js';
import {type Role} from '../charts/role.js';
import {type Severity} from '../diagnosis/finding.js';
import {keysOf, type Scope} from '../session/key-table.js';
import {type OverviewSnapshot, type Sentence} from '../session/snapshot.js';

/** A hint of the key row: commands whose first keys stand before the words. */
export type Hint = {
	readonly commands: readonly string[];
	readonly words: string;
	readonly short?: string;
	readonly scope?: Scope;
};

const overviewHints: readonly Hint[] = [
	{commands: ['params.previous', 'params.next'], words: 'select', scope: 'overview'},
	{commands: ['params.decrease', 'params.increase'], words: 'change', scope: 'overview'},
	{commands: ['params.edit'], words: 'type value', short: 'edit'},
	{commands: ['find.filter'], words: 'filter'},
	{commands: ['edit.undo'], words: 'undo'},
	{commands: ['preset.pick'], words: 'presets'},
	{commands: ['time.pause'], words: 'pause'},
	{commands: ['time.faster', 'time.slower'], words: 'speed'},
];
const lastWide: Hint = {commands: ['app.quit'], words: 'quit', scope: 'global'};
const lastNarrow: Hint = {commands: ['help.toggle'], words: 'all keys'};

function hintText(hint: Hint, narrow: boolean): string {
	const keys = hint.commands.map(command => keysOf(command, hint.scope)[0] ?? '').join('');
	return `${keys} ${narrow ? hint.short ?? hint.words : hint.words}`;
}

/** Hints in one row; those at the right go first when narrow, but never the last. */
export function hintRow(hints: readonly Hint[], last: Hint | undefined, width: number): Line {
	const narrow = width < 100;
	const gap = narrow ? ' ' : '  ';
	const texts = hints.map(hint => hintText(hint, narrow));
	const end = last === undefined ? [] : [hintText(last, narrow)];
	while (texts.length > 0 && [...texts, ...end].join(gap).length > width - 2) {
		texts.pop();
	}

	return [piece(` ${[...texts, ...end].join(gap)}`, 'dim')];
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
function adviceRow(advice: Sentence, width: number): string {
	return width < 100 ? fitting('▸', advice, width) : sentenceRow('▸', advice.id, advice.text, width - 1);
}

/** What the three rows at the bottom say. */
export type FooterContent = Pick<OverviewSnapshot, 'verdict' | 'advice' | 'notice'>;

/** How bad it is can be read without colours. */
const signs = {
	problem: {sign: '●', role: 'bad'},
	notice: {sign: '○', role: 'warn'},
	ok: {sign: '○', role: 'ok'},
} as const satisfies Record<Severity, {readonly sign: string; readonly role: Role}>;

function verdictRow(snapshot: FooterContent, width: number): Line {
	if (snapshot.verdict === null) {
		return [piece(fitText(' ~ settling  numbers with ~ rest on fewer than 200 commands since the last change', width - 1), 'dim')];
	}

	const {id, severity} = snapshot.verdict;
	const {sign, role} = signs[severity];
	return [piece(fitting(id === 'stall' ? '!' : sign, snapshot.verdict, width), role)];
}

function noticeRow({notice}: FooterContent, width: number): Line | undefined {
	return notice === null ? undefined : [piece(fitText(` ${notice.bad ? '✗' : '▸'} ${cellText(notice.text)}`, width - 1), notice.bad ? 'bad' : 'ok')];
}

/** Verdict, advice, keys. A notice takes the place of the keys until the next key. */
export function footer(snapshot: FooterContent, width: number, keys?: Line): Block {
	const advice = snapshot.advice === null ? '' : adviceRow(snapshot.advice, width);
	const narrow = width < 100;
	return makeBlock(width, 3, [
		verdictRow(snapshot, width),
		[advice],
		keys ?? noticeRow(snapshot, width) ?? hintRow(overviewHints, narrow ? lastNarrow : lastWide, width),
	]);
}
