import {valueOf} from '../../simulation/parameters/resolve-clients.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {configurationOf, type Preset} from '../../presets/preset.js';
import {runSimulation} from '../../run/run.js';
import {costKeys, scaledTime} from './cost-keys.js';

/**
How the median latency moves when a cost is a tenth shorter and a tenth longer:
shares of the median as it is.
*/
export type CostMove = {
	readonly key: string;
	/** Null where the other move was too small to ask. */
	readonly shorter: number | null;
	readonly longer: number;
	/** Both move the median the same way by more than `sameWayLimit`. */
	readonly sameWay: boolean;
};

/** Whether a preset behaves as a machine whose steps scatter, or as a clockwork. */
export type Shape = {
	readonly preset: string;
	/** Median latency, us; null where nothing completes. */
	readonly p50: number | null;
	readonly p99: number | null;
	/** A fenced command waits for a poll or a GPU, which may be far longer than all else. */
	readonly fenced: boolean;
	/** Costs that the run draws. */
	readonly moves: readonly CostMove[];
};

type Options = {
	/** Commands of a run, about: it is as long as they take, at most `longest`. */
	readonly commands: number;
};

/**
What a shorter and a longer cost may both do to the median: a resonance, or a
histogram bin and the noise of a run.
*/
export const sameWayLimit = 0.03;

const step = 0.1;

/** Runs that must agree before a cost is called out: one run's median is off by 1 to 2 %. */
const confirmingSeeds = [2, 3, 4] as const;
const confirmingLength = 4;

const warmup = 20_000_000;
const pilot = 100_000_000;

/** Longest and shortest run, ns. */
const longest = 10_000_000_000;
const shortest = 20_000_000;

type Figures = {readonly p50: number; readonly p99: number; readonly eventHash: string};

/** Runs of one preset, each made once. */
class Runs {
	private readonly preset: Preset;
	private readonly duration: number;
	private readonly known = new Map<string, Figures | null>();

	constructor(preset: Preset, duration: number) {
		this.preset = preset;
		this.duration = duration;
	}

	/** A run of a confirming seed is `confirmingLength` times as long as the first. */
	figures(key: string | null, factor: number, seed: number): Figures | null {
		const name = `${key ?? ''} ${factor} ${seed}`;
		const known = this.known.get(name);
		if (known !== undefined) {
			return known;
		}

		const value = key === null ? undefined : valueOf(configurationOf(this.preset), key);
		const settings: Record<string, ParameterValue> =
			key === null || value === undefined ? {} : {[key]: scaledTime(value, factor)};
		const duration = seed === 1 ? this.duration : Math.min(longest, confirmingLength * this.duration);
		const {
			metrics: {
				latency: {p50, p99},
			},
			eventHash,
		} = runSimulation({
			configuration: configurationOf(this.preset, settings),
			seed,
			warmup,
			duration,
			changes: [],
			window: duration,
		});
		const figures = p50 === null || p99 === null ? null : {p50, p99, eventHash};
		this.known.set(name, figures);
		return figures;
	}

	/** Mean of the medians of some seeds. */
	median(key: string | null, factor: number, seeds: readonly number[]): number {
		let sum = 0;
		for (const seed of seeds) {
			sum += this.figures(key, factor, seed)?.p50 ?? Number.NaN;
		}

		return sum / seeds.length;
	}
}

/** Scales every cost that the preset's run draws by 0.9 and by 1.1. */
export function shapeOf(preset: Preset, options: Options): Shape {
	const configuration = configurationOf(preset);
	const runs = new Runs(preset, durationFor(preset, options));
	const asIs = runs.figures(null, 1, 1);
	const moves = asIs === null ? [] : costKeys(configuration).flatMap(key => moveOf(runs, asIs, key) ?? []);
	return {
		preset: preset.name,
		p50: asIs?.p50 ?? null,
		p99: asIs?.p99 ?? null,
		fenced: configuration.clients.some(client => client.loop.some(({fenced}) => fenced)),
		moves,
	};
}

function moveOf(runs: Runs, asIs: Figures, key: string): CostMove | null {
	const moved = runs.figures(key, 1 + step, 1);
	if (moved?.eventHash === asIs.eventHash) {
		return null;
	}

	const first = movesOver(runs, key, [1]);
	return first.sameWay ? movesOver(runs, key, confirmingSeeds) : first;
}

function movesOver(runs: Runs, key: string, seeds: readonly number[]): CostMove {
	const asIs = runs.median(null, 1, seeds);
	const longer = runs.median(key, 1 + step, seeds) / asIs - 1;
	const shorter = Math.abs(longer) > sameWayLimit ? runs.median(key, 1 - step, seeds) / asIs - 1 : null;
	return {
		key,
		shorter,
		longer,
		sameWay: shorter !== null && isSameWay(shorter, longer),
	};
}

/** Whether both moves go the same way, each by more than the limit. */
export function isSameWay(shorter: number, longer: number): boolean {
	return (shorter > sameWayLimit && longer > sameWayLimit) || (shorter < -sameWayLimit && longer < -sameWayLimit);
}

function durationFor(preset: Preset, {commands}: Options): number {
	const {
		metrics: {throughput},
	} = runSimulation({
		configuration: configurationOf(preset),
		seed: 1,
		warmup,
		duration: pilot,
		changes: [],
		window: pilot,
	});
	const needed = throughput.completed > 0 ? (commands / throughput.completed) * 1e9 : longest;
	return Math.round(Math.min(longest, Math.max(shortest, needed)));
}
