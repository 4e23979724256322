import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {parseSettingsFile, readSettings, settingsFile} from '../../source/dashboard/settings.js';

const folders: string[] = [];

/** An environment whose settings file says this. */
function withFile(text: string): {readonly XDG_CONFIG_HOME: string} {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-settings-'));
	folders.push(folder);
	mkdirSync(path.join(folder, 'vqlab'));
	writeFileSync(path.join(folder, 'vqlab', 'config.json'), text);
	return {XDG_CONFIG_HOME: folder};
}

afterEach(() => {
	for (const folder of folders.splice(0)) {
		rmSync(folder, {recursive: true});
	}
});

test('the environment is over the file', () => {
	const environment = withFile('{"theme": "night", "fps": 20, "speed": "1:100"}');
	expect(readSettings(environment)).toEqual({theme: 'night', fps: 20, speed: '1:100'});
	expect(readSettings({...environment, VQLAB_THEME: 'paper', VQLAB_ASCII: '1'})).toEqual({
		theme: 'paper',
		fps: 20,
		speed: '1:100',
		ascii: true,
	});
});

test('the mouse is left to the terminal by a switch or a word', () => {
	expect(parseSettingsFile('{"mouse": false}', 'f')).toEqual({mouse: false});
	expect(parseSettingsFile('{"mouse": "off"}', 'f')).toEqual({mouse: false});
	expect(parseSettingsFile('{"mouse": "on"}', 'f')).toEqual({mouse: true});
	expect(() => parseSettingsFile('{"mouse": "maybe"}', 'f')).toThrow(/^f: mouse: /v);
	expect(readSettings({VQLAB_MOUSE: '0'})).toEqual({mouse: false});
	expect(() => readSettings({VQLAB_MOUSE: 'no'})).toThrow('VQLAB_MOUSE: "no": write 1 or 0');
});

test('without a file there is nothing, and its place is that of the base directories', () => {
	expect(readSettings({HOME: '/nowhere'})).toEqual({});
	expect(settingsFile({HOME: '/home/a'})).toBe('/home/a/.config/vqlab/config.json');
	expect(settingsFile({HOME: '/home/a', XDG_CONFIG_HOME: 'not/absolute'})).toBe('/home/a/.config/vqlab/config.json');
	expect(settingsFile({HOME: '/home/a', XDG_CONFIG_HOME: '/c'})).toBe('/c/vqlab/config.json');
	expect(settingsFile({})).toBeUndefined();
});

test.each([
	['{', 'c.json: not JSON'],
	['{"themes": "night"}', 'c.json: unknown key "themes"; did you mean theme?'],
	['{"fps": 0}', 'c.json: fps: Too small: expected number to be >=1'],
	['{"theme": "blue"}', 'c.json: theme: Invalid option: expected one of "native"|"night"|"paper"'],
])('a broken file is one line: %s', (text, message) => {
	expect(() => parseSettingsFile(text, 'c.json')).toThrow(message);
});

test('a wrong variable is one line', () => {
	expect(() => readSettings({VQLAB_THEME: 'blue'})).toThrow('VQLAB_THEME: "blue" is no theme');
	expect(() => readSettings({VQLAB_FPS: '0'})).toThrow('VQLAB_FPS: "0" is no frame rate');
	expect(() => readSettings({VQLAB_ASCII: 'yes'})).toThrow('VQLAB_ASCII: "yes": write 1 or 0');
});
