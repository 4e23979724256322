import {expect, test} from 'vitest';
import {type ResolvedParameters} from '../../../source/simulation/parameters/table.js';
import {withChange} from '../../../source/simulation/parameters/change.js';
import {type ClientSpec} from '../../../source/parameters/configuration.js';
import {type Configuration} from '../../../source/simulation/configuration.js';
import {parametersHash} from '../../../source/simulation/parameters/parameters-hash.js';
import {type GivenParameters, resolveParameters} from '../../../source/simulation/parameters/resolve.js';

const client: ClientSpec = {
	name: 'game',
	threads: 1,
	vcpu: 'any',
	kind: 'closed',
	queue: 'control',
	loop: [
		{
			commands: ['RESOURCE_CREATE_2D'],
			notify: 'end',
			fenced: false,
			objects: 0,
		},
	],
	wait: 'none',
};

function configurationOf(given: GivenParameters, clients: readonly ClientSpec[] = []): Configuration {
	return {
		parameters: resolveParameters(given),
		clients,
		faults: [],
		given,
	};
}

test.each([
	[{'driver.lockPolicy': 'kick-under-lock'}, 'next-use'],
	[{'host.load': 3}, 'next-use'],
	[{'guest.cost.prepare': '9us'}, 'next-use'],
	[{'queue.size': 128}, 'reset'],
	[{'device.kind': 'virgl', 'host.load': 1}, 'reset'],
	[{'guest.vcpus': 4}, 'restart'],
	[{'host.ioeventfd': true, seed: 2}, 'restart'],
	[{'guest.vcpus': 2}, 'next-use'],
])('%j takes effect: %s', (set, effect) => {
	expect(withChange(configurationOf({}), set).effect).toBe(effect);
});

test('automatic values follow when the change is strong enough for them', () => {
	const virgl = withChange(configurationOf({}), {'device.kind': 'virgl'}).configuration.parameters;
	expect(virgl).toMatchObject({'queue.size': 256, 'device.fence': 'poll'});
	expect(withChange(configurationOf({}), {'host.load': 4}).configuration.parameters['host.cpus']).toBe(3);
	expect(withChange(configurationOf({}), {'guest.vcpus': 4}).configuration.parameters['host.cpus']).toBe(5);
	const costs = withChange(configurationOf({}), {'guest.cost.response': '9us'}).configuration.parameters;
	expect(costs['guest.cost.response.GET_EDID']).toEqual({kind: 'const', value: 9000});
});

test('what was set by name stays', () => {
	const changed = withChange(configurationOf({'queue.size': 64}), {'device.kind': 'virgl'}).configuration;
	expect(changed.parameters['queue.size']).toBe(64);
	expect(withChange(changed, {'queue.size': 'auto'}).configuration.parameters['queue.size']).toBe(256);
});

test('a change that contradicts is refused', () => {
	expect(() => withChange(configurationOf({}), {'queue.size': 100})).toThrow('no power of two');
	expect(() => withChange(configurationOf({}, [{...client, vcpu: 1}]), {'guest.vcpus': 1})).toThrow(
		'clients[0].vcpu: there is no vCPU 1',
	);
});

test('the hash is of parameters, clients and faults, in any order, without the run', () => {
	const hash = parametersHash(configurationOf({}));
	expect(hash).toMatch(/^[\da-f]{16}$/v);
	expect(parametersHash(configurationOf({seed: 7, duration: '1s'}))).toBe(hash);
	expect(
		parametersHash({
			...configurationOf({}),
			parameters: Object.fromEntries(Object.entries(resolveParameters()).toReversed()) as ResolvedParameters,
		}),
	).toBe(hash);
	expect(parametersHash(configurationOf({'host.load': 1}))).not.toBe(hash);
	expect(parametersHash(configurationOf({}, [client]))).not.toBe(hash);
	expect(parametersHash({...configurationOf({}), faults: [{at: 0, kind: 'lost-kick'}]})).not.toBe(hash);
});
