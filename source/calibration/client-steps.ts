import {type GuestRecording, type RecordedCommand, type RecordedKick} from '../trace/recording/guest-recording.js';
import {Samples} from '../trace/recording/samples.js';
import {type RecordedClient} from './recorded-client.js';
import {findLoop, type FoundLoop} from './find-loop.js';
import {StolenTime} from './stolen-time.js';
import {type Gap, waitPlaceOf} from './wait-place.js';

/**
Without scheduler events a pause of at least this long, ns, is a sleep and not work: nothing
that a driver does takes so long.
*/
const shortestSleep = 1_000_000;

/**
Doorbells after a command, as a share of those at the loop's busiest place, from which the client
notifies there: a full ring makes it ring anywhere.
*/
const habit = 0.1;

/** What was measured of a client's loop, by place in it. */
export type ClientSteps = {
	readonly client: RecordedClient;
	readonly loop: FoundLoop;
	/**
	Time between the client's last doing and this command's publication, ns: its own and the
	driver's. Full rings, locks and doorbells are left out. At `waitPlace` it counts from the
	wake-up, or from the answer (`isFromAnswer`).
	*/
	readonly work: readonly Samples[];
	/** How many wake-ups are in them. */
	readonly woken: readonly number[];
	/** Pauses before this command, ns, without the wait for answers. */
	readonly pauses: readonly Samples[];
	/** Doorbells by this thread after this command and before its next. */
	readonly kicks: readonly number[];
	/** How often the loop was at this place. */
	readonly visits: readonly number[];
	/** Before which place the client waits for its answers; -1 for none. */
	readonly waitPlace: number;
	/**
	The recording has no sleeps, so that the work at `waitPlace` has the answer's
	callback and the wake-up in it.
	*/
	readonly isFromAnswer: boolean;
	/** Commands, by `index`, whose answer let the client go on. */
	readonly waking: ReadonlySet<number>;
	/** From start to start of rounds, ns. */
	readonly periods: Samples;
	/**
	By command: own time (with the driver's) and pause before it, ns; null where
	a full ring hides the own time.
	*/
	readonly own: ReadonlyArray<number | null>;
	readonly pause: readonly number[];
	/** Commands that found so little room that the next one had to wait. */
	readonly fullRings: number;
};

/**
Takes a client's loop apart: how long it works before each command, where it rings, where it
pauses and waits. What is not its own time is taken out: doorbells, waits for the lock, full rings.
*/
export function clientSteps(client: RecordedClient, recording: GuestRecording): ClientSteps {
	const {commands} = client;
	const loop = findLoop(commands.map(({type}) => type));
	const {length} = loop.types;
	const perPlace = (): Samples[] => Array.from({length}, () => new Samples());
	const work = perPlace();
	const pauses = perPlace();
	const woken = Array.from({length}, () => 0);
	const {gaps, kicks} = gapsOf(client, recording, loop);
	const waitPlace = waitPlaceOf(gaps, client, length);
	const isFromAnswer = !gaps.some(({sleeps}) => sleeps);
	const own: Array<number | null> = [null];
	const pause: number[] = [0];
	const waking = new Set<number>();
	let fullRings = 0;
	for (const {place, isFull, time, slept, wakes, rest, answer, sinceAnswer, sinceWake, sleeps} of gaps) {
		if (isFull) {
			fullRings++;
			own.push(null);
			pause.push(0);
			continue;
		}

		own.push(Math.max(0, time - slept));
		pause.push(slept);
		const isWait = place === waitPlace;
		if (isWait && answer !== null && (sinceWake !== null || isFromAnswer)) {
			waking.add(answer);
			work[place].add((sinceWake ?? sinceAnswer ?? 0) - rest);
			woken[place] += isFromAnswer ? 1 : wakes;
		} else if (!isWait && (sleeps || slept === 0)) {
			work[place].add(time - slept);
			woken[place] += wakes;
		}

		const paused = isWait ? rest : slept;
		if (paused > 0) {
			pauses[place].add(paused);
		}
	}

	const visits = Array.from({length}, () => 0);
	const periods = new Samples();
	let roundStart = -1;
	for (const [index, {published}] of commands.entries()) {
		const place = placeOf(index, loop);
		visits[place]++;
		if (place === 0) {
			if (roundStart >= 0) {
				periods.add(published - roundStart);
			}

			roundStart = published;
		}
	}

	return {
		client,
		loop,
		work,
		woken,
		pauses,
		kicks,
		visits,
		waitPlace,
		isFromAnswer,
		waking,
		periods,
		own,
		pause,
		fullRings,
	};
}

/** The place in the loop of the command with that index. */
export function placeOf(index: number, {types, start}: FoundLoop): number {
	const place = (index - start) % types.length;
	return place < 0 ? place + types.length : place;
}

