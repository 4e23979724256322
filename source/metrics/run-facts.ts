import {backendOf} from '../host/backends/backends.js';
import {usesQueue} from '../parameters/client-queues.js';
import {type Simulation} from '../simulation/simulation.js';
import {CounterLayout} from './counters.js';
import {MetricPlan} from './metric-plan.js';

/** Facts of a run that its figures need. */
export class RunFacts {
	readonly layout: CounterLayout;
	/** Its metrics. */
	readonly plan: MetricPlan;
	/** Emulation, which has no exits, was all that ran since the last restart. */
	tcg = true;
	/** Whether the VMM has a BQL at all. */
	readonly hasBql: boolean;
	private readonly simulation: Simulation;

	constructor(simulation: Simulation) {
		const {clients} = simulation.configuration;
		this.simulation = simulation;
		this.layout = new CounterLayout(simulation.state.guest.core.cpus.cpus.length, clients.length);
		this.hasBql = backendOf(simulation.configuration.parameters['host.backend']).sets.hasBql;
		this.plan = MetricPlan.of({
			vcpus: this.layout.vcpus,
			paced: clients.flatMap(({name, kind}, index) => (kind === 'paced' ? [{name, index}] : [])),
			hasCursor: clients.some(client => usesQueue(client, 'cursor')),
		});
		this.restart();
	}

	/** The accumulators start anew. */
	restart(): void {
		this.tcg = true;
		this.settle();
	}

	/** What a change of parameters may have moved is looked at again. */
	settle(): void {
		this.tcg &&= this.simulation.configuration.parameters['host.accel'] === 'tcg';
	}
}
