import {expect, test} from 'vitest';
import {Cost} from '../../source/engine/cost.js';
import {Distribution} from '../../source/engine/distribution.js';
import {type Choice, type Parameter} from '../../source/parameters/parameter.js';
import {costsOf, settingsOf, updateCosts, updateSettings} from '../../source/parameters/settings.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';

const words = {
	label: '',
	group: 'host',
	provenance: {kind: 'assumed', source: ''},
	words: '',
	unit: '',
} as const;

const explained: Omit<Choice, 'value'> = {
	words: '',
	functions: '',
	versions: '',
	moves: '',
	noHelp: '',
	source: '',
};

const time = {
	...words,
	type: 'distribution',
	min: 0,
	max: 1e9,
	effect: 'next-use',
	default: {kind: 'const', value: 1},
} as const;

const rows = [
	{
		...words,
		key: 'live',
		sets: 'live',
		type: 'integer',
		min: 0,
		max: 9,
		default: 1,
		effect: 'next-use',
	},
	{
		...words,
		key: 'first',
		sets: 'list',
		element: 0,
		type: 'integer',
		min: 0,
		max: 9,
		default: 1,
		effect: 'next-use',
	},
	{
		...words,
		key: 'second',
		sets: 'list',
		element: 1,
		type: 'integer',
		min: 0,
		max: 9,
		default: 1,
		effect: 'reset',
	},
	{
		...words,
		key: 'kind',
		type: 'choice',
		choices: [
			{...explained, value: 'wide', sets: {width: 4, isWide: true}},
			{...explained, value: 'narrow', sets: {width: 1, isWide: false}},
		],
		default: 'wide',
		effect: 'reset',
	},
	{
		...words,
		key: 'built',
		sets: 'built',
		type: 'boolean',
		default: false,
		effect: 'restart',
	},
	{
		...words,
		key: 'unset',
		type: 'boolean',
		default: false,
		effect: 'restart',
	},
	{...time, key: 'cost', sets: 'cost'},
	{
		...time,
		key: 'ofCommand',
		sets: 'ofCommand',
		byCommand: true,
	},
	{
		...time,
		key: 'each',
		sets: 'each',
		elements: 3,
	},
	{
		...time,
		key: 'each.B',
		sets: 'each',
		element: 1,
	},
] as const satisfies readonly Parameter[];

const constant = (value: number) => ({kind: 'const', value}) as const;

const values = {
	live: 1,
	first: 2,
	second: 3,
	kind: 'wide',
	built: false,
	unset: false,
	cost: constant(1),
	ofCommand: constant(2),
	each: constant(3),
	'each.B': constant(4),
} as const;

const others = {
	live: 5,
	first: 6,
	second: 7,
	kind: 'narrow',
	built: true,
	unset: true,
	cost: constant(10),
	ofCommand: constant(20),
	each: constant(30),
	'each.B': constant(40),
} as const;

test('settings have a field for each row that sets one, and what the choices set', () => {
	expect(settingsOf(rows, values)).toEqual({
		live: 1,
		list: [2, 3],
		width: 4,
		isWide: true,
		built: false,
	});
});

test('an update takes over what has its effect, and nothing that needs more', () => {
	const settings = settingsOf(rows, values);
	const {list} = settings;
	updateSettings(settings, rows, others, 'next-use');
	expect(settings).toEqual({
		live: 5,
		list: [6, 3],
		width: 4,
		isWide: true,
		built: false,
	});
	updateSettings(settings, rows, others, 'reset');
	expect(settings).toEqual({
		live: 5,
		list: [6, 7],
		width: 1,
		isWide: false,
		built: false,
	});
	expect(settings.list).toBe(list);
});

test('costs draw from a stream of their own, or at the rank of a command, and keep their identity', () => {
	const costs = costsOf(rows, values, 1);
	const {cost, ofCommand, each} = costs;
	expect(cost).toBeInstanceOf(Cost);
	expect(ofCommand).toBeInstanceOf(Distribution);
	expect(each.map(distribution => distribution.sample(0.5))).toEqual([3, 4, 3]);
	updateCosts(costs, rows, others);
	expect([cost.draw(), ofCommand.sample(0.5), ...each.map(distribution => distribution.sample(0.5))]).toEqual([
		10, 20, 30, 40, 30,
	]);
	expect(Object.keys(costs)).toEqual(['cost', 'ofCommand', 'each']);
});

test('a key that is in no row does not compile', () => {
	const resolved = resolveParameters();
	expect(resolved['host.load']).toBe(0);
	// @ts-expect-error -- the key is misspelt
	expect(resolved['host.laod']).toBeUndefined();
	// @ts-expect-error -- no row sets the field
	expect(settingsOf(rows, values).unset).toBeUndefined();
});