/**
By place: whether the client notifies after that command. One that never had to ring
most often does so after the last.
*/
export function notifyPlaces({kicks, visits}: Pick<ClientSteps, 'kicks' | 'visits'>): readonly boolean[] {
	const rates = kicks.map((count, place) => count / Math.max(1, visits[place]));
	const most = Math.max(...rates);
	return rates.map((rate, place) => (most === 0 ? place === rates.length - 1 : rate >= habit * most));
}

/** What lies between each two commands of a client, and how often it rang after each place. */
function gapsOf(
	client: RecordedClient,
	recording: GuestRecording,
	loop: FoundLoop,
): {readonly gaps: readonly Gap[]; readonly kicks: readonly number[]} {
	const {commands, thread, queue} = client;
	const kicks = Array.from({length: loop.types.length}, () => 0);
	const ownKicks = recording.kicks.filter(kick => kick.thread === thread && kick.queue === queue);
	const ownWaits = recording.waits.filter(wait => wait.thread === thread);
	const ownSleeps = recording.sleeps.filter(sleep => sleep.thread === thread);
	const sleeps = ownSleeps.length > 0;
	const cursor = {kick: 0, wait: 0, sleep: 0};
	const gaps: Gap[] = [];
	const stolenTime = new StolenTime(recording);
	/** The latest answer to what has been sent; null while one is outstanding. */
	let latest: {readonly time: number; readonly index: number} | null = null;
	let isOutstanding = false;
	for (let i = 1; i < commands.length; i++) {
		const previous = commands[i - 1];
		const {published} = commands[i];
		if (previous.responded === null) {
			isOutstanding = true;
		} else if (latest === null || previous.responded >= latest.time) {
			latest = {time: previous.responded, index: previous.index};
		}

		const answer = isOutstanding || latest === null || latest.time > published ? null : latest;
		const {rings, count, until} = ringing(ownKicks, cursor, previous, commands[i]);
		kicks[placeOf(i - 1, loop)] += count;
		const waits = intervals(ownWaits, cursor, 'wait', previous.published, published);
		const slept = intervals(ownSleeps, cursor, 'sleep', previous.published, published);
		const wait =
			answer === null ? undefined : slept.find(({start, end}) => start <= answer.time && end >= answer.time);
		// Where the thread was between two commands on different CPUs is not known.
		const stolen =
			previous.cpu === commands[i].cpu
				? stolenTime.within(commands[i].cpu, {start: previous.published, end: published}, [
						...rings,
						...waits,
						...slept,
					])
				: 0;
		const time = Math.max(0, published - previous.published - sum(rings) - sum(waits) - stolen);
		const total = sum(slept);
		gaps.push({
			place: placeOf(i, loop),
			// Any command may need three slots or, up to Linux 5.6, wait until as many are free.
			isFull: previous.numFree !== null && previous.numFree < 3,
			time,
			sleeps,
			slept: sleeps ? total : time >= shortestSleep ? time : 0,
			wakes: slept.length,
			rest: wait === undefined ? total : total - (wait.end - wait.start),
			answer: answer?.index ?? null,
			sinceAnswer: answer === null ? null : published - Math.max(answer.time, until),
			sinceWake: wait === undefined ? null : published - Math.max(wait.end, until),
			lag: wait === undefined || answer === null ? null : wait.end - answer.time,
		});
	}

	return {gaps, kicks};
}

type Cursor = {kick: number; wait: number; sleep: number};

type Interval = {readonly start: number; readonly end: number};

/**
The doorbells between two publications, how many there were, and when the last one returned.
*/
function ringing(
	kicks: readonly RecordedKick[],
	cursor: Cursor,
	previous: RecordedCommand,
	command: RecordedCommand,
): {readonly rings: readonly Interval[]; readonly count: number; readonly until: number} {
	const rings: Interval[] = [];
	let count = 0;
	let until = -Infinity;
	for (; cursor.kick < kicks.length && kicks[cursor.kick].after <= command.index; cursor.kick++) {
		const {start, end, after} = kicks[cursor.kick];
		if (after > previous.index) {
			until = Math.min(end, command.published);
			if (until > start) {
				rings.push({start, end: until});
			}

			count++;
		}
	}

	return {rings, count, until};
}

/** The intervals that end between two publications, cut at the first. */
function intervals(
	all: readonly Interval[],
	cursor: Cursor,
	name: 'wait' | 'sleep',
	from: number,
	to: number,
): readonly Interval[] {
	const found: Interval[] = [];
	for (; cursor[name] < all.length && all[cursor[name]].end <= to; cursor[name]++) {
		const {start, end} = all[cursor[name]];
		if (end > from) {
			found.push({start: Math.max(start, from), end});
		}
	}

	return found;
}

function sum(found: readonly Interval[]): number {
	let total = 0;
	for (const {start, end} of found) {
		total += end - start;
	}

	return total;
}
