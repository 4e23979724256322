import {type CommandTracker} from '../../source/metrics/command-tracker.js';
import {stageNames, type StageName} from '../../source/metrics/metrics.js';
import {type Instrument, type Observer} from '../../source/tracepoints/observer.js';

/** Stations that a command passes one after another, each with the stages spent in it. */
const stations: ReadonlyArray<{readonly name: string; readonly stages: readonly StageName[]}> = [
	{name: 'client', stages: ['prepare', 'lockWait', 'ringWait', 'submit']},
	{name: 'ring and host', stages: ['notifyDelay', 'doorbell', 'hostWake', 'hostQueue', 'service', 'fence']},
	{name: 'interrupt and worker', stages: ['irqDelay', 'workerDelay', 'workerLockWait', 'reap', 'response']},
];

/**
Counts who is in each station and integrates it over time, from entering and leaving alone, so that
Little's law can be held against the stages: what the integral shows is what the stays of those who
left sum to, plus the stays under way.
*/
export class StationObserver implements Instrument {
	readonly observers: readonly Observer[];
	/** By station: how many are in it, and that over time, ns. */
	private readonly present = [0, 0, 0];
	private readonly integrals = [0, 0, 0];
	/** What those who left stayed, by their stages, ns. */
	private readonly stays = [0, 0, 0];
	/** Of each command under way: when it entered the stations that it has reached. */
	private readonly entries = new Map<number, number[]>();
	private last = 0;

	constructor(commands: CommandTracker) {
		const moved = (time: number, _actor: number, command: number): void => {
			this.advance(time);
			const entered = this.entries.get(command) ?? [];
			this.present[entered.length - 1]--;
			this.present[entered.length]++;
			entered.push(time);
		};

		this.observers = [
			{
				commandStarted: (time, _thread, command) => {
					this.advance(time);
					this.present[0]++;
					this.entries.set(command, [time]);
				},
				published: moved,
				usedPublished: moved,
				busyError: (time, _thread, command) => {
					// Given up: it has no stages, only the time that it spent here.
					this.advance(time);
					this.present[0]--;
					this.stays[0] += time - (this.entries.get(command)?.[0] ?? Number.NaN);
					this.entries.delete(command);
				},
				responded: (time, _worker, command) => {
					this.advance(time);
					this.present[2]--;
					this.entries.delete(command);
					for (const [station, {stages}] of stations.entries()) {
						for (const stage of stages) {
							this.stays[station] += commands.lastStages[stageNames.indexOf(stage)];
						}
					}
				},
			},
		];
	}

	/** Throws when the time that commands spent in a station is not what their stages say. */
	check(now: number): void {
		this.advance(now);
		const stays = [...this.stays];
		for (const entered of this.entries.values()) {
			for (const [station, since] of entered.entries()) {
				stays[station] += (entered[station + 1] ?? now) - since;
			}
		}

		for (const [station, {name}] of stations.entries()) {
			if (this.integrals[station] !== stays[station]) {
				throw new Error(
					`Little's law: commands spent ${this.integrals[station]} ns in ${name}, their stages say ` +
						`${stays[station]}`,
				);
			}
		}
	}

	private advance(time: number): void {
		for (const [station, count] of this.present.entries()) {
			this.integrals[station] += count * (time - this.last);
		}

		this.last = time;
	}
}
