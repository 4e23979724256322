import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Controller} from '../../source/session/controller.js';
import {runDesk, sessionOf, smallPreset} from './small-run.js';

function open() {
	return runDesk(sessionOf(smallPreset('first', {'driver.lockPolicy': 'kick-under-lock'})));
}

/** Presses keys by name, or types text after a `'`. */
function press(controller: Controller, ...keys: string[]): void {
	for (const key of keys) {
		if (key.startsWith("'")) {
			for (const character of key.slice(1)) {
				controller.press(character === ' ' ? 'space' : character);
			}
		} else {
			controller.press(key);
		}
	}
}

test('arrows select and change', () => {
	const {controller, session} = open();
	press(controller, 'right');
	expect(session.valueOf('driver.lockPolicy')).not.toBe('kick-under-lock');
	press(controller, 'left', 'down', 'j', 'k');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
	expect(controller.state.selected).toBe('queue.size');
	press(controller, 'l', 'u');
	expect(session.valueOf('queue.size')).toBe(64);
	press(controller, 'C-r', 'd');
	expect(session.valueOf('queue.size')).toBe(64);
	press(controller, 'G', 'down', 'g', 'up');
	expect(controller.state.selected).toBe('driver.lockPolicy');
});

test('a value is typed, a wrong one is explained under the field', () => {
	const {controller, session} = open();
	press(controller, 'down', 'e', "'300", 'enter');
	expect(controller.state.overlay).toMatchObject({kind: 'editor', text: '300'});
	expect(controller.state.overlay).toHaveProperty('error', expect.stringMatching(/power of two/v));
	press(controller, 'backspace', 'backspace', 'backspace', "'256", 'enter');
	expect(controller.state.overlay).toBeUndefined();
	expect(session.valueOf('queue.size')).toBe(256);
	press(controller, 'enter', "'q", 'C-u', 'up', 'up', 'enter');
	expect(session.valueOf('queue.size')).toBe(1024);
	press(controller, 'enter', "'7", 'esc');
	expect(session.valueOf('queue.size')).toBe(1024);
});

test('Tab completes a choice', () => {
	const {controller, session} = open();
	press(controller, 'e', "'kick-a", 'tab', 'enter');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
});

test('the filter narrows the list, Enter keeps it and Esc leaves it', () => {
	const {controller, session} = open();
	press(controller, '/', "'host.cost.loop", 'enter');
	expect(controller.state.filter).toEqual({text: 'host.cost.loop', editing: false});
	press(controller, 'right');
	expect(controller.state.selected).toBe('host.cost.loopWake');
	expect(session.run.timeline.changes).toHaveLength(1);
	press(controller, 'esc');
	expect(controller.state.filter).toBeUndefined();
});

test('the picker loads a preset and holds the simulation meanwhile', () => {
	const {controller, session} = open();
	press(controller, 'p');
	expect(controller.held).toBe(true);
	press(controller, 'down', 'enter');
	expect(session.run.preset.name).toBe('second');
	expect(controller.held).toBe(false);
	press(controller, 'p', '/', "'thi", 'enter');
	expect(session.run.preset.name).toBe('third');
	press(controller, 'u', 'u');
	expect(session.run.preset.name).toBe('first');
});

test('the palette runs commands and sets parameters', () => {
	const {controller, session} = open();
	press(controller, ':', "'pause", 'enter');
	expect(session.paused).toBe(true);
	press(controller, ':', "'queue.size 512", 'enter');
	expect(session.valueOf('queue.size')).toBe(512);
	press(controller, ':', "'queue.siz 3", 'enter');
	expect(controller.state.overlay).toHaveProperty('error', expect.stringMatching(/power of two/v));
	press(controller, 'C-u', "'zzz", 'enter');
	expect(controller.state.overlay).toHaveProperty('error', expect.stringMatching(/nothing is called/v));
});

test('saving asks for a name and says what is wrong with it', () => {
	const {controller, shelf} = open();
	press(controller, 's', 'C-u', "'mine", 'enter');
	expect(controller.state.overlay).toHaveProperty('error', 'mine: a preset file ends in .json');
	press(controller, "'.json", 'enter');
	expect(shelf.saved).toEqual(['mine.json']);
	expect(controller.state.notice).toEqual({text: 'saved mine.json', bad: false});
});

