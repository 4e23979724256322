import {type Lesson} from '../../lessons/lesson.js';
import {type LessonProgress, type LessonShelf, noProgress} from './shelf.js';

/** Reads once how far somebody has come, and keeps it as he goes on. What goes wrong is said. */
export class ProgressKeeper {
	private progress: LessonProgress | undefined;

	constructor(
		private readonly shelf: () => LessonShelf | undefined,
		private readonly say: (mistake: string) => void,
	) {}

	get kept(): LessonProgress {
		const shelf = this.shelf();
		if (this.progress === undefined && shelf !== undefined) {
			const {progress, mistake} = shelf.read();
			this.progress = progress;
			this.complain(mistake);
		}

		return this.progress ?? noProgress;
	}

	/** The lesson that was left before its end, if the last one was. */
	get left(): string | undefined {
		const {last, steps} = this.kept;
		return last !== undefined && (steps[last] ?? 0) > 0 ? last : undefined;
	}

	/** Keeps that a lesson has come to a step; behind the last one it is done. */
	keep({id, steps}: Lesson, step: number): void {
		const {kept} = this;
		const isEnd = step >= steps.length;
		this.progress = {
			last: id,
			steps: {...kept.steps, [id]: isEnd ? 0 : step},
			done: isEnd ? [...new Set([...kept.done, id])] : kept.done,
		};
		this.complain(this.shelf()?.write(this.progress));
	}

	private complain(mistake: string | undefined): void {
		if (mistake !== undefined) {
			this.say(mistake);
		}
	}
}
