import {type Configuration} from '../simulation/configuration.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {runSimulation} from '../run/run.js';
import {counts, type PublishedPair} from './published-pair.js';

/** What the model makes of a published pair. */
export type PairResult = Pick<PublishedPair, 'id' | 'preset' | 'quantity' | 'published' | 'ratio' | 'band'> & {
	readonly source: string;
	readonly predicted: {readonly before: number; readonly after: number; readonly ratio: number};
	/** The ratio when nothing is changed but the seed. */
	readonly control: number;
	/** Whether the band excludes 1: only then is being in it a success. */
	readonly counted: boolean;
	readonly verdict: 'in band' | 'out of band' | 'misses what it was fitted on' | 'control in band';
};

/** How far a figure that a cost was fitted on may be missed. */
const fitTolerance = 0.1;

/** Not measured, ns. */
const warmup = 100_000_000;

/** Runs before, after, and before with another seed. */
export function runPublishedPair(pair: PublishedPair, preset: Preset): PairResult {
	const {id, quantity, published, ratio, band, settings = {}, change} = pair;
	const before = figureOf(pair, preset, settings, 1);
	const after = figureOf(pair, preset, {...settings, ...change}, 1);
	const control = figureOf(pair, preset, settings, 2) / before;
	const counted = counts(pair);
	const predicted = {before, after, ratio: after / before};
	return {
		id,
		preset: pair.preset,
		source: preset.source,
		quantity,
		published,
		ratio,
		band,
		predicted,
		control,
		counted,
		verdict: verdictOf(pair, predicted, control),
	};
}

function verdictOf(pair: PublishedPair, predicted: PairResult['predicted'], control: number): PairResult['verdict'] {
	const {published, fitted, band} = pair;
	if (fitted && published.before !== null && Math.abs(predicted.before / published.before - 1) > fitTolerance) {
		return 'misses what it was fitted on';
	}

	if (!isIn(predicted.ratio, band)) {
		return 'out of band';
	}

	return counts(pair) && isIn(control, band) ? 'control in band' : 'in band';
}

function isIn(value: number, [low, high]: readonly [number, number]): boolean {
	return value >= low && value <= high;
}

function figureOf(pair: PublishedPair, preset: Preset, settings: GivenParameters, seed: number): number {
	const configuration = withClients(configurationOf(preset, settings), pair);
	return pair.figure(
		runSimulation({
			configuration,
			seed,
			warmup,
			duration: pair.duration,
			changes: [],
			window: pair.duration,
		}).metrics,
	);
}

function withClients(configuration: Configuration, {client}: PublishedPair): Configuration {
	return client === undefined
		? configuration
		: {...configuration, clients: configuration.clients.map(spec => ({...spec, ...client}))};
}
