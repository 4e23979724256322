import {type Block, cellText, type Line, linked, lineLength, makeBlock, type Piece, piece} from '../charts/block.js';
import {fitText} from '../charts/fit-text.js';
import {type Caption} from '../session/caption.js';
import {type DeskView} from '../session/controller.js';
import {commandLink} from '../session/link.js';
import {keysOf} from '../session/key-table.js';
import {viewTitle} from '../session/view.js';

/** Left and right text with blanks between, one cell free at the end. */
function spread(left: Line, right: Line, width: number): Line {
	return [...left, ' '.repeat(Math.max(1, width - 1 - lineLength(left) - lineLength(right))), ...right];
}

/** Who and when. When narrow: what is said of it and `vqlab` go, then the name is cut. */
function firstRow({name, about, state, isCalm}: Caption, width: number): Line {
	return whoAndWhen(name, about, piece(fitText(state, width - 1), isCalm ? 'text' : 'warn'), width);
}

/**
The row with a name and what is said of it, of which as much as there is room
for, and the state at the right.
*/
function whoAndWhen(who: string, about: readonly string[], state: Piece, width: number): Line {
	const name = cellText(who);
	const gap = width >= 100 ? '  ' : ' ';
	const candidates = [
		...about.map((_, index) => ['vqlab', name, ...about.slice(0, about.length - index)]),
		['vqlab', name],
		[name],
	];
	const right = typeof state === 'string' ? state : state.text;
	const room = width - right.length - 3;
	const parts = candidates.find(fields => fields.join(gap).length <= room) ?? [
		fitText(name, Math.max(0, room), 'both'),
	];
	const left: Line = parts.flatMap((field, index) => [
		index === 0 ? ' ' : gap,
		piece(field, field === name ? 'title' : 'dim'),
	]);
	return spread(left, [state], width);
}

/** Cells of the key that shows all others, with blanks. */
const leastHints = 9;

/** From this width on the title of a question stands before it. */
const titleFrom = 160;

/** The question with its answer, shorter and shorter. */
function questionForms({question}: Caption, width: number): readonly string[] {
	if (question === null || question === undefined) {
		return [];
	}

	const [title, text, answer] = [question.title, question.text, question.answer].map(part => cellText(part));
	const both = answer === '' ? text : `${text}  ${answer}`;
	return [...(width >= titleFrom ? [`${title}.  ${both}`] : []), both, ...(answer === '' ? [] : [answer]), text];
}

/**
The views; the question and its answer, or what the numbers are of; and the keys that show all
others. When narrow those keys go, then the answer, then the question.
*/
function secondRow(caption: Caption, views: readonly DeskView[], active: DeskView, width: number): Line {
	const {numbers} = caption;
	const tabs = (gap: string): Line =>
		views.flatMap((tab, index) => [index === 0 ? '' : gap, ...tabOf(tab, active, viewTitle(tab))]);
	const apart = tabs('  ');
	const close = tabs('');
	const left = [apart, close].find(line => lineLength(line) + leastHints < width) ?? keysOnly(views, active);
	const help = `${keysOf('help.toggle').join(' ')} help`;
	const palette = `${keysOf('find.palette').join(' ')} command`;
	const room = width - lineLength(left) - 3;
	const question = questionForms(caption, width).find(text => text.length <= room);
	if (question !== undefined) {
		return spread(left, [piece(question, 'text')], width);
	}

	const candidates = [[...numbers, palette, help], ...numbers.map((_, index) => [...numbers.slice(index), help])];
	const hints = candidates.map(words => words.join('   ')).find(text => text.length <= room) ?? help;
	return spread(left, [piece(hints, 'dim')], width);
}

/** The views where there is no room for their names: that of the active one stands. */
function keysOnly(views: readonly DeskView[], active: DeskView): Line {
	return views.flatMap(tab => tabOf(tab, active, tab.key));
}

/**
A tab, which goes to its view when it is pressed; `text`: what stands on it while another one is
active.
*/
function tabOf(tab: DeskView, active: DeskView, text: string): Line {
	return linked(
		[tab === active ? piece(`[${viewTitle(tab)}]`, 'title') : piece(` ${text} `, 'dim')],
		commandLink(`view.${tab.id}`),
	);
}

/** The two rows at the top. */
export function header(caption: Caption, views: readonly DeskView[], active: DeskView, width: number): Block {
	return makeBlock(width, 2, [firstRow(caption, width), secondRow(caption, views, active, width)]);
}
