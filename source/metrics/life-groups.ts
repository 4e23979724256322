import {Histogram} from '../engine/histogram.js';
import {captureState, restoreState, type StateImage} from '../engine/state-image.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {type Recorder} from './recorder.js';

/** By what commands can be told apart. */
export const groupAxes = ['command', 'client', 'queue'] as const;

export type GroupAxis = (typeof groupAxes)[number];

type Saved = {readonly axis: GroupAxis; readonly number: number; readonly state: StateImage};
type Image = {readonly threads: Int32Array; readonly saved: readonly Saved[]};

/** Lives of the commands of a kind, from due to response, since the last restart; times in us. */
export type LifeGroup = {
	readonly axis: GroupAxis;
	readonly name: string;
	readonly count: number;
	readonly mean: number;
	readonly p50: number;
	readonly p99: number;
	readonly max: number;
};

/**
Lives of commands by request type, by client and by queue. Attach it behind the recorder, which cuts
each life; a kind that has never answered a command takes no memory.
*/
export class LifeGroups implements Instrument {
	readonly observers: readonly Observer[];
	private readonly simulation: Simulation;
	/** By axis, then by number of the type, client or queue. */
	private readonly spreads: Readonly<Record<GroupAxis, Histogram[]>> = {command: [], client: [], queue: []};
	/** By command: the thread that submits it. */
	private threads = new Int32Array(64);

	constructor(simulation: Simulation, {commands}: Recorder) {
		this.simulation = simulation;
		const {pool, guest} = simulation.state;
		this.observers = [
			{
				commandStarted: (_time, thread, command) => {
					if (command >= this.threads.length) {
						const wide = new Int32Array(2 * (command + 1));
						wide.set(this.threads);
						this.threads = wide;
					}

					this.threads[command] = thread;
				},
				responded: (_time, _thread, command) => {
					const life = commands.lastLatency;
					this.spread('command', pool.type[command]).add(life);
					this.spread('client', guest.submitters[this.threads[command]].client).add(life);
					this.spread('queue', pool.queue[command]).add(life);
				},
				reset: (_time, _actor, _subject, begins) => {
					if (begins === 0) {
						this.restart();
					}
				},
			},
		];
	}

	/** The kinds of an axis, those with most commands first. */
	groups(axis: GroupAxis): readonly LifeGroup[] {
		const {profile} = this.simulation.state;
		const names: Readonly<Record<GroupAxis, ReadonlyArray<{readonly name: string}>>> = {
			command: profile.requests,
			client: this.simulation.configuration.clients,
			queue: profile.queues,
		};
		return this.spreads[axis]
			.map((spread, number): LifeGroup => ({
				axis,
				name: names[axis].at(number)?.name ?? '',
				count: spread.count,
				mean: (spread.mean ?? 0) / 1000,
				p50: (spread.quantile(0.5) ?? 0) / 1000,
				p99: (spread.quantile(0.99) ?? 0) / 1000,
				max: spread.max / 1000,
			}))
			.filter(({count}) => count > 0)
			.toSorted((a, b) => b.count - a.count);
	}

	/** All begin anew. */
	restart(): void {
		for (const spread of Object.values(this.spreads).flat()) {
			spread.clear();
		}
	}

	image(): Image {
		const saved = groupAxes.flatMap(axis =>
			this.spreads[axis].flatMap((spread, number): Saved[] =>
				spread.count === 0 ? [] : [{axis, number, state: captureState(spread)}],
			),
		);
		return {threads: this.threads.slice(), saved};
	}

	restore({threads, saved}: Image): void {
		this.threads = threads.slice();
		this.restart();
		for (const {axis, number, state} of saved) {
			restoreState(this.spread(axis, number), state);
		}
	}

	private spread(axis: GroupAxis, number: number): Histogram {
		const spreads = this.spreads[axis];
		while (spreads.length <= number) {
			spreads.push(new Histogram());
		}

		return spreads[number];
	}
}
