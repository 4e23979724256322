import {expect, test} from 'vitest';
import {registryOf} from '../../../source/session/commands.js';
import {Controller} from '../../../source/session/controller.js';
import {forgetfulShelf, type LessonShelf} from '../../../source/session/lesson/shelf.js';
import {RunSubject} from '../../../source/session/run-subject.js';
import {SnapshotMaker} from '../../../source/session/snapshot-maker.js';
import {type Lesson} from '../../../source/lessons/lesson.js';
import {lessons} from '../../../source/lessons/lessons.js';
import {views} from '../../../source/views/list.js';
import {MemoryFiles, MemoryShelf, sessionOf, shippedPreset} from '../small-run.js';

/** A desk with lessons; `pass` lets the run go on by so many simulated ms, and is looked at. */
function open(shelf: LessonShelf = forgetfulShelf(lessons)) {
	let now = 0;
	const session = sessionOf(shippedPreset('fence-poll-120hz'), {clock: () => now});
	const presets = new MemoryShelf();
	presets.load = name => shippedPreset(name);
	const subject = new RunSubject(
		{session, shelf: presets, files: new MemoryFiles(), lessons: shelf},
		new SnapshotMaker(session, {clock: () => now, columns: 80}),
	);
	const nothing = (): void => undefined;
	const controller = new Controller(subject, {quit: nothing, suspend: nothing, redraw: nothing}, registryOf(views));
	const pass = (milliseconds: number): void => {
		if (!session.paused && session.run.simulation.stall() === null) {
			const end = session.now + milliseconds * 1e6;
			// A stall is looked for now and then, as on a screen.
			while (session.now < end && session.run.simulation.stall() === null) {
				session.advanceTo(Math.min(end, session.now + 10e6));
			}
		}

		now += 5000;
		controller.look();
		controller.look();
	};

	return {controller, session, pass};
}

/** Simulated ms after which the figures of a lesson are settled. */
const moment: Readonly<Record<string, number>> = {
	'answer-gerd': 20,
	'small-ring': 10,
	'lost-kick': 370,
	'stuck-at-60': 310,
	'one-cpu': 60,
};

/** Goes through a lesson as it asks for; the number of keys. */
function take(desk: ReturnType<typeof open>, {id, steps}: Lesson): number {
	const {controller, pass} = desk;
	let keys = 0;
	const press = (key: string): void => {
		keys++;
		controller.press(key);
	};

	if (steps[0].tries !== undefined || steps[0].done === undefined) {
		pass(moment[id]);
	}

	for (const [index, {tries, done, anew}] of steps.entries()) {
		expect(controller.state.lesson).toMatchObject({id, step: index, said: undefined});
		for (const key of done === undefined ? ['enter'] : (tries ?? [])) {
			press(key);
		}

		pass(anew === true ? 400 : moment[id]);
	}

	expect(controller.tour.place).toMatchObject({isEnd: true});
	return keys;
}

test.each(lessons.map(lesson => [lesson.id, lesson] as const))(
	'%s: the keys that it asks for lead to its end',
	(_, lesson) => {
		const desk = open();
		const {controller} = desk;
		controller.press('L');
		for (let index = 0; index < lessons.indexOf(lesson); index++) {
			controller.press('down');
		}

		controller.press('enter');
		expect(controller.subject.name).toBe(lesson.preset);
		const keys = take(desk, lesson) + 2;
		if (lesson === lessons[0]) {
			expect(keys).toBeLessThanOrEqual(12);
		}

		expect(controller.tour.progress.kept.done).toEqual([lesson.id]);
	},
);

test('every text has its figures, and fits three rows of the smallest screen', () => {
	for (const {steps, end} of lessons) {
		for (const text of [end, ...steps.flatMap(step => [step.text, ...(step.wrong ?? []).map(({say}) => say)])]) {
			// A figure has eight characters, a name that stands for a value as many as it has.
			const filled = text.replaceAll(/\{(?:was )?[^\}]+\}/gv, '12.3 ms/s');
			expect(filled.length, text).toBeLessThanOrEqual(168);
		}
	}
});

