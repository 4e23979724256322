import {type StageName} from '../../metrics/metric-names.js';
import {lockRole, type TracepointName} from '../../tracepoints/tracepoints.js';
import {type Entry, type EventLog, type Life} from './event-log.js';
import {LogSearch} from './log-search.js';
import {type Link} from './report.js';
import {type Names} from './words.js';
import {holderWords, spanWords, microseconds} from './wait-words.js';

/**
A wait: whose, since when (ns), in words; and who was waited for, from whom the chain goes on.
*/
type Wait = {
	readonly time: number;
	readonly what: string;
	/** A guest thread, and when it is asked what it waited for itself. */
	readonly next: {readonly thread: number; readonly time: number} | null;
};

/** Waits behind a command at most. */
const deepest = 4;

/** Who waited for whom on one side, as its log says. */
export class Waits {
	private readonly log: EventLog;
	private readonly names: Names;
	private readonly search: LogSearch;

	constructor(log: EventLog, names: Names) {
		this.log = log;
		this.search = new LogSearch(log);
		this.names = names;
	}

	/** The first wait since the log was opened that `isNew`. */
	first(isNew: (entry: Entry) => boolean): Link | null {
		const found = this.log.entries.find(entry => waitNames.has(entry.name) && isNew(entry));
		const wait = found === undefined ? null : this.ofEntry(found);
		return wait === null ? null : linkOf(wait);
	}

	/**
	What a command waited for in a stage that began at `from` (ns), then what
	those waited for: the latest first.
	*/
	behind(life: Life, stage: StageName, from: number): readonly Link[] {
		const links: Link[] = [];
		let wait = this.ofStage(life, stage, from);
		while (wait !== null && links.length < deepest) {
			links.push(linkOf(wait));
			const {next} = wait;
			wait = next === null ? null : this.ofThread(next.thread, next.time);
		}

		return links;
	}

	/** A wait of a thread that is not over at `time`. */
	private ofThread(thread: number, time: number): Wait | null {
		const found = this.log.entries.findLast(
			entry => entry.time <= time && entry.name === 'lockContended' && entry.actor === thread,
		);
		const over =
			found === undefined ||
			this.search.after(
				found,
				entry => entry.name === 'lockAcquired' && entry.actor === thread && entry.time <= time,
			) !== undefined;
		if (!over) {
			return this.ofEntry(found);
		}

		// Else what holds its vCPU up in the doorbell.
		const bell = this.search.ringing(thread, time);
		return bell === undefined ? null : this.bqlWait(bell);
	}

	private ofStage(life: Life, stage: StageName, from: number): Wait | null {
		const {names} = this;
		switch (stage) {
			case 'lockWait': {
				const found = this.log.entries.findLast(
					entry =>
						entry.name === 'lockContended' &&
						entry.actor === life.thread &&
						entry.subject === life.queue &&
						entry.value !== lockRole.worker &&
						entry.time <= from,
				);
				return found === undefined ? null : this.ofEntry(found);
			}

			case 'workerLockWait': {
				const found = this.log.entries.findLast(
					entry =>
						entry.name === 'lockContended' &&
						entry.value === lockRole.worker &&
						entry.subject === life.queue &&
						entry.time >= from &&
						entry.time <= (life.end ?? Infinity),
				);
				return found === undefined ? null : this.ofEntry(found);
			}

			case 'ringWait': {
				const found = this.log.entries.findLast(
					({name, actor, time}) =>
						name === 'noRoom' && actor === life.thread && time <= (life.end ?? Infinity),
				);
				return found === undefined
					? null
					: {time: found.time, what: `${names.thread(life.thread)} finds no room in the ring`, next: null};
			}

			case 'doorbell':
			case 'notifyDelay': {
				const bell = this.search.ringing(life.thread, from);
				return bell === undefined ? null : this.bqlWait(bell);
			}

			case 'hostWake':
			case 'hostQueue': {
				return this.ofServer(from);
			}

			case 'irqDelay':
			case 'workerDelay': {
				return this.ofWorker(life.queue, from);
			}

			case 'response': {
				return {time: from, what: 'the worker answers the commands of the same drain before it', next: null};
			}

			case 'backlog': {
				return this.ofThread(life.thread, from);
			}

			case 'prepare':
			case 'submit':
			case 'service':
			case 'fence':
			case 'reap': {
				return null;
			}
		}
	}

