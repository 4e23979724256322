import {setFlagsFromString} from 'node:v8';
import {expect, test} from 'vitest';
import {numbered} from '../../source/cpu/steps.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf} from '../helpers/model-configuration.js';

// What the compiler knows of values; only code that is parsed from here on may ask.
setFlagsFromString('--allow-natives-syntax');
const native = (body: string) =>
	// eslint-disable-next-line no-new-func -- it is no JavaScript yet
	new Function('left', 'right', `return ${body}`) as (left: unknown, right?: unknown) => boolean;
const areAlike = native('%HaveSameMap(left, right)');
const isSmall = native('%IsSmi(left)');

test('simulations of one configuration have the hidden classes of their settings and costs in common', () => {
	const [first, second] = [1, 2].map(() => {
		const simulation = new Simulation(configurationOf({}, [client({})]), 1);
		return Reflect.get(simulation, 'machine') as Readonly<Record<string, unknown>>;
	});
	for (const name of ['driver', 'guestCosts', 'hostCosts', 'hostSettings'] as const) {
		expect(areAlike(first[name], second[name]), name).toBe(true);
	}
});

test('a fraction under the name of a step makes no fraction of it', () => {
	const steps = numbered(['first', 'second']);
	const shares = Object.fromEntries([['first', 0.5]]);
	expect(shares.first).toBe(0.5);
	expect(isSmall(steps.first)).toBe(true);
});
