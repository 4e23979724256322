import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {type CommandLife} from './excerpt.js';
import {type LiveCommands} from './live-commands.js';

/**
The lives of the commands that were published at some time of an excerpt, or before it and not
answered then; each has the times that the excerpt saw. Of more than `most` those that took longest
are kept. Attach its observer behind `LiveCommands`.
*/
export class CommandLives {
	readonly observer: Observer;
	readonly lives: CommandLife[] = [];
	/** By command: its life. */
	private readonly open = new Map<number, CommandLife>();
	/** By guest thread: when it began with the command at hand, ns. */
	private readonly starts: Float64Array;
	private readonly simulation: Simulation;
	private readonly commands: LiveCommands;
	private readonly most: number;

	constructor(simulation: Simulation, commands: LiveCommands, most = Infinity) {
		this.most = most;
		this.simulation = simulation;
		this.commands = commands;
		this.starts = new Float64Array(simulation.state.guest.core.roles.owners).fill(-1);
		for (let command = 0; command < simulation.state.pool.capacity; command++) {
			if (commands.isLive(command)) {
				this.begin(command, commands.publishedAt(command), -1);
			}
		}

		this.observer = this.heard();
	}

	/** The number of a command in its queue, from 0. */
	numberOf(command: number): number {
		return this.commands.seqnoOf(command) - 1;
	}

	private begin(command: number, published: number, started: number): void {
		const {pool} = this.simulation.state;
		const life: CommandLife = {
			number: this.numberOf(command),
			queue: pool.queue[command],
			type: pool.type[command],
			thread: this.commands.threadOf(command),
			started,
			published,
			rung: -1,
			delivered: -1,
			popped: -1,
			serviceStart: -1,
			fenced: -1,
			used: -1,
			irq: -1,
			reaped: -1,
			responded: -1,
		};
		this.open.set(command, life);
		this.lives.push(life);
		if (this.lives.length > 2 * this.most) {
			const time = (one: CommandLife): number => (one.responded < 0 ? Infinity : one.responded - one.published);
			this.lives.sort((a, b) => time(b) - time(a));
			this.lives.length = this.most;
		}
	}

	/** Those of a queue for which it holds. */
	private mark(queue: number, isDue: (life: CommandLife) => boolean, set: (life: CommandLife) => void): void {
		for (const life of this.open.values()) {
			if (life.queue === queue && isDue(life)) {
				set(life);
			}
		}
	}

	private heard(): Observer {
		const {open, starts} = this;
		const of = (command: number, set: (life: CommandLife) => void): void => {
			const life = open.get(command);
			if (life !== undefined) {
				set(life);
			}
		};

		return {
			commandStarted(time, thread) {
				starts[thread] = time;
			},
			published: (time, thread, command) => {
				this.begin(command, time, starts[thread]);
				starts[thread] = -1;
			},
			doorbellStarted: (time, _thread, queue) => {
				this.mark(
					queue,
					life => life.rung < 0 && life.popped < 0,
					life => {
						life.rung = time;
					},
				);
			},
			doorbellDelivered: (time, _vcpu, queue, lost) => {
				this.mark(
					queue,
					life => lost === 0 && life.rung >= 0 && life.delivered < 0 && life.popped < 0,
					life => {
						life.delivered = time;
					},
				);
			},
			popped(time, _server, command) {
				of(command, life => {
					life.popped = time;
				});
			},
			serviceStarted(time, _server, command) {
				of(command, life => {
					life.serviceStart = time;
				});
			},
			fenceQueued(time, _server, command) {
				of(command, life => {
					life.fenced = time;
				});
			},
			usedPublished(time, _server, command) {
				of(command, life => {
					life.used = time;
				});
			},
			irqEntered: (time, _vcpu, queue) => {
				this.mark(
					queue,
					life => life.used >= 0 && life.irq < 0 && life.reaped < 0,
					life => {
						life.irq = time;
					},
				);
			},
			reaped(time, _thread, command) {
				of(command, life => {
					life.reaped = time;
				});
			},
			responded(time, _thread, command) {
				of(command, life => {
					life.responded = time;
				});
				open.delete(command);
			},
		};
	}
}
