import {type Condition, type Lesson, type Step} from '../../lessons/lesson.js';
import {type LessonPlace} from '../interface-state.js';

/** Where a tour is, in words. */
export type TourPlace = {
	readonly title: string;
	/** From 1, of so many. */
	readonly lesson: number;
	readonly lessons: number;
	readonly step: number;
	readonly steps: number;
	readonly text: string;
	/** The text answers something that the step did not ask for. */
	readonly isReply: boolean;
	/** Names of the keys that it asks for. */
	readonly tries: readonly string[];
	/** It goes on by itself. */
	readonly waits: boolean;
	/** The lesson is at its end. */
	readonly isEnd: boolean;
	/**
	The panel that it points at, by the first words of its title, and the view whose tab it means.
	*/
	readonly panel: string | undefined;
	readonly tab: string | undefined;
};

/** The view that a step wants to be looked at, by its id. */
export function wantedView(done: readonly Condition[] = []): string | undefined {
	return done.flatMap(condition => ('view' in condition ? [condition.view] : [])).at(0);
}

/** Where a lesson of these is; `fill` puts figures into a text. */
export function placeOf(
	lesson: Lesson,
	lessons: readonly Lesson[],
	{step: at, said}: LessonPlace,
	fill: (text: string) => string,
): TourPlace {
	const index = lessons.indexOf(lesson);
	const following = lessons.at(index + 1);
	const next = following === undefined ? 'That was the last one.' : `Next: ${following.title}.`;
	const step: Step | undefined = lesson.steps.at(at);
	return {
		title: lesson.title,
		lesson: index + 1,
		lessons: lessons.length,
		step: Math.min(at + 1, lesson.steps.length),
		steps: lesson.steps.length,
		text: said ?? (step === undefined ? `${lesson.end} ${next}` : fill(step.text)),
		isReply: said !== undefined,
		tries: step?.tries ?? [],
		waits: step?.done !== undefined && step.tries === undefined,
		isEnd: step === undefined,
		panel: step?.panel,
		tab: wantedView(step?.done),
	};
}
