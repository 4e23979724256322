import {type Block, cellText, type Line, lineLength, makeBlock, piece} from '../charts/block.js';
import {type Canvas} from '../charts/canvas.js';
import {fitText} from '../charts/fit-text.js';
import {type Hint} from '../session/command.js';
import {keyName} from '../session/key-table.js';
import {type TourPlace} from '../session/lesson/tour-place.js';
import {commandLink} from '../session/link.js';
import {wrapWords} from './overlays/place.js';

/** Rows of text, at most. */
const textRows = 3;
/** Rows of the strip, which stands above the key row. */
export const stripRows = textRows + 1;

/** Keys that come one after the other: `→ four times`, `→ then space`. */
export function triesText(tries: readonly string[]): string {
	const counts: Array<{readonly key: string; count: number}> = [];
	for (const key of tries) {
		const last = counts.at(-1);
		if (last?.key === key) {
			last.count++;
		} else {
			counts.push({key, count: 1});
		}
	}

	return counts.map(({key, count}) => `${keyName(key)}${count > 1 ? ` ${count} times` : ''}`).join(', then ');
}

/**
Where the tour is and how far, what the step says, in place of verdict and advice: the advice would
be the answer.
*/
export function lessonStrip(place: TourPlace, width: number): Block {
	const {lesson, lessons, title, step, steps, text, isReply, isEnd} = place;
	const left = ` Lesson ${lesson} of ${lessons}  ${cellText(title)} `;
	const right = isEnd ? ' done ' : ` step ${step} of ${steps} `;
	const bar = '▓'.repeat(isEnd ? steps : step - 1).padEnd(steps, '░');
	const name = fitText(left, width - right.length - steps - 2);
	const head: Line = [piece('', 'select'), piece(name, 'focus')];
	const rest = width - lineLength(head) - right.length - bar.length - 1;
	const lines = wrapWords(cellText(text), width - 3);
	const shown = lines.slice(0, textRows);
	return makeBlock(width, stripRows, [
		[...head, piece('─'.repeat(Math.max(0, rest)), 'focus'), piece(right, 'focus'), piece(bar, 'ok'), ' '],
		...shown.map((line, index): Line => [
			index === 0 && isReply ? piece(' ✗ ', 'warn') : '   ',
			piece(index === textRows - 1 && lines.length > textRows ? `${line}…` : line, isReply ? 'warn' : 'text'),
		]),
	]);
}

/** What the key row says in a lesson. */
export function lessonHints({tries, waits, isEnd}: TourPlace): readonly Hint[] {
	const words = isEnd ? 'next lesson' : waits ? 'wait' : tries.length > 0 ? `does it: ${triesText(tries)}` : 'go on';
	return [
		{commands: ['lesson.next'], words},
		{commands: ['lesson.leave'], words: 'leave and keep', short: 'leave'},
		{commands: ['lesson.previous'], words: 'back'},
		{commands: ['lesson.list'], words: 'all lessons', short: 'lessons'},
	];
}

const mark = ' ▲ look here ';

/** Points at the panel and at the tab that the step means, where they are on the screen. */
export function pointOut(canvas: Canvas, {panel, tab}: TourPlace): void {
	const shown = panel === undefined ? undefined : canvas.regions.find(({title}) => title?.startsWith(panel) === true);
	if (shown !== undefined) {
		const width = Math.min(mark.length, shown.width - 2);
		const rect = {x: shown.x + 2, y: shown.y + shown.height - 1, width, height: 1};
		canvas.put(makeBlock(width, 1, [[piece(mark, 'focus')]]), rect.x, rect.y);
		canvas.select(rect);
	}

	const link = tab === undefined ? undefined : commandLink(`view.${tab}`);
	const named = canvas.regions.find(region => link !== undefined && region.link === link);
	if (named !== undefined) {
		canvas.select(named);
	}
}
