import {expect, test} from 'vitest';
import {nearest} from '../../source/errors/nearest.js';
import {parameters} from '../../source/simulation/parameters/table.js';
import {presetNames} from '../../source/presets/load-preset.js';

const keys = parameters.map(({key}) => key);

test.each([
	['seed-2019', presetNames(), 'seed-2019-kick-under-lock'],
	['SEED', presetNames(), 'seed-2019-kick-under-lock'],
	['queue.si', keys, 'queue.size'],
	['lockPol', keys, 'driver.lockPolicy'],
	['lockpolicy', keys, 'driver.lockPolicy'],
	['queue.zise', keys, 'queue.size'],
	['valid', ['view', 'validate', 'version'], 'validate'],
	['--for', ['--format', '--force'], '--force'],
	['rnu', ['run', 'sweep'], 'run'],
	['swepe', ['run', 'sweep'], 'sweep'],
	['--', ['--format', '--force'], undefined],
	['q', ['queue.size'], undefined],
	['nothing like it', keys, undefined],
] as const)('%s means %j: %s', (name, names, meant) => {
	expect(nearest(name, names)).toBe(meant);
});

test('a name that begins so is meant before one that is nearer by letters', () => {
	expect(nearest('spin', ['span', 'spinlock'])).toBe('spinlock');
});
