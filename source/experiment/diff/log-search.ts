import {type Entry, type EventLog} from './event-log.js';

/** Looks in what a run said: who had what at a time (ns), and what came after what. */
export class LogSearch {
	private readonly log: EventLog;

	constructor(log: EventLog) {
		this.log = log;
	}

	/** The thread that has the lock which an entry finds taken. */
	lockHolderAt({time, subject}: Entry): number | undefined {
		const taken = this.log.entries.findLast(
			entry =>
				entry.time <= time &&
				(entry.name === 'lockAcquired' || entry.name === 'lockReleased') &&
				entry.subject === subject,
		);
		return taken?.name === 'lockAcquired' ? taken.actor : undefined;
	}

	/** The doorbell write that a thread is in at `time`. */
	ringing(thread: number, time: number): Entry | undefined {
		const last = this.log.entries.findLast(
			entry =>
				entry.time <= time &&
				(entry.name === 'doorbellStarted' || entry.name === 'doorbellReturned') &&
				entry.actor === thread,
		);
		return last?.name === 'doorbellStarted' ? last : undefined;
	}

	/** The entry with which the BQL was taken that is held then. */
	bqlHolderAt(time: number): Entry | undefined {
		const last = this.log.entries.findLast(
			entry => entry.time <= time && (entry.name === 'bqlAcquired' || entry.name === 'bqlReleased'),
		);
		return last?.name === 'bqlAcquired' ? last : undefined;
	}

	/** The first entry behind another one that is as asked. */
	after(entry: Entry, isIt: (entry: Entry) => boolean): Entry | undefined {
		const {entries} = this.log;
		// Entries are in the order of their times.
		let low = 0;
		let high = entries.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (entries[middle].time < entry.time) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		while (low < entries.length && entries[low] !== entry) {
			low++;
		}

		for (let at = low + 1; at < entries.length; at++) {
			if (isIt(entries[at])) {
				return entries[at];
			}
		}

		return undefined;
	}
}
