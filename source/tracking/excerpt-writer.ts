import {serverName} from '../host/backends/backends.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {castOf, resourcesOf} from './cast.js';
import {CommandLives} from './command-lives.js';
import {type Excerpt, type FreeCount, type Moment, type Wait} from './excerpt.js';
import {OperationLog} from './operation-log.js';
import {type OpenSlice} from './open-slices.js';
import {roleNames} from './run-names.js';
import {TrackWriter} from './track-writer.js';
import {type UnderWay} from './under-way.js';
import {mostInGrains, type Spans, keep} from './spans.js';

/**
Writes down what happens in a run from `from` (ns) on, to be looked at: tracks, waits, holds,
commands. What was under way at `from` begins where it began. With a `grain` (ns, 0 for none) it has
the same size whatever happens: a cell a grain, the longest waits, no holds. Attach it behind
`underWay`, at a time when the run is at `from`.
*/
export class ExcerptWriter implements Instrument {
	readonly observers: readonly Observer[];
	private readonly simulation: Simulation;
	private readonly underWay: UnderWay;
	private readonly from: number;
	private readonly isFine: boolean;
	private readonly tracks: TrackWriter;
	private readonly commands: CommandLives;
	private readonly spans: Spans = {waits: [], holds: [], rings: []};
	private readonly moments: Moment[] = [];
	private readonly free: FreeCount[] = [];
	private readonly operations = new OperationLog();
	private readonly guestActors: number;
	private readonly bqlResource: number;

	constructor(simulation: Simulation, underWay: UnderWay, from: number, grain = 0) {
		const {core} = simulation.state.guest;
		this.simulation = simulation;
		this.underWay = underWay;
		this.from = from;
		this.isFine = grain === 0;
		this.guestActors = core.roles.owners;
		this.bqlResource = core.queues.length;
		this.tracks = new TrackWriter(simulation, underWay, from, grain);
		this.commands = new CommandLives(simulation, underWay.commands, grain > 0 ? mostInGrains : Infinity);
		for (const {id, ring} of core.queues) {
			this.free.push({time: from, queue: id, free: ring.numFree});
		}

		underWay.slices.listen((slice, end) => {
			this.add(this.spans, slice, end, false);
			if (grain > 0) {
				this.spans.holds.length = 0;
				this.spans.rings.length = 0;
				keep(this.spans.waits, (a, b) => b.end - b.start - (a.end - a.start));
			}
		});
		this.observers = [this.commands.observer, this.heard(), ...this.tracks.observers];
	}

	/** About how much has been written. */
	get length(): number {
		return this.tracks.length + this.spans.holds.length;
	}

	/** All up to `time` (ns), where the run is. */
	excerpt(time: number): Excerpt {
		const {core} = this.simulation.state.guest;
		const {profile} = this.simulation.state;
		const tracks = this.tracks.tracks(time);
		const open: Spans = {
			waits: [],
			holds: [],
			rings: [],
		};
		this.underWay.slices.tell((slice, end) => {
			this.add(open, slice, end, true);
		}, time);
		for (const [thread, since] of this.underWay.bql.waitingSince.entries()) {
			if (since >= 0) {
				open.waits.push(this.bqlWait(thread, since, time, true));
			}
		}

		const cpus = this.tracks.shares.open(time);
		const {spans} = this;
		const byEnd = (a: {readonly end: number}, b: {readonly end: number}): number => a.end - b.end;
		return {
			from: this.from,
			to: time,
			cast: castOf(this.simulation),
			resources: resourcesOf(this.simulation),
			tracks,
			waits: [...spans.waits, ...this.tracks.shares.waits, ...open.waits, ...cpus.waits].toSorted(byEnd),
			holds: [...spans.holds, ...this.tracks.shares.holds, ...open.holds, ...cpus.holds].toSorted(byEnd),
			rings: [...spans.rings, ...open.rings],
			commands: this.commands.lives.map(life => ({...life})),
			moments: [...this.moments],
			free: [...this.free],
			operations: [...this.operations.all],
			typeNames: profile.requests.map(({name}) => name),
			queueNames: profile.queues.map(({name}) => name),
			sizes: core.queues.map(({ring}) => ring.size),
			serverName: serverName(this.simulation.configuration.parameters['host.backend']),
			serverActor: this.guestActors + this.simulation.state.host.core.roles.server,
			missing: '',
		};
	}

