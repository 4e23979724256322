import {expect, test} from 'vitest';
import {registryOf} from '../../source/session/commands.js';
import {commandsFor, keysOf, type Scope} from '../../source/session/key-table.js';
import {views} from '../../source/views/list.js';

const {bindings: keyTable, commands} = registryOf(views);

/**
Scopes in which keys are looked up together. Those of a view come first, and may mean
what is meant elsewhere by others.
*/
const together: ReadonlyArray<readonly Scope[]> = [
	['always', 'global'],
	['always', 'history'],
	...views.map((view): readonly Scope[] => ['always', `view:${view.id}`]),
	['always', 'modal:filter'],
	['always', 'modal:editor'],
	['always', 'modal:picker'],
	['always', 'modal:pickerFilter'],
	['always', 'modal:palette'],
	['always', 'modal:save'],
	['always', 'modal:export'],
	['always', 'modal:help'],
	['always', 'modal:explain'],
	['always', 'modal:message'],
	['always', 'modal:screen'],
	['always', 'modal:lessons'],
	// What a lesson takes comes before what the keys mean elsewhere.
	['always', 'lesson'],
];

test.each(together.map(scopes => ({scopes})))('no key has two meanings in $scopes', ({scopes}) => {
	const keys = keyTable.filter(binding => scopes.includes(binding.scope)).flatMap(binding => binding.keys);
	expect(keys.length).toBeGreaterThanOrEqual(3);
	expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every scope of the table is tested above', () => {
	expect(keyTable.map(binding => binding.scope).filter(scope => !together.flat().includes(scope))).toEqual([]);
});

test('what a view of a run binds is not bound everywhere as well', () => {
	for (const {id, keys = []} of views) {
		const own = new Set(keys.flatMap(([names]) => names.split(' ')));
		expect(
			keyTable.filter(binding => binding.scope === 'global' && binding.keys.some(key => own.has(key))),
			id,
		).toEqual([]);
	}
});

test('no key is one that terminals merge with another or keep for themselves', () => {
	const keys = keyTable.flatMap(binding => binding.keys);
	expect(keys.filter(key => ['C-i', 'C-m', 'C-h', 'C-j', 'C-[', 'C-s', 'C-q'].includes(key))).toEqual([]);
});

test('every binding has its command and every command its key', () => {
	const ids = commands.map(command => command.id);
	const bound = keyTable.map(binding => binding.command);
	expect(new Set(ids).size).toBe(ids.length);
	expect(bound.filter(id => !ids.includes(id))).toEqual([]);
	expect(ids.filter(id => !bound.includes(id))).toEqual([]);
});

test('in the scopes for typing no character is bound', () => {
	const typing = new Set<Scope>([
		'modal:filter',
		'modal:editor',
		'modal:pickerFilter',
		'modal:palette',
		'modal:save',
		'modal:screen',
		'modal:export',
	]);
	const characters = keyTable
		.filter(binding => typing.has(binding.scope))
		.flatMap(binding => binding.keys)
		.filter(key => key.length === 1 || key === 'space' || key === 'backspace');
	expect(characters).toEqual([]);
});

test('a key is looked up in the order of the scopes', () => {
	expect(commandsFor('q', ['always', 'view:overview', 'global'])).toEqual(['app.quit']);
	expect(commandsFor('q', ['always', 'modal:editor'])).toEqual([]);
	expect(commandsFor('C-c', ['always', 'modal:editor'])).toEqual(['app.quit']);
	expect(commandsFor('h', ['view:overview', 'history', 'global'], keyTable)).toEqual([
		'params.decrease',
		'history.left',
	]);
	expect(keysOf('edit.redo')).toEqual(['Ctrl-R']);
});
