import {type Block, type Line, linked, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {cell} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {type Lesson} from '../../lessons/lesson.js';
import {type LessonProgress} from '../../session/lesson/shelf.js';
import {itemLink} from '../../session/link.js';
import {wrapWords} from './place.js';

export const lessonsSize = {width: 78, height: 13};

function stateOf({id, steps}: Lesson, {steps: reached, done}: LessonProgress): string {
	const step = reached[id] ?? 0;
	return step > 0 ? `step ${step + 1} of ${steps.length}` : done.includes(id) ? '✓ done' : `${steps.length} steps`;
}

/** The lessons in their order, and how far each was taken. */
export function lessonsOverlay(
	{lessons, index}: {readonly lessons: readonly Lesson[]; readonly index: number},
	progress: LessonProgress,
	rect: Rect,
): Block {
	const inside = rect.width - 2;
	const lines = lessons.map((lesson, at): Line => {
		const state = stateOf(lesson, progress);
		const name = Math.min(28, Math.floor((inside - 20) / 2));
		const text =
			`${at + 1}  ${cell(lesson.title, name)}` +
			`${cell(lesson.preset, Math.max(0, inside - name - 7 - 14))} ${cell(state, 13, 'right')} `;
		return linked(at === index ? [piece(' ▸ ', 'focus'), piece(text, 'focus')] : ['   ', text], itemLink(at));
	});
	const words = wrapWords(
		'Each takes a few minutes: it points at the screen, says what to try, and goes on when it was done. ' +
			'All other keys do what they always do. Esc leaves a lesson, and it is kept.',
		inside - 2,
	);
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: 'Lessons',
			value: `${progress.done.length} of ${lessons.length} done`,
			valueRole: 'dim',
			style: 'overlay',
		},
		[[], ...lines, [], ...words.map((line): Line => [piece(` ${line}`, 'dim')])],
	);
}
