import {expect, test} from 'vitest';
import {DeskScreen} from '../../source/dashboard/screen.js';
import {type Frame} from '../../source/dashboard/components/screen-view.js';
import {runDesk, sessionOf, smallPreset} from '../session/small-run.js';

function open(hasMouse = true, columns = 120, rows = 36) {
	const desk = runDesk(sessionOf(smallPreset('first', {'driver.lockPolicy': 'kick-under-lock'})));
	const screen = new DeskScreen({
		controller: desk.controller,
		capabilities: {unicode: true, color: 'none'},
		clock: () => 0,
		size: {columns, rows},
		hasMouse,
	});
	const refresh = (): Frame => {
		screen.refresh();
		return screen.frame;
	};

	/**
	Presses the first cell of a text where it stands on the screen; its second cell with `by` 1.
	*/
	const press = (text: string, by = 0): void => {
		// eslint-disable-next-line no-control-regex -- the sequences of bold and reverse
		const rows = refresh().rows.map(row => row.replaceAll(/\u001B\[[\d;]*m/gv, ''));
		const y = rows.findIndex(row => row.includes(text));
		expect(y, `${text} in\n${rows.join('\n')}`).toBeGreaterThanOrEqual(0);
		screen.take({kind: 'mouse', what: 'press', x: rows[y].indexOf(text) + by, y});
		refresh();
	};

	const wheel = (what: 'wheelUp' | 'wheelDown'): void => {
		screen.take({kind: 'mouse', what, x: 5, y: 8});
		refresh();
	};

	return {...desk, press, wheel};
}

test('a press on a tab goes to its view, on a hint of the key row does what it says', () => {
	const {controller, session, press} = open();
	press('2 ring');
	expect(controller.state.view).toBe('ring');
	press('1 overview');
	expect(controller.state.view).toBe('overview');
	press('space pause');
	expect(session.paused).toBe(true);
	press('? keys');
	expect(controller.state.overlay?.kind).toBe('help');
});

test('a press on a parameter selects it, its arrows set it, a second press types its value', () => {
	const {controller, session, press} = open();
	press('queue size');
	expect(controller.state.selected).toBe('queue.size');
	press('64►', 2);
	expect(session.valueOf('queue.size')).toBe(128);
	press('◄128');
	expect(session.valueOf('queue.size')).toBe(64);
	press('queue size');
	expect(controller.state.overlay).toMatchObject({kind: 'editor', key: 'queue.size'});
	// What lies under the editor is not there.
	press('new value');
	expect(controller.state.overlay).toMatchObject({kind: 'editor'});
});

test('a press on a panel gives it the focus, and the wheel goes through the list', () => {
	const {controller, press, wheel} = open();
	press('Contention');
	expect(controller.state.panel).toBe('lock.contentionShare');
	const before = controller.state.selected;
	wheel('wheelDown');
	expect(controller.state.selected).not.toBe(before);
	wheel('wheelUp');
	expect(controller.state.selected).toBe(before);
});

test('lists: a press selects, a second one chooses', () => {
	const {controller, session, press} = open();
	controller.press('p');
	press('Title of third');
	expect(controller.state.overlay).toMatchObject({kind: 'picker', index: 2});
	press('Title of third');
	expect(session.run.preset.name).toBe('third');
	controller.press(':');
	for (const letter of 'theme') {
		controller.press(letter);
	}

	press('next theme');
	expect(controller.state).toMatchObject({theme: 'night', overlay: undefined});
});

test('the wheel scrolls the help', () => {
	const {controller, press, wheel} = open(true, 80, 24);
	press('? all keys');
	wheel('wheelDown');
	expect(controller.state.overlay).toMatchObject({kind: 'help', scroll: 3});
});

test('where nothing is, and with the mouse off, nothing happens', () => {
	const on = open();
	on.press('vqlab');
	on.wheel('wheelUp');
	expect(on.controller.state.notice).toBeUndefined();
	const off = open(false);
	off.press('2 ring');
	expect(off.controller.state.view).toBe('overview');
});

test.each([
	[60, 18],
	[80, 24],
	[200, 60],
])('at %ix%i the rows that are drawn are those that are pressed', (columns, rows) => {
	const {controller, press} = open(true, columns, rows);
	press('queue size');
	expect(controller.state.selected).toBe('queue.size');
	// The smallest screen has room for the keys of the views only.
	press(columns < 80 ? ' 3 ' : '3 timeline', 1);
	expect(controller.state.view).toBe('timeline');
});
