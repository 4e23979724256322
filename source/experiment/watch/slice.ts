import {bucketCount, bucketTop, type Histogram} from '../../engine/histogram.js';
import {metricOf} from '../../metrics/metric-table.js';
import {type Recorder} from '../../metrics/recorder.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type Figures} from '../compare/figures.js';

/**
What is watched of every run, as a reader wants it: what it is for, what it costs, what it waits
for.
*/
const usuallyWatched = [
	'throughput.completed',
	'lock.spin.worker',
	'lock.spin.submitter',
	'lock.contentionShare',
	'latency.mean',
	'latency.p50',
	'latency.p99',
	'latency.stages.doorbell.mean',
	'kicks.perCommand',
	'irqs.perCommand',
	'ring.numFree.mean',
	'cpu.vcpusBusy',
	'cpu.mainLoop',
] as const;

/** Metrics that are counted from the histogram of lives, with their share of the commands. */
const quantiles: ReadonlyMap<string, number> = new Map([
	['latency.p50', 0.5],
	['latency.p99', 0.99],
]);

/** Paths of what is watched; those of paced clients first, for whom throughput says nothing. */
export function watchedPaths({clients}: Configuration): readonly string[] {
	const paced = clients.filter(({kind}) => kind === 'paced');
	return [
		...paced.flatMap(({name}) => [`frames.${name}.perSecond`, `frames.${name}.missed`]),
		...usuallyWatched.filter(path => metricOf(path) !== undefined),
	];
}

/** Commands that a slice holds, about, so that its means are near normal. */
const commandsOfSlice = 100;
/** Periods of the slowest paced client that it holds. */
const periodsOfSlice = 4;
const shortest = 10_000_000;
/** Slices take no less of the wall clock, s: twenty pass in some two seconds. */
const wallTime = 0.1;
/** The same when it goes as fast as it can. */
const fullSpeedSlice = 100_000_000;
const mantissas = [1, 2, 5] as const;

/** What decides how long slices are. */
export type SliceNeeds = {
	readonly configuration: Configuration;
	/** Commands a simulated second. */
	readonly commandsPerSecond: number;
	/** Simulated seconds a wall second; Infinity is as fast as it goes. */
	readonly speed: number;
	/** Length of the recorder's windows, ns. */
	readonly window: number;
};

/**
Length of a slice, ns: 1-2-5 from 10 ms, a whole number of windows, and where it can be of the
periods of paced clients, so that what they do does not swing from slice to slice.
*/
export function sliceLength({configuration, commandsPerSecond, speed, window}: SliceNeeds): number {
	const hz = configuration.clients.flatMap(client =>
		client.kind === 'paced' && client.hz !== undefined ? [client.hz] : [],
	);
	const needed = Math.max(
		shortest,
		window,
		(commandsOfSlice / Math.max(1, commandsPerSecond)) * 1e9,
		Number.isFinite(speed) ? Math.round(speed * wallTime * 1e9) : fullSpeedSlice,
		hz.length === 0 ? 0 : (periodsOfSlice / Math.min(...hz)) * 1e9,
	);
	const steps = [1e7, 1e8, 1e9, 1e10].flatMap(decade => mantissas.map(mantissa => mantissa * decade));
	const long = steps.filter(step => step >= needed && step % window === 0);
	const whole = long.find(step =>
		hz.every(rate => {
			const periods = (step * rate) / 1e9;
			return Math.abs(periods - Math.round(periods)) < 1e-6;
		}),
	);
	return whole ?? long.at(0) ?? Math.ceil(needed / window) * window;
}

/** Reads the figures of one run slice by slice. */
export class SliceReader {
	private readonly paths: readonly string[];
	/** Lives by bucket when the last slice ended. */
	private readonly counts = new Float64Array(bucketCount);
	private total = 0;

	constructor(paths: readonly string[]) {
		this.paths = paths;
	}

	/** A slice begins where the run stands. */
	begin({commands: {latency}}: Recorder): void {
		const [control] = latency;
		this.counts.fill(0);
		for (let bucket = 0; bucket < control.bucketEnd; bucket++) {
			this.counts[bucket] = control.countOf(bucket);
		}

		this.total = control.count;
	}

	/** The figures from `from` to where the run stands, `to` (ns, borders of windows). */
	read({windows, commands: {latency}}: Recorder, from: number, to: number): Figures {
		const [begin, end] = [Math.round(from / windows.window), Math.round(to / windows.window)];
		return Object.fromEntries(
			this.paths.map(path => {
				const share = quantiles.get(path);
				return [path, share === undefined ? windows.value(path, begin, end) : this.quantile(latency[0], share)];
			}),
		);
	}

	/** Nearest rank of the lives that ended since the slice began, us. */
	private quantile(lives: Histogram, share: number): number | null {
		const count = lives.count - this.total;
		let left = Math.max(1, Math.ceil(share * count));
		if (count === 0) {
			return null;
		}

		for (let bucket = 0; bucket < lives.bucketEnd; bucket++) {
			left -= lives.countOf(bucket) - this.counts[bucket];
			if (left <= 0) {
				return Math.min(lives.max, bucketTop(bucket)) / 1000;
			}
		}

		return null;
	}
}
