import {expect, test} from 'vitest';
import {triesText} from '../../source/dashboard/lesson-strip.js';
import {StillClock, StillDesk} from '../../source/dashboard/still-desk.js';
import {themeOf} from '../../source/dashboard/theme.js';
import {lessons} from '../../source/lessons/lessons.js';
import {forgetfulShelf} from '../../source/session/lesson/shelf.js';
import {RunSubject} from '../../source/session/run-subject.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {MemoryFiles, MemoryShelf, sessionOf, shippedPreset} from '../session/small-run.js';

/** A lesson at a step, its run gone on by some simulated ns. */
function at(id: string, step: number, columns: number, rows: number, {ascii = false, time = 20e6} = {}): StillDesk {
	const clock = new StillClock();
	const session = sessionOf(shippedPreset('fence-poll-120hz'), {clock: clock.read, speed: 1 / 10});
	const shelf = new MemoryShelf();
	shelf.load = name => shippedPreset(name);
	const subject = new RunSubject(
		{session, shelf, files: new MemoryFiles(), lessons: forgetfulShelf(lessons)},
		new SnapshotMaker(session, {clock: clock.read, columns: 1}),
	);
	const desk = new StillDesk({subject, clock, size: {columns, rows}, ascii, theme: 'native'});
	desk.controller.tour.start(id, step);
	session.advanceTo(time);
	desk.settle();
	return desk;
}

const sizes = [
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
] as const;

test.each(sizes)('at %ix%i a lesson leaves the charts and the parameters to be read', (columns, rows) => {
	const text = at('answer-gerd', 1, columns, rows).draw().text();
	const charts = columns < 80 ? ['Throughput', 'Contention'] : ['Throughput', 'Contention', 'IRQ rate', 'num_free'];
	for (const chart of charts) {
		const top = text.findIndex(row => row.includes(chart));
		const from = text[top].indexOf(chart) - 2;
		const bottom = text.findIndex((row, y) => y > top && '╰┗'.includes(row[from]));
		// Three rows of plot: both ends of the axis and what is between.
		expect(bottom - top - 1, chart).toBeGreaterThanOrEqual(3);
	}

	expect(text.join('\n')).toMatch(/▸queue size +◄64►/v);
	expect(text.join('\n')).toContain('▲ look here');
	expect(text.at(-5)).toMatch(/Lesson 1 of 5 {2}Answer Gerd ─+ step 2 of 6 ▓░░░░░ $/v);
	expect(text.at(-1)).toMatch(/Enter does it: → 4 times/v);
	if (columns < 120) {
		expect(text.map(row => row.trimEnd()).join('\n')).toMatchSnapshot();
	}
});

test('in ASCII every glyph has its place, and without colour the mark is reversed', () => {
	const unicode = at('answer-gerd', 0, 80, 24).draw();
	const ascii = at('answer-gerd', 0, 80, 24, {ascii: true}).draw().text();
	expect(ascii.join('\n')).toMatch(/^[\n -~]*$/v);
	expect(ascii.map(row => row.trimEnd().length)).toEqual(unicode.text().map(row => row.trimEnd().length));
	expect(unicode.paint(themeOf('native', 'none')).join('\n')).toContain('\u001B[7m ▲ look here \u001B[27m');
});

test('every step of every lesson is drawn on the smallest screen, its text whole', () => {
	const desk = at('answer-gerd', 0, 60, 18, {time: 0});
	const {tour} = desk.controller;
	for (const {id, steps} of lessons) {
		for (const step of steps.keys()) {
			tour.start(id, step);
			const text = desk.draw().text().slice(-4, -1).join(' ').replaceAll(/\s+/gv, ' ').trim();
			expect(text, `${id} ${step}`).toBe(tour.place?.text.replaceAll(/\s+/gv, ' '));
		}
	}
});

test('keys are told as one would say them', () => {
	expect(triesText(['right', 'right', 'right'])).toBe('→ 3 times');
	expect(triesText(['right', 'space'])).toBe('→, then space');
	expect(triesText(['3'])).toBe('3');
});
