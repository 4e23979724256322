import {type Lesson} from '../../lessons/lesson.js';

/** How far somebody has come. */
export type LessonProgress = {
	/** Id of the lesson that was looked at last. */
	readonly last: string | undefined;
	/** By id of a lesson its step that was reached, from 0. */
	readonly steps: Readonly<Record<string, number>>;
	/** Ids of those that were taken to their end. */
	readonly done: readonly string[];
};

export const noProgress: LessonProgress = {last: undefined, steps: {}, done: []};

/** The lessons, and where it is kept how far somebody has come. */
export type LessonShelf = {
	readonly lessons: readonly Lesson[];
	/** With a mistake where what was kept cannot be read: a line for the user. */
	read(): {readonly progress: LessonProgress; readonly mistake?: string};
	/** Keeps it, whole or not at all; what went wrong as a line. */
	write(progress: LessonProgress): string | undefined;
};

/** Lessons whose progress lasts as long as the program. */
export function forgetfulShelf(lessons: readonly Lesson[]): LessonShelf {
	let kept = noProgress;
	return {
		lessons,
		read: () => ({progress: kept}),
		write(progress) {
			kept = progress;
			return undefined;
		},
	};
}
