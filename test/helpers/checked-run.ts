import {Run} from '../../source/run/run.js';
import {stageNames} from '../../source/metrics/metrics.js';
import {type Trial} from './model-arbitrary.js';
import {StationObserver} from './station-observer.js';

/** More events than this in 10 ms and the rest of the run is passed over. */
const eventLimit = 60_000;

/**
Runs a trial with the invariants checked after every event, and with the stages of every command
checked at its response and Little's law at the end.
*/
export function runChecked({configuration, changes, seed}: Trial): {
	readonly events: number;
	readonly responses: number;
} {
	const run = new Run({
		configuration,
		changes,
		seed,
		warmup: 1_000_000,
		duration: 10_000_000,
		check: true,
	});
	const {
		simulation,
		recorder: {commands},
	} = run;
	let responses = 0;
	simulation.observe({
		responded() {
			responses++;
			let sum = 0;
			for (const [index, stage] of commands.lastStages.entries()) {
				if (stage < 0) {
					throw new Error(`stage ${stageNames[index]} lasts ${stage} ns`);
				}

				sum += stage;
			}

			if (sum !== commands.lastLatency) {
				throw new Error(`the stages sum to ${sum} ns, the latency is ${commands.lastLatency}`);
			}
		},
	});
	const stations = new StationObserver(commands);
	simulation.observe(stations);
	while (!run.advance(20_000) && simulation.events < eventLimit) {
		// In pieces, so that a storm of events ends.
	}

	stations.check(simulation.now);
	const outcome = run.outcome();
	if (outcome.stall !== null) {
		throw new Error(`it stalls: ${outcome.stall.text}`);
	}

	for (const [vcpu, shares] of outcome.metrics.cpu.vcpus.entries()) {
		const sum = Object.values(shares).reduce((total, share) => total + share, 0);
		if (outcome.measured > 0 && Math.abs(sum - 1) > 1e-9) {
			throw new Error(`the shares of vCPU ${vcpu} sum to ${sum}`);
		}
	}

	return {events: outcome.events, responses};
}
