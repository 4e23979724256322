import {UserError} from '../../errors/user-error.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type Figures, type Pair, type PairTask, type Replication, type RunLength} from '../compare/figures.js';
import {type Dimension, type Point, settingsAt} from './space.js';

/** A point of the space with its runs, by seed. */
export type Entry = {
	readonly point: Point;
	readonly name: string;
	readonly configuration: Configuration;
	readonly runs: Replication[];
	/** On seeds that the search has not seen. */
	readonly fresh: Replication[];
};

export type RunsOptions = {
	readonly space: readonly Dimension[];
	/** The configuration of a setting. Throws `UserError` when its values contradict each other. */
	readonly configurationWith: (set: ReturnType<typeof settingsAt>) => Configuration;
	readonly seed: number;
	readonly length: RunLength;
	readonly events: number;
	readonly make: (tasks: readonly PairTask[]) => Promise<ReadonlyArray<Pair | undefined>>;
};

/** Seeds that the search does not use begin so much later. */
const freshSeeds = 1_000_000;

/** The runs of a search: each point once, those that are the same runs pooled. */
export class Runs {
	spent = 0;
	/** Points that the model refuses. */
	refused = 0;
	isStopped = false;
	readonly entries = new Map<string, Entry>();
	/** Points whose first run was, event by event, that of another, which stands for them. */
	readonly pooled = new Map<Entry, Point[]>();
	private readonly options: RunsOptions;
	private readonly names = new Map<string, Entry | null>();
	private readonly byHash = new Map<string, Entry>();

	constructor(options: RunsOptions) {
		this.options = options;
	}

	/** Whether the point has been looked at. */
	has(point: Point): boolean {
		return this.names.has(point.join(' '));
	}

	entryOf(point: Point): Entry | undefined {
		return this.names.get(point.join(' ')) ?? undefined;
	}

	/**
	Runs points that were not looked at on the first seed; those that are new, pooled ones left out.
	*/
	async open(points: readonly Point[]): Promise<readonly Entry[]> {
		const fresh = points
			.filter(
				(point, index) =>
					!this.has(point) && points.findIndex(other => other.join(' ') === point.join(' ')) === index,
			)
			.flatMap(point => this.create(point));
		await this.to(fresh, 1);
		return fresh.filter(entry => {
			const hash = entry.runs.at(0)?.eventHash;
			if (hash === undefined) {
				return false;
			}

			const twin = this.byHash.get(hash);
			if (twin !== undefined) {
				this.names.set(entry.name, twin);
				this.pooled.set(twin, [...(this.pooled.get(twin) ?? []), entry.point]);
				return false;
			}

			this.byHash.set(hash, entry);
			this.entries.set(entry.name, entry);
			return true;
		});
	}

	/** Takes entries to so many runs on the seeds of the search. */
	async to(entries: readonly Entry[], runs: number): Promise<void> {
		await this.make(entries, entry => entry.runs, runs, this.options.seed);
	}

	/** The same on seeds that the search has not seen. */
	async confirm(entries: readonly Entry[], runs: number): Promise<void> {
		await this.make(entries, entry => entry.fresh, runs, this.options.seed + freshSeeds);
	}

	private create(point: Point): readonly Entry[] {
		const {space, configurationWith} = this.options;
		const name = point.join(' ');
		try {
			const entry: Entry = {
				point,
				name,
				configuration: configurationWith(settingsAt(space, point)),
				runs: [],
				fresh: [],
			};
			this.names.set(name, entry);
			return [entry];
		} catch (error) {
			if (error instanceof UserError) {
				this.names.set(name, null);
				this.refused++;
				return [];
			}

			throw error;
		}
	}

	private async make(
		entries: readonly Entry[],
		listOf: (entry: Entry) => Replication[],
		runs: number,
		seed: number,
	): Promise<void> {
		const {length, events, make} = this.options;
		if (this.isStopped) {
			return;
		}

		const wanted = entries.flatMap(entry =>
			Array.from({length: Math.max(0, runs - listOf(entry).length)}, (_, index) => ({
				entry,
				seed: seed + listOf(entry).length + index,
			})),
		);
		const answers = await make(
			wanted.map(({entry, seed: own}) => ({
				sides: [null, entry.configuration] as const,
				seed: own,
				length,
				budget: events,
			})),
		);
		for (const [index, {entry}] of wanted.entries()) {
			const run = answers[index]?.sides[1];
			if (run === undefined || run === null) {
				this.isStopped = true;
				return;
			}

			listOf(entry).push(run);
			this.spent++;
		}
	}
}

/** The mean of a metric over runs; null where some run has none. */
export function meanOf(runs: readonly Replication[], path: string): number | null {
	const values = runs.map(({figures}: {readonly figures: Figures}) => figures[path] ?? null);
	const known = values.filter(value => value !== null);
	return known.length < values.length || known.length === 0
		? null
		: known.reduce((sum, value) => sum + value, 0) / known.length;
}
