import {expect, test} from 'vitest';
import {formatPerSecond} from '../../source/charts/format-number.js';
import {drawn} from '../views/paused-desk.js';
import {runDesk, sessionOf, shippedPreset} from './small-run.js';

const millisecond = 1_000_000;

function deskAt(name: string, time: number) {
	const session = sessionOf(shippedPreset(name));
	session.advanceTo(210 * millisecond);
	session.advanceTo(time * millisecond);
	return runDesk(session);
}

test('the answer is of the window that the panel beside it has', () => {
	const {controller} = deskAt('testbed', 460);
	const {run} = controller.look();
	const {spinWorker, spinSubmitter} = run?.readings.lock ?? {};
	expect(run?.question?.answer).toBe(`${formatPerSecond((spinWorker ?? 0) + (spinSubmitter ?? 0))} ms/s: yes`);
});

test('where percentiles count commands without an answer, and means do not, the view says so', () => {
	const {controller} = deskAt('lost-kick', 400);
	controller.press('4');
	for (const [columns, rows, words] of [
		[80, 24, / 6\d unanswered: in p, max by age/v],
		[60, 18, / 6\d open, by age in p/v],
	] as const) {
		const text = drawn(controller, columns, rows).join('\n');
		expect(text).toMatch(words);
		expect(text).not.toContain('saturated');
	}
});
