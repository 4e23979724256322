import {type Controller, type DeskCommand} from './controller.js';

const hasLessons = ({subject}: Controller): boolean => subject.run?.lessons !== undefined;

/**
A command of the lesson that is under way: not modal, so that all other keys do what they always do.
*/
function ofLesson(
	id: string,
	label: string,
	run: (controller: Controller) => void,
	can: (controller: Controller) => boolean = () => true,
): DeskCommand {
	return {
		id,
		label,
		column: 'none',
		can: controller => controller.state.lesson !== undefined && can(controller),
		run,
	};
}

/** Lessons: their list, and going through one. */
export const lessonCommands: readonly DeskCommand[] = [
	{
		id: 'lesson.list',
		label: 'lessons',
		column: 'everywhere',
		can: hasLessons,
		refusal: () => 'a lesson needs a run: open a preset',
		run(controller) {
			const {tour, state} = controller;
			const {left} = tour.progress;
			if (state.lesson === undefined && left !== undefined) {
				tour.start(left);
				controller.say('the lesson goes on where it was left: again for the list of all');
				return;
			}

			const {lessons = []} = tour.shelf ?? {};
			const index = lessons.findIndex(({id}) => id === (state.lesson?.id ?? tour.progress.kept.last));
			controller.update({overlay: {kind: 'lessons', index: Math.max(0, index)}});
		},
	},
	{
		id: 'lesson.begin',
		label: 'begin, go on',
		column: 'none',
		can: hasLessons,
		run({tour, state: {overlay}}) {
			const lesson = overlay?.kind === 'lessons' ? tour.shelf?.lessons[overlay.index] : undefined;
			if (lesson !== undefined) {
				tour.start(lesson.id);
			}
		},
	},
	ofLesson(
		'lesson.next',
		'next step',
		({tour}) => {
			tour.next();
		},
		// Where a step asks for Enter it is the view's.
		({tour}) => tour.step?.tries?.includes('enter') !== true,
	),
	ofLesson('lesson.previous', 'step before', ({tour}) => {
		tour.previous();
	}),
	ofLesson(
		'lesson.leave',
		'leave the lesson',
		controller => {
			controller.tour.leave();
			controller.say('the lesson is kept: L goes on with it');
		},
		({state, subject}) => !state.isZoomed && state.filter === undefined && subject.run?.session.isUnderWay !== true,
	),
];
