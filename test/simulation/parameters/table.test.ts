import {expect, test} from 'vitest';
import {checkValue, formatValue, parseValue, rangeText} from '../../../source/parameters/value.js';
import {isKnownKey, parameter, parameters} from '../../../source/simulation/parameters/table.js';

test('keys and labels are unique', () => {
	expect(new Set(parameters.map(entry => entry.key)).size).toBe(parameters.length);
	expect(new Set(parameters.map(entry => entry.label)).size).toBe(parameters.length);
});

test.each(parameters.map(entry => [entry.key, entry] as const))(
	'%s has a unit, a range, a provenance and two sentences',
	(key, entry) => {
		expect(entry.unit).not.toBe('');
		expect(rangeText(entry)).not.toBe('');
		expect(entry.provenance.source.length).toBeGreaterThan(5);
		expect(entry.words.match(/\.(?=\s|$)/gv)).toHaveLength(2);
		expect(entry.words).not.toMatch(/µ/v);
		expect(key.startsWith(`${entry.group}.`) || entry.group === 'run').toBe(true);
	},
);

test.each(parameters.map(entry => [entry.key, entry] as const))(
	'the default of %s passes its own check and survives text',
	(_, entry) => {
		expect(checkValue(entry, entry.default)).toEqual(entry.default);
		expect(parseValue(entry, formatValue(entry, entry.default))).toEqual(entry.default);
	},
);

test('an automatic word has an explanation, and a family entry a base', () => {
	for (const entry of parameters) {
		if (entry.default === 'auto' || entry.default === 'inherit') {
			expect(entry.automatic?.word).toBe(entry.default);
		}

		if (entry.family !== undefined) {
			expect(isKnownKey(entry.family)).toBe(true);
		}
	}
});

test('a cursor command has no response to cost anything', () => {
	expect(isKnownKey('guest.cost.prepare.MOVE_CURSOR')).toBe(true);
	expect(isKnownKey('guest.cost.response.MOVE_CURSOR')).toBe(false);
	expect(isKnownKey('guest.cost.response.RESOURCE_UNREF')).toBe(true);
});

test.each([
	['driver.lockpolicy', 'driver.lockPolicy'],
	['lockPolicy', 'driver.lockPolicy'],
	['queue.sise', 'queue.size'],
	['host.cost.looppWake', 'host.cost.loopWake'],
])('%s is told that %s is near', (wrong, right) => {
	expect(() => parameter(wrong)).toThrow(`did you mean ${right}?`);
});

test('nothing is near to noise', () => {
	expect(() => parameter('zzzzzzzzzzzzzzzz')).toThrow('vqlab explain lists them');
});