	/** Whoever serves the device is busy at `time`. */
	private ofServer(time: number): Wait | null {
		const {names, log} = this;
		const started = log.entries.findLast(entry => entry.name === 'serviceStarted' && entry.time <= time);
		const isOver =
			started === undefined ||
			this.search.after(
				started,
				({name, subject, time: at}) =>
					(name === 'usedPublished' || name === 'fenceQueued') && subject === started.subject && at <= time,
			) !== undefined;
		if (!isOver) {
			return {
				time: started.time,
				what: `${names.host} is at another command${spanWords(time - started.time, ' since')}`,
				next: null,
			};
		}

		const holder = this.search.bqlHolderAt(time);
		return holder === undefined
			? null
			: {
					time: holder.time,
					what: `${holderWords(holder)} has the BQL, which ${names.host} wants`,
					next: null,
				};
	}

	/** The worker's run before is not over at `time`. */
	private ofWorker(queue: number, time: number): Wait | null {
		const started = this.log.entries.findLast(
			entry => entry.name === 'workStarted' && entry.subject === queue && entry.time <= time,
		);
		if (
			started === undefined ||
			this.search.after(
				started,
				({name, actor, time: at}) => name === 'workEnded' && actor === started.actor && at <= time,
			) !== undefined
		) {
			return null;
		}

		return {
			time: started.time,
			what: `${this.names.thread(started.actor)} is still in its run before`,
			next: {thread: started.actor, time},
		};
	}

	/** A doorbell that waits for the BQL. */
	private bqlWait(bell: Entry): Wait | null {
		const vcpu = bell.value >> 1;
		const contended = this.search.after(bell, ({name, actor}) => name === 'bqlContended' && actor === vcpu);
		if (contended === undefined) {
			return null;
		}

		const holder = this.search.bqlHolderAt(contended.time);
		const got = this.search.after(contended, ({name, actor}) => name === 'bqlAcquired' && actor === vcpu);
		return {
			time: contended.time,
			what:
				`vCPU ${vcpu}, at the doorbell, ` +
				`waits${got === undefined ? '' : ` ${microseconds(got.time - contended.time)}`} for the ` +
				`BQL${holder === undefined ? '' : `, which ${holderWords(holder)} has`}`,
			next: null,
		};
	}

	private ofEntry(entry: Entry): Wait | null {
		const {names} = this;
		const {name, actor, time} = entry;
		if (name === 'lockContended') {
			return this.lockWait(entry);
		}

		if (name === 'roomWait') {
			return {time, what: `${names.thread(actor)} sleeps for room in the ring`, next: null};
		}

		if (name !== 'bqlContended') {
			return null;
		}

		const holder = this.search.bqlHolderAt(time);
		return {
			time,
			what:
				`${names.hostThread(actor)} waits for the ` +
				`BQL${holder === undefined ? '' : `: ${holderWords(holder)} has it`}`,
			next: null,
		};
	}

	private lockWait(entry: Entry): Wait {
		const {names} = this;
		const {actor, subject, time} = entry;
		const holder = this.search.lockHolderAt(entry);
		const got = this.search.after(
			entry,
			({name, actor: thread, subject: queue}) => name === 'lockAcquired' && thread === actor && queue === subject,
		);
		const bell = holder === undefined ? undefined : this.search.ringing(holder, time);
		const why =
			holder === undefined
				? 'others are in front'
				: `${names.thread(holder)} has it${bell === undefined ? '' : ', at the doorbell'}`;
		return {
			time,
			what:
				`${names.thread(actor)} spins${got === undefined ? '' : ` ${microseconds(got.time - time)}`} for ` +
				`qlock: ${why}`,
			next: holder === undefined ? null : {thread: holder, time},
		};
	}
}

const waitNames: ReadonlySet<TracepointName> = new Set<TracepointName>(['lockContended', 'bqlContended', 'roomWait']);

function linkOf({time, what}: Wait): Link {
	return {time: time / 1e9, what};
}
