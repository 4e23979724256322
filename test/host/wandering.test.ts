import {expect, test} from 'vitest';
import {Simulation} from '../../source/simulation/simulation.js';
import {
	client, configurationOf, constant, loopStep, ms, us,
} from '../helpers/model-configuration.js';

test.each([[0, 0, 0], [1000, 50, 150]])('host.moves=%s: the main loop changes its CPU %s to %s times in 100 ms', (moves, least, most) => {
	const simulation = new Simulation(configurationOf({'host.cpus': 4, 'host.moves': moves}, [client({loop: [loopStep({prepare: constant(20 * us)})]})]), 1);
	simulation.runUntil(ms);
	const {server} = simulation.state.host.core;
	let changes = 0;
	let last = server.cpu;
	for (let time = ms; time <= 101 * ms; time += 10 * us) {
		simulation.runUntil(time);
		changes += server.cpu === last ? 0 : 1;
		last = server.cpu;
	}

	expect(changes).toBeGreaterThanOrEqual(least);
	expect(changes).toBeLessThanOrEqual(most);
});

test.each([
	['more', 1, 430, 570],
	['no more', 0, 1000, 1000],
])('of 1000 moves to a CPU with %s load so many are made', (_, load, least, most) => {
	const {host} = new Simulation(configurationOf({'guest.vcpus': 1, 'host.cpus': 2}, [client({})]), 1).state;
	const {server, cpus} = host.core;
	cpus.cpus[1 - server.cpu].load = load;
	let made = 0;
	for (let n = 0; n < 1000; n++) {
		server.moveTo = -1;
		host.wandering.due();
		made += server.moveTo === 1 - server.cpu ? 1 : 0;
	}

	expect(made).toBeGreaterThanOrEqual(least);
	expect(made).toBeLessThanOrEqual(most);
});