test('what a step did not ask for is answered, and taken back', () => {
	const {controller, session, pass} = open();
	controller.tour.start('answer-gerd', 1);
	pass(20);
	expect(controller.state).toMatchObject({selected: 'queue.size', view: 'overview'});
	controller.press('left');
	expect(controller.tour.place).toMatchObject({isReply: true, text: expect.stringContaining('smaller') as string});
	controller.press('right');
	expect(controller.tour.place?.isReply).toBe(false);
	controller.update({selected: 'queue.eventIdx'});
	controller.press('right');
	expect(controller.tour.place?.text).toBe('That changed event idx, and this is about queue size: u takes it back.');
	controller.press('u');
	expect(session.valueOf('queue.eventIdx')).toBe(true);
	controller.tour.start('answer-gerd', 5);
	controller.press('2');
	expect(controller.tour.place?.text).toBe('This is the view ring; the lesson means timeline.');
	controller.press('3');
	expect(controller.tour.place?.isEnd).toBe(true);
});

test('Enter does what is left of a step, and no key of it twice', () => {
	const {controller, session, pass} = open();
	controller.tour.start('answer-gerd', 1);
	pass(20);
	controller.press('right');
	controller.press('enter');
	expect(session.valueOf('queue.size')).toBe(1024);
	expect(controller.state.lesson?.step).toBe(2);
	controller.tour.start('lost-kick', 3);
	controller.press('right');
	expect(session.valueOf('queue.eventIdx')).toBe(false);
	controller.press('enter');
	expect(session.valueOf('queue.eventIdx')).toBe(false);
	expect(session.paused).toBe(false);
	controller.press('enter');
	expect(session.paused).toBe(false);
	pass(400);
	expect(controller.state.lesson?.step).toBe(4);
});

test('a run that stalls where it should not begins the step anew', () => {
	const {controller, session, pass} = open();
	controller.tour.start('lost-kick', 3);
	controller.press('space');
	pass(400);
	expect(session.now).toBe(0);
	expect(session.paused).toBe(true);
	expect(controller.tour.place?.text).toMatch(/^It stalled again/v);
});

test('a lesson is left with Esc and resumed with L, with what its steps had set', () => {
	const shelf = forgetfulShelf(lessons);
	const first = open(shelf);
	first.controller.tour.start('answer-gerd', 0);
	first.pass(20);
	for (const key of ['enter', 'right', 'right', 'right', 'right', 'enter']) {
		first.controller.press(key);
	}

	first.controller.press('esc');
	expect(first.controller.state.lesson).toBeUndefined();
	const second = open(shelf);
	second.controller.press('L');
	expect(second.controller.state.lesson).toMatchObject({id: 'answer-gerd', step: 3});
	expect(second.session.valueOf('queue.size')).toBe(1024);
	second.controller.press('backspace');
	expect(second.controller.state.lesson).toMatchObject({step: 2});
	second.controller.press('L');
	expect(second.controller.state.overlay).toEqual({kind: 'lessons', index: 0});
	second.controller.press('esc');
	expect(second.controller.state.lesson).toMatchObject({step: 2});
});

test('the end of a lesson goes on to the next one', () => {
	const {controller, pass} = open();
	controller.tour.start('answer-gerd', 5);
	pass(20);
	controller.press('enter');
	expect(controller.tour.place?.text).toMatch(/Next: A ring that is too small\.$/v);
	controller.press('enter');
	expect(controller.state.lesson).toMatchObject({id: 'small-ring', step: 0});
});

test('the palette knows the lessons, and a recording has none', () => {
	const {controller} = open();
	controller.press(':');
	for (const letter of 'gerd') {
		controller.press(letter);
	}

	controller.press('enter');
	expect(controller.state.lesson?.id).toBe('answer-gerd');
});
