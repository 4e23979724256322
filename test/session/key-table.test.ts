import {expect, test} from 'vitest';
import {commands as dashboardCommands} from '../../source/session/commands.js';
import {
	commandFor, keysOf, keyTable, type Scope,
} from '../../source/session/key-table.js';
import {recordingCommands} from '../../source/session/recording/recording-commands.js';

/** Scopes in which keys are looked up together. */
const together: ReadonlyArray<readonly Scope[]> = [
	['always', 'global', 'overview'],
	['always', 'modal:filter'],
	['always', 'modal:editor'],
	['always', 'modal:picker'],
	['always', 'modal:pickerFilter'],
	['always', 'modal:palette'],
	['always', 'modal:save'],
	['always', 'modal:export'],
	['always', 'modal:help'],
	['always', 'recording'],
	['always', 'modal:recordingHelp'],
];

test.each(together.map(scopes => ({scopes})))('no key has two meanings in $scopes', ({scopes}) => {
	const keys = keyTable.filter(binding => scopes.includes(binding.scope)).flatMap(binding => binding.keys);
	expect(keys.length).toBeGreaterThan(3);
	expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every scope of the table is tested above', () => {
	expect(new Set(keyTable.map(binding => binding.scope))).toEqual(new Set(together.flat()));
});

test('no key is one that terminals merge with another or keep for themselves', () => {
	const keys = keyTable.flatMap(binding => binding.keys);
	expect(keys.filter(key => ['C-i', 'C-m', 'C-h', 'C-j', 'C-[', 'C-s', 'C-q'].includes(key))).toEqual([]);
});

test('every binding has its command and every command its key', () => {
	const ofRecordings = new Set<Scope>(['recording', 'modal:recordingHelp']);
	for (const [commands, scopes] of [
		[dashboardCommands, (scope: Scope) => !ofRecordings.has(scope)],
		[recordingCommands, (scope: Scope) => scope === 'always' || ofRecordings.has(scope)],
	] as const) {
		const ids = commands.map(command => command.id);
		const bound = keyTable.filter(binding => scopes(binding.scope)).map(binding => binding.command);
		expect(new Set(ids).size).toBe(ids.length);
		expect(bound.filter(id => !ids.includes(id))).toEqual([]);
		expect(ids.filter(id => !bound.includes(id))).toEqual([]);
	}
});

test('in the scopes for typing no character is bound', () => {
	const typing = new Set<Scope>(['modal:filter', 'modal:editor', 'modal:pickerFilter', 'modal:palette', 'modal:save', 'modal:export']);
	const characters = keyTable.filter(binding => typing.has(binding.scope)).flatMap(binding => binding.keys).filter(key => key.length === 1 || key === 'space' || key === 'backspace');
	expect(characters).toEqual([]);
});

test('a key is looked up in the order of the scopes', () => {
	expect(commandFor('q', ['always', 'overview', 'global'])).toBe('app.quit');
	expect(commandFor('q', ['always', 'modal:editor'])).toBeUndefined();
	expect(commandFor('C-c', ['always', 'modal:editor'])).toBe('app.quit');
	expect(keysOf('edit.redo')).toEqual(['Ctrl-R']);
});
