import {expect, test} from 'vitest';
import {withChange} from '../../source/simulation/parameters/change.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {parseSets} from '../../source/simulation/parameters/parse-set.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, constant, loopStep, ms, type Settings, us} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';
import {measured} from '../helpers/model-run.js';

const spread: Settings = {
	'device.kind': 'virgl',
	'guest.cost.prepare': {kind: 'exp', mean: 10_000},
	'device.cost.SUBMIT_3D': {kind: 'exp', mean: 20_000},
};

const clients = [
	client({
		wait: 'fence',
		think: constant(20 * us),
		loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1}), loopStep()],
	}),
	client({
		name: 'net',
		kind: 'open',
		rate: 3000,
		burst: 2,
		wait: 'none',
	}),
	client({
		name: 'frames',
		kind: 'paced',
		hz: 400,
		loop: [loopStep({commands: ['SUBMIT_3D', 'RESOURCE_FLUSH'], notify: 'each'})],
	}),
];
const base = configurationOf(spread, clients);

function hashOf(simulation: Simulation): string {
	simulation.runUntil(20 * ms);
	return simulation.eventHash();
}

function changed(...texts: readonly string[]): Configuration {
	return withChange(base, parseSets(texts)).configuration;
}

test.each([
	'clients.net.rate=20000',
	'clients.frames.hz=1500',
	'clients.app.think=exp(90us)',
	'clients.frames.prepare=exp(40us)',
	'clients.app.service=exp(60us)',
	'clients.app.gpuTime=lognormal(700us,0.5)',
	'clients.frames.fenced=true',
	'clients.frames.notify=end',
	'clients.app.wait=none',
])('%s: changed at time 0 it is the run that starts with it', text => {
	const set = parseSets([text]);
	const live = new Simulation(base, 3);
	expect(live.apply(set)).toBe('next-use');
	const hash = hashOf(live);
	expect(hash).toBe(hashOf(new Simulation(changed(text), 3)));
	expect(hash).not.toBe(hashOf(new Simulation(base, 3)));
	expect(live.configuration.clients).toEqual(changed(text).clients);
});

test('a moment of a run remembers what its clients were', () => {
	const simulation = new Simulation(base, 3);
	simulation.runUntil(5 * ms);
	const before = simulation.checkpoint();
	const set = parseSets(['clients.net.rate=20000', 'clients.app.service=5us', 'clients.frames.hz=100']);
	simulation.apply(set);
	const after = simulation.checkpoint();
	const hash = hashOf(simulation);
	simulation.restore(before);
	expect(hashOf(simulation)).toBe(hashOf(new Simulation(base, 3)));
	const other = new Simulation(base, 3);
	other.restore(after);
	expect(hashOf(other)).toBe(hash);
});

test("a time of a step that is the device's own changes nothing: draws stay paired", () => {
	const hash = hashOf(new Simulation(base, 3));
	expect(hashOf(new Simulation(changed('clients.app.service=inherit'), 3))).toBe(hash);
	const {
		loop: [submit, create],
		...app
	} = clients[0];
	const gpuTime = base.parameters['device.gpuTime'];
	const own = configurationOf(spread, [
		{...app, loop: [{...submit, service: {kind: 'exp', mean: 20_000}, gpuTime}, create]},
		...clients.slice(1),
	]);
	expect(hashOf(new Simulation(own, 3))).toBe(hash);
});

test("a step's service and GPU time are its own commands'; a copy comes on top", () => {
	const rect = {width: 16, height: 16};
	const {log} = logged(
		configurationOf({'device.kind': 'virgl', 'device.fence': 'async', 'device.cost.perKiB': 1000}, [
			client({
				wait: 'fence',
				loop: [
					loopStep({
						commands: ['SUBMIT_3D'],
						fenced: true,
						objects: 1,
						service: constant(90 * us),
						gpuTime: constant(ms),
					}),
					loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1}),
					loopStep({commands: ['TRANSFER_TO_HOST_2D'], service: constant(7 * us), rect}),
				],
			}),
		]),
		8 * ms,
	);
	const started = log
		.of('serviceStarted')
		.slice(0, 3)
		.map(({time}) => time);
	// The fenced ones leave their fence when they are processed; the push of the last takes 350 ns.
	const fences = log
		.of('fenceQueued')
		.slice(0, 2)
		.map(({time}) => time);
	const third = log.of('serviceStarted')[2].subject;
	const ended = [
		...fences,
		(log.of('usedPublished').find(({subject, time}) => subject === third && time > started[2])?.time ?? 0) - 350,
	];
	expect(ended.map((time, index) => time - started[index])).toEqual([90 * us, 5 * us, 8 * us]);
	const used = log.of('usedPublished').map(({time}) => time);
	expect(used.some(time => time >= ended[0] + ms && time < ended[0] + ms + 20 * us)).toBe(true);
});

test('what is under way keeps what it drew', () => {
	const simulation = new Simulation(
		configurationOf({}, [client({loop: [loopStep({service: constant(5 * ms)})]})]),
		1,
	);
	simulation.runUntil(2 * ms);
	simulation.apply({'clients.app.service': constant(us)});
	const {pool} = simulation.state;
	expect(pool.live).toBe(1);
	expect(Math.max(...pool.ownService)).toBe(5 * ms);
});

test('a new rate stretches the wait for the next arrival, and does not wait for it', () => {
	const configuration = configurationOf({}, [client({kind: 'open', rate: 0.01, wait: 'none'})]);
	const started = measured(configuration, {
		warmup: 0,
		duration: 100 * ms,
		changes: [{at: 10 * ms, set: {'clients.app.rate': 1000}}],
	});
	expect(started.metrics.throughput.submitted).toBeGreaterThan(500);
});

test('a new hz: the frame that waits for its vblank waits for the next one of the new rate', () => {
	const simulation = new Simulation(configurationOf({}, [client({kind: 'paced', hz: 1})]), 1);
	const frames: number[] = [];
	simulation.runUntil(103 * ms);
	simulation.apply({'clients.app.hz': 100});
	for (let next = 104; next < 200; next++) {
		const [submitter] = simulation.state.guest.submitters;
		const {due} = submitter;
		simulation.runUntil(next * ms);
		if (submitter.due !== due) {
			frames.push(submitter.due / ms);
		}
	}

	expect(frames).toEqual([110, 120, 130, 140, 150, 160, 170, 180, 190]);
	simulation.apply({'clients.app.hz': 250});
	simulation.runUntil(205 * ms);
	expect(simulation.state.guest.submitters[0].due).toBe(204 * ms);
});
