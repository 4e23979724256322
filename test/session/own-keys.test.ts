import {expect, test} from 'vitest';
import {registryOf} from '../../source/session/commands.js';
import {keysOf} from '../../source/session/key-table.js';
import {views} from '../../source/views/list.js';

test('a command has the keys that the user gives it', () => {
	const {bindings} = registryOf(views, {'time.pause': ['P', 'space']});
	expect(keysOf('time.pause', 'global', bindings)).toEqual(['P', 'space']);
	expect(registryOf(views, {}).bindings).toEqual(registryOf(views).bindings);
});

test('a key that would mean two things is refused with both, and so is a command that there is not', () => {
	expect(() => registryOf(views, {'time.pause': ['q']})).toThrow('keys: q would mean both time.pause and app.quit');
	expect(() => registryOf(views, {'time.pose': ['P']})).toThrow(
		'there is no command time.pose; did you mean time.pause?',
	);
});
