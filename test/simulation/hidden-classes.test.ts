import {setFlagsFromString} from 'node:v8';
import {expect, test} from 'vitest';
import {Recorder} from '../../source/metrics/recorder.js';
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

/**
Where two graphs of one form hold objects of a class with different shapes. Asks before it looks
into an object: what is looked into takes the newest shape of its class.
*/
function* unlike(left: object, right: object, place: string, seen = new Set<object>()): Generator<string> {
	if (seen.has(left) || ArrayBuffer.isView(left) || left instanceof Map || left instanceof Set) {
		return;
	}

	seen.add(left);
	if (!Array.isArray(left) && !areAlike(left, right) && left.constructor !== Object) {
		yield `${place}: ${left.constructor.name}`;
	}

	for (const key of Object.keys(left)) {
		const [one, other] = [Reflect.get(left, key) as unknown, Reflect.get(right, key) as unknown];
		if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
			yield* unlike(one, other, `${place}.${key}`, seen);
		}
	}
}

test.each([{}, {'host.cpus': 1, 'host.load': 1}, {'host.accel': 'tcg', 'driver.spinlock': 'qspinlock'}])(
	'no class changes its shape late: not as the warm-up ends, nor as a time leaves the range of small integers (%j)',
	given => {
		const [early, late] = [1, 2].map(() => {
			const clients = [client({think: {kind: 'exp', mean: 2_000_000}})];
			const simulation = new Simulation(configurationOf(given, clients), 1);
			const recorder = new Recorder(simulation, 10_000_000);
			simulation.observe(recorder);
			simulation.runUntil(100_000_000);
			return {simulation, recorder};
		});
		late.recorder.restart();
		late.simulation.runUntil(2 ** 31 + 100_000_000);
		expect([...unlike(early, late, '')]).toEqual([]);
	},
);
