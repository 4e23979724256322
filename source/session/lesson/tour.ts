import {type Lesson, type Step} from '../../lessons/lesson.js';
import {type Snapshot} from '../caption.js';
import {type Session} from '../session.js';
import {holds, isIdle, type Situation} from './holds.js';
import {LessonFigures} from './lesson-figures.js';
import {type Guest, keepListed, pointAt} from './guest.js';
import {ProgressKeeper} from './progress-keeper.js';
import {replyTo} from './reply.js';
import {type LessonShelf} from './shelf.js';
import {placeOf, type TourPlace} from './tour-place.js';

/**
Shows somebody around in a lesson: puts the cursor where a step points, waits until its condition
holds, answers what it did not ask for, and keeps how far it has come.
*/
export class Tour {
	/** What was carried out in this step. */
	private readonly commands = new Set<string>();
	private readonly figures = new LessonFigures();
	/** How far somebody has come. */
	readonly progress: ProgressKeeper;
	/** Changes of the run and the view when the last command had been carried out. */
	private changes = 0;
	private view = '';
	private isStalled = false;

	constructor(private readonly guest: Guest) {
		this.progress = new ProgressKeeper(
			() => this.shelf,
			mistake => {
				guest.say(mistake, true);
			},
		);
	}

	get shelf(): LessonShelf | undefined {
		return this.guest.subject.run?.lessons;
	}

	/** The lesson that is under way. */
	get lesson(): Lesson | undefined {
		const place = this.guest.state.lesson;
		return place && this.shelf?.lessons.find(({id}) => id === place.id);
	}

	/** The step that is shown; undefined at the end of a lesson, and without one. */
	get step(): Step | undefined {
		return this.lesson?.steps[this.guest.state.lesson?.step ?? 0];
	}

	/** Begins a lesson, or goes on with it where it was left. Throws `UserError`. */
	start(id: string, from = this.progress.kept.steps[id] ?? 0): void {
		const {guest, shelf} = this;
		const {run} = guest.subject;
		const lesson = shelf?.lessons.find(candidate => candidate.id === id);
		if (run === undefined || lesson === undefined) {
			return;
		}

		const step = Math.min(from, lesson.steps.length - 1);
		this.figures.forget();
		this.load(lesson);
		let set: NonNullable<Step['set']> = {};
		for (const {anew, set: own} of lesson.steps.slice(0, step)) {
			set = {...(anew === true ? {} : set), ...own};
		}

		if (Object.keys(set).length > 0 && lesson.steps[step].anew !== true) {
			run.session.change(set);
		}

		guest.update({overlay: undefined, filter: undefined, isZoomed: false, lesson: {id, step, said: undefined}});
		this.begin();
	}

	/** Enter: what is asked for is done, or the next step begins. */
	next(): void {
		const {guest, step, lesson, shelf} = this;
		if (lesson === undefined || shelf === undefined) {
			return;
		}

		if (step === undefined) {
			const following = shelf.lessons.at(shelf.lessons.indexOf(lesson) + 1);
			if (following === undefined) {
				this.leave();
				guest.say('that was the last lesson');
			} else {
				this.start(following.id, 0);
			}

			return;
		}

		const {done, tries} = step;
		if (done === undefined) {
			this.goOn();
		} else if (tries !== undefined) {
			this.doIt(step, tries);
		} else {
			guest.say('this comes by itself: + makes the run faster');
		}
	}

	/** The step before, with the run as it was then. Throws `UserError`. */
	previous(): void {
		const place = this.guest.state.lesson;
		if (place !== undefined) {
			this.start(place.id, Math.max(0, place.step - 1));
		}
	}

	/** Leaves the lesson where it is. */
	leave(): void {
		this.guest.update({lesson: undefined});
	}

	/** A command was carried out, by its id. */
	did(command: string): void {
		const {guest, step} = this;
		const place = guest.state.lesson;
		if (place === undefined || step === undefined || command.startsWith('lesson.')) {
			return;
		}

		this.commands.add(command);
		if (!this.goOnIfDone()) {
			guest.update({lesson: {...place, said: this.reply(step)}});
		}

		this.remember();
	}

