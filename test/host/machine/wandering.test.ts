import {expect, test} from 'vitest';
import {Simulation} from '../../../source/simulation/simulation.js';
import {client, configurationOf, constant, loopStep, ms, us} from '../../helpers/model-configuration.js';

test.each([
	[0, 0, 0],
	[1000, 50, 150],
])('host.moves=%s: the main loop changes its CPU %s to %s times in 100 ms', (moves, least, most) => {
	const simulation = new Simulation(
		configurationOf({'host.cpus': 4, 'host.moves': moves}, [
			client({loop: [loopStep({prepare: constant(20 * us)})]}),
		]),
		1,
	);
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
