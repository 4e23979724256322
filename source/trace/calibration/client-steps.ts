import {type GuestRecording, type RecordedCommand, type RecordedKick} from './guest-recording.js';
import {type RecordedClient} from './recorded-client.js';
import {findLoop, type FoundLoop} from './find-loop.js';
import {Samples} from './samples.js';

/** A pause of at least this long, ns, is a sleep and not work: nothing that a driver does takes so long. */
const shortestSleep = 1_000_000;

/** What was measured of a client's loop, by place in it. */
export type ClientSteps = {
	readonly client: RecordedClient;
	readonly loop: FoundLoop;
	/** Time of the client's own between its last doing and this command's publication, ns; full rings and locks left out. */
	readonly work: readonly Samples[];
	/** Pauses before this command, ns. */
	readonly pauses: readonly Samples[];
	/** Doorbells by this thread after this command and before its next. */
	readonly kicks: readonly number[];
	/** How often the loop was at this place. */
	readonly visits: readonly number[];
	/** By place: how often the client had no command unanswered when it published, and its time since the last answer then, ns. */
	readonly answered: readonly number[];
	readonly sinceAnswer: readonly Samples[];
	/** From start to start of rounds, ns. */
	readonly periods: Samples;
	/** By command: own time and pause before it, ns; null where a full ring hides the own time. */
	readonly own: ReadonlyArray<number | null>;
	readonly pause: readonly number[];
	/** Commands that found so little room that the next one had to wait. */
	readonly fullRings: number;
};

/**
Takes a client's loop apart: how long it works before each command, where it rings, where it
pauses. What is not its own time is taken out: doorbells, waits for the lock, full rings.
*/
export function clientSteps(client: RecordedClient, recording: GuestRecording): ClientSteps {
	const {commands} = client;
	const loop = findLoop(commands.map(({type}) => type));
	const {length} = loop.types;
	const perPlace = (): Samples[] => Array.from({length}, () => new Samples());
	const work = perPlace();
	const pauses = perPlace();
	const kicks = Array.from({length}, () => 0);
	const visits = Array.from({length}, () => 0);
	const periods = new Samples();
	const ownKicks = recording.kicks.filter(({thread, queue}) => thread === client.thread && queue === client.queue);
	const ownWaits = recording.waits.filter(({thread}) => thread === client.thread);
	const ownSleeps = recording.sleeps.filter(({thread}) => thread === client.thread);
	const cursor = {kick: 0, wait: 0, sleep: 0};
	const own: Array<number | null> = [null];
	const pause: number[] = [0];
	const answered = Array.from({length}, () => 0);
	const sinceAnswer = perPlace();
	let fullRings = 0;
	let latestAnswer: number | null = -Infinity;
	let roundStart = -1;
	for (const [index, command] of commands.entries()) {
		const place = placeOf(index, loop);
		visits[place]++;
		if (place === 0) {
			if (roundStart >= 0) {
				periods.add(command.published - roundStart);
			}

			roundStart = command.published;
		}

		if (index > 0 && latestAnswer !== null && latestAnswer <= command.published) {
			answered[place]++;
			sinceAnswer[place].add(command.published - latestAnswer);
		}

		latestAnswer = latestAnswer === null || command.responded === null ? null : Math.max(latestAnswer, command.responded);
		const previous = commands[index - 1];
		if (previous === undefined) {
			continue;
		}

		const from = previous.published;
		const {rung, count} = ringing(ownKicks, cursor, previous, command);
		kicks[placeOf(index - 1, loop)] += count;
		const waited = overlap(ownWaits, cursor, 'wait', from, command.published);
		const slept = overlap(ownSleeps, cursor, 'sleep', from, command.published);
		// Any command may need three slots or, up to Linux 5.6, wait until as many are free.
		if (previous.numFree !== null && previous.numFree < 3) {
			fullRings++;
			own.push(null);
			pause.push(0);
			continue;
		}

		const time = Math.max(0, command.published - from - rung - waited);
		const sleep = slept > 0 ? slept : (time >= shortestSleep ? time : 0);
		own.push(Math.max(0, time - sleep));
		pause.push(sleep);
		if (sleep > 0) {
			pauses[place].add(sleep);
		}

		if (slept > 0 || sleep === 0) {
			work[place].add(time - sleep);
		}
	}

	return {
		client, loop, work, pauses, kicks, visits, answered, sinceAnswer, periods, own, pause, fullRings,
	};
}

/** The place in the loop of the command with that index. */
export function placeOf(index: number, {types, start}: FoundLoop): number {
	const place = (index - start) % types.length;
	return place < 0 ? place + types.length : place;
}

type Cursor = {kick: number; wait: number; sleep: number};

/** Time in doorbells between two publications, and how many there were. */
function ringing(kicks: readonly RecordedKick[], cursor: Cursor, previous: RecordedCommand, command: RecordedCommand): {rung: number; count: number} {
	let rung = 0;
	let count = 0;
	for (; cursor.kick < kicks.length && kicks[cursor.kick].after <= command.index; cursor.kick++) {
		const {start, end, after} = kicks[cursor.kick];
		if (after > previous.index) {
			rung += Math.max(0, Math.min(end, command.published) - start);
			count++;
		}
	}

	return {rung, count};
}

/** Time of intervals between two publications. */
function overlap(intervals: ReadonlyArray<{readonly start: number; readonly end: number}>, cursor: Cursor, name: 'wait' | 'sleep', from: number, to: number): number {
	let sum = 0;
	for (; cursor[name] < intervals.length && intervals[cursor[name]].end <= to; cursor[name]++) {
		const {start, end} = intervals[cursor[name]];
		sum += Math.max(0, end - Math.max(start, from));
	}

	return sum;
}
