import {expect, test} from 'vitest';
import {clientSettingNames} from '../../../source/guest/client-parameters.js';
import {withChange} from '../../../source/simulation/parameters/change.js';
import {type Configuration} from '../../../source/simulation/configuration.js';
import {parametersHash} from '../../../source/simulation/parameters/parameters-hash.js';
import {parseSets, parseSettings} from '../../../source/simulation/parameters/parse-set.js';
import {valueOf} from '../../../source/simulation/parameters/resolve-clients.js';
import {parameter} from '../../../source/simulation/parameters/table.js';
import {formatValue} from '../../../source/parameters/value.js';
import {client, configurationOf, constant, cursorClient, loopStep, us} from '../../helpers/model-configuration.js';

const clients = [
	client({loop: [loopStep(), loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})]}),
	client({
		name: 'video player',
		kind: 'paced',
		hz: 60,
		think: constant(9 * us),
		loop: [loopStep({think: constant(us)}), loopStep({wait: 'response', timeout: 100})],
	}),
	client({name: 'net', kind: 'open', rate: 100}),
	cursorClient(),
];
const base = configurationOf({}, clients);

function changed(...texts: readonly string[]): Configuration {
	return withChange(base, parseSets(texts)).configuration;
}

test('a key of a client sets it in all its steps, and only there', () => {
	const {
		clients: [app, ...others],
	} = changed(
		'clients.app.service=exp(3us)',
		'clients.app.gpuTime=1ms',
		'clients.app.prepare=2us',
		'clients.app.notify=each',
	);
	expect(
		app.loop.map(({service, gpuTime, prepare, notify}) => ({
			service,
			gpuTime,
			prepare,
			notify,
		})),
	).toEqual(
		Array.from({length: 2}, () => ({
			service: {kind: 'exp', mean: 3000},
			gpuTime: constant(1_000_000),
			prepare: constant(2 * us),
			notify: 'each',
		})),
	);
	expect(others).toEqual(clients.slice(1));
});

test('pauses and waits are set where the client has some, else after its round', () => {
	const [app, video] = changed(
		'clients.app.think=5us',
		'clients.video player.think=6us',
		'clients.video player.wait=none',
	).clients;
	expect(app).toEqual({...clients[0], think: constant(5 * us)});
	expect(video.think).toEqual(constant(6 * us));
	expect(video.loop).toEqual([loopStep({think: constant(6 * us)}), loopStep({wait: 'none'})]);
});

test('fenced gives a fence to one buffer object, and leaves other numbers', () => {
	const three = configurationOf({}, [client({loop: [loopStep({objects: 3}), loopStep()]})]);
	const {
		clients: [app],
	} = withChange(three, {'clients.app.fenced': true}).configuration;
	expect(app.loop.map(({fenced, objects}) => [fenced, objects])).toEqual([
		[true, 3],
		[true, 1],
	]);
});

test.each([
	['clients.ap.think=1us', 'no client is called "ap"; did you mean clients.app.think?'],
	['clients.nobody.think=1us', 'there are app, video player, net, pointer'],
	['clients.app.hz=30', 'clients.app.hz: a closed client has none: only kind paced looks at it'],
	['clients.video player.rate=30', 'a paced client has none: only kind open looks at it'],
	['clients.pointer.fenced=true', 'clients.pointer.fenced: cursor commands have no fence'],
	['clients.pointer.wait=response', 'cursor commands have no fence, no batch and no response'],
	['clients.app.srvice=1us', 'unknown parameter "clients.app.srvice"; did you mean clients.app.service?'],
	['client.app.service=1us', 'did you mean clients.app.service?'],
	['clients.app=1us', 'did you mean clients.app.rate|hz|think'],
	['clients.net.rate=0', 'clients.net.rate: 0 is out of range'],
	['clients.app.wait=later', 'clients.app.wait: "later" is no choice: one of inherit, none, response, fence'],
	['clients.net.wait=fence', 'clients[2].wait: nothing in the loop is fenced'],
])('%s is refused in one line with its reason', (text, reason) => {
	expect(() => changed(text)).toThrow(reason);
});

test('inherit is what the preset has; one change after the other adds up', () => {
	const twice = withChange(changed('clients.app.service=1us', 'clients.app.think=1us'), {
		'clients.app.service': 'inherit',
	}).configuration;
	expect(twice.clients[0]).toEqual({...clients[0], think: constant(us)});
	expect(withChange(twice, {'clients.app.think': 'inherit'}).configuration.clients).toEqual(clients);
});

test('the hash covers them, and does not tell how a client came to be what it is', () => {
	const set = changed('clients.net.rate=200');
	expect(parametersHash(set)).not.toBe(parametersHash(base));
	expect(parametersHash(set)).toBe(
		parametersHash(
			configurationOf(
				{},
				clients.map(spec => (spec.name === 'net' ? {...spec, rate: 200} : spec)),
			),
		),
	);
});

test('the value of a key is what its commands get; inherit when they differ', () => {
	const value = (key: string, configuration = base): string | undefined => {
		const found = valueOf(configuration, key);
		return found === undefined ? undefined : formatValue(parameter(key), found);
	};

	expect(clientSettingNames.map(name => value(`clients.app.${name}`))).toEqual([
		undefined,
		undefined,
		'0ns',
		'10us',
		'inherit',
		'lognormal(300us,0.3)',
		'inherit',
		'end',
		'response',
	]);
	expect(value('clients.app.service', changed('clients.app.service=7us'))).toBe('7us');
	expect(clientSettingNames.map(name => value(`clients.video player.${name}`)).slice(1, 5)).toEqual([
		'60',
		'inherit',
		'10us',
		'20us',
	]);
	expect(value('clients.pointer.service')).toBe('2us');
	expect(value('clients.nobody.think')).toBeUndefined();
});

test('several assignments in one text: the name of a client may have spaces', () => {
	expect(
		parseSettings('queue.size=8 clients.video player.hz=30 clients.gnome-shell.think=exp(3us) host.load=1'),
	).toEqual({
		'queue.size': 8,
		'clients.video player.hz': 30,
		'clients.gnome-shell.think': {kind: 'exp', mean: 3000},
		'host.load': 1,
	});
	expect(() => parseSettings('clients.a b=1')).toThrow('unknown parameter');
});
