import {expect, test} from 'vitest';
import {missingWords} from '../../source/session/missing-words.js';
import {views} from '../../source/views/list.js';
import {runDesk, sessionOf, shippedPreset} from '../session/small-run.js';
import {drawn} from './paused-desk.js';

const millisecond = 1_000_000;

/** The report of 2019 with the kick moved on side B, at so many simulated ms after the fork. */
function compared(after = 260) {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(250 * millisecond);
	const desk = runDesk(session);
	const {controller} = desk;
	controller.press('B');
	session.set('driver.lockPolicy', 'kick-after-unlock');
	session.advanceTo((250 + after) * millisecond);
	controller.press('5');
	return {...desk, text: (columns = 120, rows = 36) => drawn(controller, columns, rows).join('\n')};
}

test('without a second run it says how to make one, and of a change what Enter compares with', () => {
	const session = sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	session.advanceTo(220 * millisecond);
	const {controller} = runDesk(session);
	controller.press('5');
	const text = () => drawn(controller, 80, 24).join('\n');
	expect(text()).toContain('B forks here and now');
	expect(text()).toContain('vqlab compare seed-2019-kick-under-lock --b KEY=VALUE');
	controller.press('enter');
	expect(text()).toContain('there is no change yet');
	session.set('driver.lockPolicy', 'kick-after-unlock');
	session.advanceTo(240 * millisecond);
	expect(text()).toContain('without the change of 0.220 s');
	controller.press('enter');
	expect(text()).toContain('without the change of 0.220 s');
	expect(text()).toContain('A|B');
	const view = views.find(({id}) => id === 'compare');
	expect(view && missingWords(view, {kind: 'recording'})).toMatch(/^compare: a recording cannot be forked/v);
});

test('the words stand with their intervals, the verdict row sums them up', () => {
	const {text, controller} = compared();
	expect(text()).toMatch(/● B is better|○ B is better/v);
	expect(text()).toMatch(/Worker spin +ms\/s +[\d.]+ +0\.\d +-99\.\d % \[-100, -99\.\d\] .* better/v);
	expect(text()).toMatch(/num_free .* same/v);
	expect(text()).toContain('1 parameter differs');
	controller.press('j');
	controller.press('enter');
	expect(text()).toMatch(/╭ Worker spin ─+ A ─ .* B ┄ /v);
});

test('too few slices have no word', () => {
	const {text} = compared(120);
	expect(text()).toMatch(/settling +\d+ of 20 slices/v);
	expect(text()).not.toMatch(/better|worse/v);
});

test('the keys: swap, keep A, keep B, and Esc; y copies the comparison', () => {
	const {controller, session, text} = compared();
	controller.press('X');
	expect(session.sides).toBe('B|A');
	expect(text()).toMatch(/A ─ settings of 0\.250 s .*◄ keys act here/v);
	controller.press('X');
	controller.press('y');
	expect(controller.state.overlay).toMatchObject({
		words: 'vqlab compare seed-2019-kick-under-lock --b driver.lockPolicy=kick-after-unlock',
	});
	controller.press('esc');
	expect(controller.subject.parting).toContain('\nvqlab compare seed-2019-kick-under-lock --b ');
	controller.press('D');
	expect(session.lockstep).toBeUndefined();
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
	controller.press('u');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	controller.press('B');
	expect(session.lockstep).toBeDefined();
	controller.press('esc');
	expect(session.lockstep).toBeUndefined();
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
});

/** One that is only looked at. */
let seen: ReturnType<typeof compared> | undefined;

test.each([
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
])('the view at %ix%i, and in ASCII', (columns, rows) => {
	seen ??= compared();
	const {controller} = seen;
	const lines = drawn(controller, columns, rows);
	expect(lines).toHaveLength(rows - 1);
	expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
	expect(lines.map(line => line.trimEnd()).join('\n')).toMatchSnapshot();
	expect(drawn(controller, columns, rows, true).join('\n')).toMatch(/^[\n -~]*$/v);
});