	/** Looks at what is shown now: the figures of the texts, and whether a step is done. */
	look({run}: Snapshot): void {
		const {session} = this;
		if (this.guest.state.lesson === undefined || run === undefined || session === undefined) {
			return;
		}

		this.isStalled = run.state === 'stalled' || session.run.simulation.stall() !== null;
		this.figures.look(run.readings, session);
		keepListed(this.guest, this.step);
		if (this.isStalled && this.step?.anew === true) {
			this.again(this.step);
		} else {
			this.goOnIfDone();
		}
	}

	/** Where the tour is; undefined without a lesson. */
	get place(): TourPlace | undefined {
		const {lesson, shelf} = this;
		const place = this.guest.state.lesson;
		if (lesson === undefined || shelf === undefined || place === undefined) {
			return undefined;
		}

		return placeOf(lesson, shelf.lessons, place, text => this.filled(text));
	}

	private get session(): Session | undefined {
		return this.guest.subject.run?.session;
	}

	private load({preset}: Lesson): void {
		const {guest} = this;
		const {run, firstColumn} = guest.subject;
		if (run !== undefined) {
			run.session.load(run.shelf.load(preset));
			guest.update({column: firstColumn, end: undefined});
		}
	}

	/** The step that is shown begins. */
	private begin(): void {
		const {guest, step, lesson, session} = this;
		this.commands.clear();
		if (lesson !== undefined) {
			this.progress.keep(lesson, guest.state.lesson?.step ?? 0);
		}

		if (step === undefined || lesson === undefined || session === undefined) {
			return;
		}

		if (step.anew === true) {
			this.load(lesson);
			session.paused = true;
		} else if ((step.view ?? guest.state.view) === 'overview' && session.present === undefined) {
			// What is to be seen comes with time.
			session.paused = false;
		}

		pointAt(this.guest, step);
		this.remember();
	}

	/** The run of the step has stalled: it begins once more. */
	private again(step: Step): void {
		const place = this.guest.state.lesson;
		if (place !== undefined) {
			const said = this.reply(step);
			this.begin();
			this.isStalled = false;
			this.guest.update({lesson: {...place, said}});
		}
	}

	private goOn(): void {
		const place = this.guest.state.lesson;
		if (place !== undefined) {
			// What the last key said is of the step before.
			this.guest.update({lesson: {...place, step: place.step + 1, said: undefined}, notice: undefined});
			this.begin();
		}
	}

	private goOnIfDone(): boolean {
		const done = this.step?.done;
		const situation = this.situation();
		if (done === undefined || situation === undefined || !done.every(condition => holds(condition, situation))) {
			return false;
		}

		if (done.some(condition => 'setting' in condition)) {
			this.figures.part();
		}

		this.goOn();
		return true;
	}

	private situation(): Situation | undefined {
		const {guest, commands, isStalled, session} = this;
		return (
			session && {
				setting: key => session.valueOf(key),
				figure: path => this.figures.settled(path),
				view: guest.state.view,
				commands,
				isStalled,
				isPaused: session.paused,
				now: session.now,
			}
		);
	}

	/** Presses what is left of the keys that a step asks for. */
	private doIt(step: Step, tries: readonly string[]): void {
		const {guest} = this;
		const place = guest.state.lesson?.step;
		pointAt(this.guest, step);
		for (const key of tries) {
			if (guest.state.lesson?.step !== place) {
				return;
			}

			if (!isIdle(key, step, this.situation())) {
				guest.press(key);
			}
		}

		if (guest.state.lesson?.step === place) {
			guest.say('done: the rest comes by itself');
		}
	}

	/** What is said of a command that the step did not ask for. */
	private reply(step: Step): string | undefined {
		const {guest, view, changes: known} = this;
		const situation = this.situation();
		const {changes} = this.session?.run.timeline ?? {changes: []};
		const said =
			situation &&
			replyTo(step, situation, {
				changed: changes.length > known ? Object.keys(changes.at(-1)?.set ?? {}) : [],
				hasMoved: guest.state.view !== view,
			});
		return said === undefined ? undefined : this.filled(said);
	}

	private remember(): void {
		this.changes = this.session?.run.timeline.changes.length ?? 0;
		this.view = this.guest.state.view;
	}

	private filled(text: string): string {
		return this.figures.fill(text, this.session);
	}
}