test('q is a letter where text is typed, and Ctrl-C leaves from everywhere', () => {
	const {controller, log} = open();
	press(controller, 'e', 'q');
	expect(log).toEqual([]);
	press(controller, 'C-c', 'esc', 'q', 'C-z', 'C-l');
	expect(log).toEqual(['quit', 'quit', 'suspend', 'redraw']);
});

test('a refused change is a notice until the next key', () => {
	const {controller} = open();
	press(controller, '/', "'queue.layout", 'enter', 'e', "'round", 'enter', 'esc', 'esc', 'esc', 'u');
	expect(controller.state.notice).toEqual({text: 'nothing to undo', bad: false});
	press(controller, 'down');
	expect(controller.state.notice).toBeUndefined();
});

test('no sequence of keys fails', () => {
	const bound = [...new Set(open().controller.registry.bindings.flatMap(binding => binding.keys))].filter(
		key => key !== '*',
	);
	const key = fc.constantFrom(...bound, 'backspace', '1', 'x', 'é', '\u0000');
	fc.assert(
		fc.property(fc.array(key, {maxLength: 60}), keys => {
			const {controller} = open();
			press(controller, ...keys);
			expect(controller.scopes[0]).toBe('always');
		}),
		{numRuns: 100},
	);
});

test('a paste goes into the field that is open, and nowhere else', () => {
	const {controller, session, log} = open();
	controller.paste('q');
	expect(log).toEqual([]);
	expect(controller.state.notice).toEqual({text: 'a paste goes into a field, and none is open', bad: true});
	press(controller, '/');
	controller.paste('spin');
	expect(controller.state.filter).toEqual({text: 'spin', editing: true});
	press(controller, 'esc', 'down', 'e');
	controller.paste('128\n');
	expect(controller.state.overlay).toMatchObject({kind: 'editor', text: '128'});
	press(controller, 'enter');
	for (const [keys, kind, field] of [
		[['s', 'C-u'], 'save', 'text'],
		[['w', 'C-u'], 'export', 'text'],
		[[':'], 'palette', 'text'],
		[['p', '/'], 'picker', 'filter'],
	] as const) {
		press(controller, ...keys);
		controller.paste('né');
		expect(controller.state.overlay).toMatchObject({kind, [field]: 'n'});
		press(controller, 'esc', 'esc');
	}

	press(controller, '?');
	controller.paste('x');
	expect(controller.state.overlay).toEqual({kind: 'help', scroll: 0});
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-under-lock');
});

test('the palette finds parameters by a part of their name and a value, and explains metrics', () => {
	const {controller, session} = open();
	press(controller, ':', "'size 128", 'enter');
	expect(session.valueOf('queue.cursorSize')).toBe(16);
	expect(session.valueOf('queue.size')).toBe(128);
	press(controller, ':', "'after-unlock", 'enter');
	expect(session.valueOf('driver.lockPolicy')).toBe('kick-after-unlock');
	press(controller, ':', "'lock.spin.worker", 'enter');
	expect(controller.state.overlay).toMatchObject({kind: 'explain', word: 'lock.spin.worker'});
	press(controller, 'esc', ':', "'load preset sec", 'enter');
	expect(session.run.preset.name).toBe('second');
});

test('a key that does nothing says so', () => {
	const {controller} = open();
	press(controller, 'é');
	expect(controller.state.notice).toEqual({text: 'é does nothing here: ? shows the keys', bad: false, brief: true});
	press(controller, 'a');
	expect(controller.state.notice?.text).toBe('there is no advice yet: a verdict stands first');
});

test('a group is unfolded and folded, and what is selected is explained', () => {
	const {controller} = open();
	press(controller, 'x');
	expect(controller.state.overlay).toMatchObject({kind: 'explain', word: 'driver.lockPolicy'});
	press(controller, 'esc', ...Array.from({length: 6}, () => 'down'));
	expect(controller.state.selected).toBe('+ queue');
	press(controller, 'enter', 'down');
	expect(controller.state.selected).toBe('queue.cursorSize');
	press(controller, 'up', 'left', 'down');
	expect(controller.state.selected).toBe('+ driver');
});

test('a panel has the whole body, and Esc gives it back before it forgets anything', () => {
	const {controller} = open();
	press(controller, 'tab', 'M');
	expect(controller.state).toMatchObject({panel: 'throughput.completed', isZoomed: true});
	press(controller, 'esc', 'S-tab');
	expect(controller.state).toMatchObject({panel: 'parameters', isZoomed: false});
});
