import {Recorder} from '../../metrics/recorder.js';
import {type Configuration} from '../../simulation/configuration.js';
import {Simulation} from '../../simulation/simulation.js';
import {LockHolders} from '../../tracking/lock-holders.js';
import {sizesOf} from '../../tracking/sizes.js';
import {type TracepointName} from '../../tracepoints/tracepoints.js';

/** What the model said at a time (ns). */
export type Entry = {
	readonly name: TracepointName;
	readonly time: number;
	readonly actor: number;
	readonly subject: number;
	readonly value: number;
	/** Of a doorbell: its thread has the lock of the queue. */
	readonly held: boolean;
};

/** A command from its start to its response. Times in ns. */
export type Life = {
	readonly thread: number;
	/**
	Its number among those of the thread, from 1: by it the same command is found on the other side.
	*/
	readonly number: number;
	readonly queue: number;
	readonly due: number;
	/** Null while it has no response. */
	end: number | null;
	/** By stage, in the order of their names; empty while it has no response. */
	stages: readonly number[];
};

/**
The entries that are kept at most: some hundred thousand commands are more than a chain needs.
*/
const mostEntries = 1_000_000;

/** A run that is written down: every tracepoint once `isOpen`, and the commands of it all. */
export class EventLog {
	readonly simulation: Simulation;
	/** In the order in which they came. */
	readonly entries: Entry[] = [];
	/** Commands that ended while it was open, in the order of their ends. */
	readonly ended: Life[] = [];
	isOpen = false;
	/** By command: its life while it has no response. */
	private readonly lives = new Map<number, Life>();
	/** By thread: commands so far. */
	private readonly counts = new Map<number, number>();

	/** A run at time 0. */
	constructor(configuration: Configuration, seed: number) {
		this.simulation = new Simulation(configuration, seed);
		const recorder = new Recorder(this.simulation, Number(configuration.parameters.duration));
		this.simulation.observe(recorder);
		const {holders, observers} = new LockHolders(sizesOf(this.simulation));
		this.simulation.observe({observers});
		const {pool} = this.simulation.state;
		const {commands} = recorder;
		this.simulation.observe({
			every: (name, time, actor, subject, value) => {
				if (this.isOpen && this.entries.length < mostEntries) {
					this.entries.push({
						name,
						time,
						actor,
						subject,
						value,
						held: name === 'doorbellStarted' && holders[subject] === actor,
					});
				}
			},
			commandStarted: (_time, thread, command, due) => {
				const number = (this.counts.get(thread) ?? 0) + 1;
				this.counts.set(thread, number);
				this.lives.set(command, {
					thread,
					number,
					queue: pool.queue[command],
					due,
					end: null,
					stages: [],
				});
			},
			responded: (time, _thread, command) => {
				const life = this.lives.get(command);
				this.lives.delete(command);
				if (this.isOpen && life !== undefined) {
					life.end = time;
					life.stages = [...commands.lastStages];
					this.ended.push(life);
				}
			},
		});
	}

	/** No more can be written down. */
	get isFull(): boolean {
		return this.entries.length >= mostEntries;
	}

	/** Commands without a response. */
	get open(): readonly Life[] {
		return [...this.lives.values()];
	}

	/** The life of a command that has no response yet. */
	lifeOf(command: number): Life | undefined {
		return this.lives.get(command);
	}

	/** Forgets the entries so far. */
	clear(): void {
		this.entries.length = 0;
	}
}
