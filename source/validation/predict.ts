import {type Metrics} from '../metrics/metrics.js';
import {resolveParameters} from '../simulation/parameters/resolve.js';
import {checkClients} from '../simulation/parameters/check-clients.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Preset} from '../presets/preset.js';
import {type Simulation} from '../simulation/simulation.js';
import {runSimulation} from '../run/run.js';
import {type Cell, type Prediction} from './cell.js';

/** How long and from which seed a prediction simulates. Times in ns. */
export type PredictionRun = {
	readonly seed: number;
	readonly warmup: number;
	readonly duration: number;
	/** Told of the simulation before its first event, to attach observers. */
	readonly prepare?: (simulation: Simulation) => void;
};

/** The cell's parameters and clients over those of the preset, whose costs are the machine's. */
export function cellConfiguration(cell: Pick<Cell, 'parameters' | 'clients'>, preset: Preset): Configuration {
	const given = {...preset.given, ...cell.parameters};
	const configuration = {
		parameters: resolveParameters(given),
		clients: cell.clients,
		faults: [],
		given,
	};
	checkClients(configuration);
	return configuration;
}

/** One run of a cell: the value of each metric that was measured there. */
export function predictCell(cell: Cell, preset: Preset, run: PredictionRun): Prediction {
	const {metrics} = runSimulation({
		configuration: cellConfiguration(cell, preset),
		...run,
		changes: [],
		window: run.duration,
	});
	const prediction: Record<string, number> = {};
	for (const path of Object.keys(cell.measured)) {
		const value = valueAt(metrics, path);
		if (value !== null) {
			prediction[path] = value;
		}
	}

	return prediction;
}

/** The figure under a dotted path, null where it has no meaning. */
function valueAt(metrics: Metrics, path: string): number | null {
	let node: unknown = metrics;
	for (const name of path.split('.')) {
		node = typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
	}

	return typeof node === 'number' ? node : null;
}