	/** Slices that say who had or wanted something. */
	private add(
		{waits, holds, rings}: Spans,
		{slice, actor, subject, value, start}: Readonly<OpenSlice>,
		end: number,
		isOpen: boolean,
	): void {
		switch (slice) {
			case 'owner': {
				holds.push({
					resource: subject,
					actor,
					start,
					end,
					role: roleNames[value],
					vcpu: this.vcpuOf(actor),
				});
				break;
			}

			case 'bql': {
				holds.push({
					resource: this.bqlResource,
					actor: this.guestActors + actor,
					start,
					end,
					role: '',
					vcpu: -1,
				});
				break;
			}

			case 'spin': {
				waits.push({
					resource: subject,
					queue: subject,
					actor,
					start,
					end,
					isOpen,
					met: this.underWay.locks.waitedFor(actor),
				});
				break;
			}

			case 'roomWait': {
				waits.push({
					resource: -1,
					queue: subject,
					actor,
					start,
					end,
					isOpen,
					met: '',
				});
				break;
			}

			case 'doorbell': {
				rings.push({
					queue: subject,
					actor,
					vcpu: value >> 1,
					start,
					end,
					forced: (value & 1) === 1,
				});
				break;
			}

			default: {
				break;
			}
		}
	}

	private vcpuOf(owner: number): number {
		const {roles, cpus} = this.simulation.state.guest.core;
		const vcpu = roles.handlerVcpu(owner);
		return vcpu < 0 ? cpus.threads[owner].cpu : vcpu;
	}

	private bqlWait(thread: number, start: number, end: number, isOpen: boolean): Wait {
		return {
			resource: this.bqlResource,
			queue: -1,
			actor: this.guestActors + thread,
			start,
			end,
			isOpen,
			met: '',
		};
	}

	private heard(): Observer {
		const {pool} = this.simulation.state;
		const {commands, moments, free, spans, isFine, operations} = this;
		const waits = new Float64Array(this.underWay.bql.waitingSince);
		const moment = (kind: Moment['kind'], time: number, queue: number, of: number): void => {
			if (!isFine && kind !== 'fault') {
				return;
			}

			moments.push({
				kind,
				time,
				queue,
				of,
			});
		};

		const count = (time: number, queue: number, numFree: number): void => {
			if (isFine) {
				free.push({time, queue, free: numFree});
			}
		};

		return {
			published(time, _thread, command, numFree) {
				const queue = pool.queue[command];
				count(time, queue, numFree);
				operations.add(time, queue, 'guest', `add ${commands.numberOf(command)}`);
			},
			kickPrepared(_time, _thread, queue, answer) {
				operations.answer(queue, 'add', `kick? ${(answer & 1) === 1 ? 'YES' : 'no'}`);
			},
			doorbellStarted(time, _thread, queue, vcpuAndForced) {
				operations.add(
					time,
					queue,
					'guest',
					(vcpuAndForced & 1) === 1 ? 'forced doorbell begins' : 'doorbell begins',
				);
			},
			doorbellDelivered(time, _vcpu, queue, lost) {
				operations.add(time, queue, 'guest', lost === 1 ? 'doorbell is lost (fault)' : 'doorbell delivered');
				if (lost === 1) {
					moment('fault', time, queue, -1);
				}
			},
			popped(time, _server, command) {
				moment('pop', time, pool.queue[command], commands.numberOf(command));
				operations.add(time, pool.queue[command], 'host', `popped ${commands.numberOf(command)}`);
			},
			usedPublished(time, _server, command) {
				moment('push', time, pool.queue[command], commands.numberOf(command));
				operations.add(time, pool.queue[command], 'host', `used ${commands.numberOf(command)}`);
				operations.answer(pool.queue[command], 'used', 'IRQ? no');
			},
			msiSent(time, _server, queue, lost) {
				operations.answer(queue, 'used', lost === 1 ? 'IRQ? YES, lost (fault)' : 'IRQ? YES');
				if (lost === 1) {
					moment('fault', time, queue, -1);
				}
			},
			irqEntered(time, vcpu, queue) {
				moment('irq', time, queue, vcpu);
				operations.add(time, queue, 'guest', `IRQ on vCPU ${vcpu}`);
			},
			lockContended(time, thread, queue, role) {
				operations.add(time, queue, 'guest', `${role === 2 ? 'worker' : roleNames[role]} spins on qlock`);
			},
			reaped(time, _thread, command, numFree) {
				const queue = pool.queue[command];
				count(time, queue, numFree);
				operations.add(time, queue, 'guest', `reaped ${commands.numberOf(command)}`);
			},
			roomWait(time, _thread, queue) {
				operations.add(time, queue, 'guest', 'sleeps: the ring is full');
			},
			bqlContended(time, thread) {
				waits[thread] = time;
			},
			bqlAcquired: (time, thread, _holder, contended) => {
				if (contended === 1 && waits[thread] >= 0) {
					spans.waits.push(this.bqlWait(thread, waits[thread], time, false));
				}

				waits[thread] = -1;
			},
			pauseBegan(time) {
				moment('fault', time, -1, -1);
			},
		};
	}
}
