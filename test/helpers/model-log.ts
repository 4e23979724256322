import {type Configuration} from '../../source/simulation/configuration.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {type Instrument, type Observer} from '../../source/tracepoints/observer.js';
import {type TracepointName as PointName} from '../../source/tracepoints/tracepoints.js';

export {type TracepointName as PointName} from '../../source/tracepoints/tracepoints.js';

/** Something that the model said; times in ns. */
export type Entry = {
	readonly point: PointName;
	readonly time: number;
	readonly actor: number;
	readonly subject: number;
	readonly value: number;
};

/** Keeps what the model says, in order. */
export class ModelLog implements Instrument {
	readonly entries: Entry[] = [];
	readonly observers: readonly Observer[] = [
		{
			every: (point, time, actor, subject, value) => {
				this.entries.push({
					point,
					time,
					actor,
					subject,
					value,
				});
			},
		},
	];

	/** The entries of these points. */
	of(...points: readonly PointName[]): Entry[] {
		return this.entries.filter(({point}) => points.includes(point));
	}

	/** How often these points came. */
	count(...points: readonly PointName[]): number {
		return this.of(...points).length;
	}

	/** `time point`, an entry of these points a line. */
	lines(...points: readonly PointName[]): string[] {
		return this.of(...points).map(({time, point}) => `${time} ${point}`);
	}

	/** The responses of commands that had left a fence. */
	fencedResponses(): Entry[] {
		const left = new Set<number>();
		return this.of('fenceQueued', 'responded').filter(({point, subject}) => {
			if (point === 'fenceQueued') {
				left.add(subject);
				return false;
			}

			return left.delete(subject);
		});
	}

	/** The first entry of a point; throws when there is none. */
	first(point: PointName): Entry {
		const found = this.entries.find(entry => entry.point === point);
		if (found === undefined) {
			throw new Error(`no ${point}`);
		}

		return found;
	}
}

/** Runs a configuration up to `time` (ns) with a log attached from the start. */
export function logged(
	configuration: Configuration,
	time: number,
	seed = 1,
): {readonly log: ModelLog; readonly simulation: Simulation} {
	const simulation = new Simulation(configuration, seed);
	const log = new ModelLog();
	simulation.observe(log);
	simulation.runUntil(time);
	return {log, simulation};
}
